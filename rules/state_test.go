package rules_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/rules"
)

// everyKind holds one rule of each kind of condition, and what goes beside it.
const everyKind = `
    when: {select: {codes: [6206]}, by: [user], within: 5m, count: 2}
---
    when: {select: {codes: [6206]}, by: [user], within: 5m, count: 2}
    clear: {seen: {events: [login_ok]}, after: 3m}
    cooldown: {time: 2m, grow: 2, max: 10m}
---
    when: {select: {codes: [6206]}, within: 5m, count: 3}
    clear: {below: 2}
---
    when: {select: {codes: [6206]}, within: 4m, count: '< 2'}
---
    when: {select: {codes: [6206]}, within: 5m, distinct: {field: user, bound: 2}}
---
    when: {select: {codes: [6206]}, within: 5m, sum: {field: cost_ms, bound: 9}}
---
    when: {select: {codes: [6206]}, within: 5m, percentile: {field: cost_ms, p: 50, bound: 4}}
---
    when: {select: {codes: [6206]}, within: 5m, ratio: {of: {events: [login_ok], codes: [6206]}, bound: 50%, min: 2}}
---
    when: {by: [user], within: 5m, sequence: [{select: {codes: [6206]}}, {select: {codes: [6014]}, not: {events: [login_ok]}}]}
---
    when: {within: 5m, at_least: 2, of: [{select: {codes: [6206]}}, {select: {codes: [6014]}, count: 2}, {select: {events: [login_ok]}}]}
---
    when: {select: {codes: [6206]}, by: [user], within: 2m, without: {select: {events: [login_ok]}, at_end: true}}
---
    when: {select: {codes: [6206]}, within: 3m, spike: {factor: 2}}
---
    when: {select: {codes: [6206, 6014]}, first_seen: {field: code, learn: 5m, forget: 6m}}
---
    when: {select: {codes: [6206]}, by: [user]}`

func everyKindSet(t testing.TB) *rules.Set {
	t.Helper()
	var b strings.Builder
	b.WriteString("rules:\n")
	for i, lines := range strings.Split(everyKind, "---") {
		b.WriteString(rule(fmt.Sprintf("r%d", i), strings.Trim(lines, "\n")))
	}
	return parse(t, b.String())
}

// drawEvents makes a log; its times never go back.
func drawEvents(t *rapid.T) (events []string, end time.Duration) {
	at := 0
	for range rapid.IntRange(1, 40).Draw(t, "events") {
		at += rapid.SampledFrom([]int{0, 1, 1, 2, 3, 8}).Draw(t, "minutes")
		events = append(events, fmt.Sprintf("%s %s user=%s cost_ms=%d", offset(at),
			rapid.SampledFrom([]string{"6206", "6206", "6206", "6014", "login_ok"}).Draw(t, "what"),
			rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "user"), rapid.IntRange(0, 9).Draw(t, "cost")))
	}
	return events, time.Duration(at+rapid.IntRange(0, 12).Draw(t, "end")) * time.Minute
}

// An engine that is stopped and goes on from its state anywhere comes to what one comes to that was
// never stopped, and tells of the same on the way.
func TestStateGoesOn(t *testing.T) {
	s := everyKindSet(t)
	rapid.Check(t, func(t *rapid.T) {
		events, end := drawEvents(t)
		var told, toldAgain []string
		note := func(to *[]string) func(rules.Transition) {
			return func(x rules.Transition) {
				*to = append(*to, fmt.Sprint(x.Rule.ID, x.Turn, since(x.At), x.Group, x.Count, x.Silent))
			}
		}
		whole := run(s, rules.EngineOptions{Notify: note(&told)}, events, end)

		x, e := s.NewRecorder(), rules.NewEngine(s, rules.EngineOptions{Notify: note(&toldAgain)})
		for i, line := range events {
			if rapid.IntRange(0, 4).Draw(t, "stop") == 0 {
				state, err := e.State()
				if err != nil {
					t.Fatal(err)
				}
				if e, err = rules.RestoreEngine(s, rules.EngineOptions{Notify: note(&toldAgain)}, state); err != nil {
					t.Fatal(err)
				}
				again, err := e.State()
				if err != nil || string(again) != string(state) {
					t.Fatalf("the state changed by being kept: %v\n%s\n%s", err, state, again)
				}
			}
			e.Add(event(x, line, i))
		}
		e.Close(noon.Add(end))
		if diff := cmp.Diff(whole.Outcomes(), e.Outcomes()); diff != "" {
			t.Fatal(strings.Join(events, "\n"), diff)
		}
		if diff := cmp.Diff(told, toldAgain); diff != "" {
			t.Fatal(strings.Join(events, "\n"), diff)
		}
	})
}

func TestStateOfOtherRules(t *testing.T) {
	state, err := run(everyKindSet(t), rules.EngineOptions{}, []string{"0s 6206 user=a"}, 0).State()
	if err != nil {
		t.Fatal(err)
	}
	other := parse(t, "rules:\n"+rule("x", "    when: {select: {codes: [6206]}, within: 1m, count: 2}"))
	if _, err := rules.RestoreEngine(other, rules.EngineOptions{}, state); !errors.Is(err, rules.ErrOtherRules) {
		t.Error(err)
	}
	for _, bad := range []string{"", "null", "{}", "[]", strings.Replace(string(state), "engine/1", "engine/9", 1), string(state[:len(state)/2])} {
		if _, err := rules.RestoreEngine(everyKindSet(t), rules.EngineOptions{}, []byte(bad)); err == nil {
			t.Errorf("%.60s was taken for a state", bad)
		}
	}
}

// FuzzState: whatever is in a state, the engine does not break.
func FuzzState(f *testing.F) {
	s := everyKindSet(f)
	events := []string{"0s 6206 user=a cost_ms=3", "1m 6014 user=a", "2m 6206 user=b cost_ms=9", "2m login_ok user=a", "3m 6206 user=a", "9m 6206 user=b"}
	for n := range events {
		state, err := run(s, rules.EngineOptions{}, events[:n], 0).State()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(state)
	}
	x := s.NewRecorder()
	f.Fuzz(func(t *testing.T, state []byte) {
		e, err := rules.RestoreEngine(s, rules.EngineOptions{}, state)
		if err != nil {
			return
		}
		for i, line := range events {
			e.Add(event(x, line, i))
		}
		e.Close(noon.Add(time.Hour))
		e.Outcomes()
		if _, err := e.State(); err != nil {
			t.Fatal(err)
		}
	})
}
