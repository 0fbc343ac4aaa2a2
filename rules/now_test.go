package rules_test

import (
	"fmt"
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

// outcomesOfCopy is the slow way to ask: an engine that goes on from the state is closed.
func outcomesOfCopy(t interface{ Fatal(...any) }, s *rules.Set, o rules.EngineOptions, state []byte, end time.Time) []rules.Outcome {
	e, err := rules.RestoreEngine(s, o, state)
	if err != nil {
		t.Fatal(err)
	}
	e.Close(end)
	return e.Outcomes()
}

// What the outcomes of now are is what a copy comes to that is closed. To ask changes nothing: neither the state, nor
// who is told, nor what comes out in the end.
func TestOutcomesAtIsClosingACopy(t *testing.T) {
	s := everyKindSet(t)
	rapid.Check(t, func(t *rapid.T) {
		events, end := drawEvents(t)
		o := rules.EngineOptions{
			Lateness: rapid.SampledFrom([]time.Duration{0, time.Minute, 20 * time.Minute}).Draw(t, "lateness"),
			Memory:   rapid.SampledFrom([]int{0, 4 << 10, 8 << 10}).Draw(t, "memory"), // small ones let groups go
		}
		var told, toldAsked []string
		note := func(to *[]string) func(rules.Transition) {
			return func(x rules.Transition) {
				*to = append(*to, fmt.Sprint(x.Rule.ID, x.Turn, since(x.At), x.Group, x.Count, x.Silent))
			}
		}
		unasked, asked := o, o
		unasked.Notify, asked.Notify = note(&told), note(&toldAsked)
		whole := run(s, unasked, events, end)

		x, e := s.NewRecorder(), rules.NewEngine(s, asked)
		for i, line := range events {
			r := event(x, line, i)
			e.Add(r)
			if rapid.IntRange(0, 3).Draw(t, "ask") != 0 {
				continue
			}
			before, err := e.State()
			if err != nil {
				t.Fatal(err)
			}
			at := r.Time.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "later")) * time.Minute)
			if diff := cmp.Diff(outcomesOfCopy(t, s, o, before, at), e.OutcomesAt(at)); diff != "" {
				t.Fatal(strings.Join(events[:i+1], "\n"), diff)
			}
			after, err := e.State()
			if err != nil || string(before) != string(after) {
				t.Fatalf("the state changed by being asked: %v\n%s\n%s", err, before, after)
			}
		}
		e.Close(noon.Add(end))
		if diff := cmp.Diff(whole.Outcomes(), e.Outcomes()); diff != "" {
			t.Fatal(strings.Join(events, "\n"), diff)
		}
		if diff := cmp.Diff(told, toldAsked); diff != "" {
			t.Fatal(strings.Join(events, "\n"), diff)
		}
	})
}

// In a window that holds so many records that they share cells, records that wait are joined to those before them.
func TestOutcomesAtOfDenseWindows(t *testing.T) {
	s := everyKindSet(t)
	o := rules.EngineOptions{Lateness: time.Second}
	x, e := s.NewRecorder(), rules.NewEngine(s, o)
	for i := range 9000 {
		r := event(x, fmt.Sprintf("0s %s user=a cost_ms=%d", []string{"6206", "6206", "login_ok"}[i%3], i%10), i)
		r.Time = r.Time.Add(time.Duration(i) * time.Millisecond)
		e.Add(r)
		if i%1500 != 1499 {
			continue
		}
		before, err := e.State()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(outcomesOfCopy(t, s, o, before, r.Time), e.OutcomesAt(r.Time)); diff != "" {
			t.Fatal(diff)
		}
		if after, err := e.State(); err != nil || string(before) != string(after) {
			t.Fatalf("after %d records the state changed by being asked: %v", i, err)
		}
	}
}

// BenchmarkOutcomesAt asks for the outcomes of now in both ways, in turn, and says how much faster the short one is.
func BenchmarkOutcomesAt(b *testing.B) {
	for _, bench := range []struct {
		name          string
		set           *rules.Set
		users, events int
		every         time.Duration
	}{
		{"few", rules.Builtin(), 50, 1000, time.Second},
		{"dense", rules.Builtin(), 500, 50_000, time.Millisecond},
		{"groups", parse(b, "rules:\n"+rule("r", "    when: {select: {families: [server, sdk]}, by: [user], within: 1h, count: 3}\n")), 1 << 20, 200_000, 10 * time.Millisecond},
	} {
		b.Run(bench.name, func(b *testing.B) {
			s := bench.set
			x, o := s.NewRecorder(), rules.EngineOptions{Lateness: 30 * time.Second}
			e := rules.NewEngine(s, o)
			entries := catalog.Builtin().Entries()
			var end time.Time
			for i := range bench.events {
				c := entries[i%len(entries)]
				f := &tally.Finding{Code: c.Code, Family: c.Family, Entry: c, Fields: tally.Fields{{Key: tally.KeyUser, Value: strconv.Itoa(i * 7919 % bench.users)}}}
				end = noon.Add(time.Duration(i) * bench.every)
				f.Time = end
				if selected := x.Finding(f); selected != nil {
					e.Add(recorded(f, selected, x.Keys(selected)))
				}
			}
			var slow, quick time.Duration
			for b.Loop() {
				start := time.Now()
				state, err := e.State()
				if err != nil {
					b.Fatal(err)
				}
				want := len(outcomesOfCopy(b, s, o, state, end))
				slow += time.Since(start)
				start = time.Now()
				if got := len(e.OutcomesAt(end)); got != want {
					b.Fatalf("%d outcomes, want %d", got, want)
				}
				quick += time.Since(start)
			}
			b.ReportMetric(slow.Seconds()*1e3/float64(b.N), "ms-by-state")
			b.ReportMetric(quick.Seconds()*1e3/float64(b.N), "ms")
			b.ReportMetric(slow.Seconds()/quick.Seconds(), "ratio")
		})
	}
}
