package rules_test

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// Records that come out of order, but not later than the bound, are judged as those in order.
func TestLateRecordsAreJudgedInOrder(t *testing.T) {
	s := everyKindSet(t)
	rapid.Check(t, func(t *rapid.T) {
		events, end := drawEvents(t)
		whole := run(s, rules.EngineOptions{}, events, end)
		x := s.NewRecorder()
		e := rules.NewEngine(s, rules.EngineOptions{Lateness: 3 * time.Minute})
		var records []*tally.Record
		for i, line := range events {
			records = append(records, event(x, line, i))
		}
		for i := range records { // somebody may come before those who are up to three minutes older
			j := rapid.IntRange(i, min(i+3, len(records)-1)).Draw(t, "swap")
			records[i], records[j] = records[j], records[i]
			if later(records) > 3*time.Minute {
				records[i], records[j] = records[j], records[i]
			}
		}
		for _, r := range records {
			e.Add(r)
		}
		e.Close(noon.Add(end))
		if diff := cmp.Diff(whole.Outcomes(), e.Outcomes()); diff != "" || e.Late != 0 {
			t.Fatal(strings.Join(events, "\n"), diff, e.Late)
		}
	})
}

// later returns how much later than it should the latest of records comes.
func later(records []*tally.Record) (most time.Duration) {
	newest := noon
	for _, r := range records {
		newest = slices.MaxFunc([]time.Time{newest, r.Time}, time.Time.Compare)
		most = max(most, newest.Sub(r.Time))
	}
	return most
}

func TestEngineSaysWhatItPassedOver(t *testing.T) {
	s := parse(t, "rules:\n"+rule("x", "    when: {select: {codes: [6206]}, within: 5m, count: 2}"))
	e := run(s, rules.EngineOptions{}, []string{"1m 6206", "0s 6206", "- 6206", "1m 6206"}, time.Hour)
	if want := (rules.EngineHealth{Late: 1, Untimed: 1}); e.EngineHealth != want {
		t.Errorf("%+v, want %+v", e.EngineHealth, want)
	}
	got := e.Outcomes()
	if len(got) != 1 || got[0].Count != 2 || got[0].State != rules.Cleared {
		t.Errorf("%+v", got)
	}
}

// A million users cost no more memory than the bound, and that some were let go is said.
func TestMillionGroups(t *testing.T) {
	s := parse(t, "rules:\n"+rule("x", "    when: {select: {codes: [6206]}, by: [user], within: 1h, count: 2}")+
		rule("all", "    when: {select: {codes: [6206]}, by: [user], count: 3}"))
	e := rules.NewEngine(s, rules.EngineOptions{Memory: 4 << 20})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := tally.Record{Key: tally.Key{Family: catalog.SDK, Code: 6206}, Selections: []uint16{0}, Values: make([]tally.Value, 1)}
	for i := range 1_000_000 {
		r.Time, r.Offset = noon.Add(time.Duration(i)*time.Microsecond), int64(i)
		r.User = hash(strconv.Itoa(i))
		r.Values[0] = tally.Value{Key: tally.KeyUser, Text: strconv.Itoa(i), Hash: r.User}
		e.Add(&r)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 12<<20 {
		t.Errorf("the state takes %d MiB", grown>>20)
	}
	if e.Evicted < 900_000 {
		t.Errorf("%d groups were let go, of a million", e.Evicted)
	}
	runtime.KeepAlive(e)
}

func TestCooldown(t *testing.T) {
	s := parse(t, "rules:\n"+rule("x", "    when: {select: {codes: [6206]}, within: 1m, count: 1}\n    cooldown: {time: 10m, grow: 2, max: 30m}"))
	var events []string
	for m := range 150 {
		events = append(events, offset(m)+" 6206") // one leaves the window as the next one comes: it never ends
	}
	var told []string
	run(s, rules.EngineOptions{Notify: func(x rules.Transition) {
		if x.Turn != rules.Ended && !x.Silent {
			told = append(told, fmt.Sprint(x.Turn, " ", since(x.At)))
		}
	}}, events, time.Hour)
	want := []string{"raised 0s", "repeated 10m", "repeated 30m", "repeated 1h", "repeated 1h30m", "repeated 2h"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}
