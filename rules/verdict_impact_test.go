package rules_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestImpact(t *testing.T) {
	set := parse(t, "rules:\n"+rule("r", "    when: {select: {codes: [6206, 70001]}}"))
	f := func(key, value string) tally.Field { return tally.Field{Key: key, Value: value} }
	got := set.Evaluate(summary(
		record{code: 6206, fields: tally.Fields{f(tally.KeyHost, "h1"), f(tally.KeyPlatform, "iOS"), f(tally.KeyVersion, "8.0")}, times: 3},
		record{code: 70001, fields: tally.Fields{f(tally.KeyHost, "h2"), f(tally.KeyPlatform, "iOS")}, times: 4},
		record{code: 70001, fields: tally.Fields{f(tally.KeyAPI, "login"), f(tally.KeyDevice, "d")}},
		record{code: 20009, fields: tally.Fields{f(tally.KeyHost, "h3")}},
	), nil)[0].Impact
	names := func(more ...tally.NameCount) []tally.NameCount { return more }
	want := rules.Impact{
		Hosts:     rules.Spread{Names: names(tally.NameCount{Name: "h2", Count: 4}, tally.NameCount{Name: "h1", Count: 3})},
		APIs:      rules.Spread{Names: names(tally.NameCount{Name: "login", Count: 1})},
		Versions:  rules.Spread{Names: names(tally.NameCount{Name: "8.0", Count: 3})},
		Platforms: rules.Spread{Names: names(tally.NameCount{Name: "iOS", Count: 7}), Sampled: true},
		Devices:   rules.Spread{Names: names(tally.NameCount{Name: "d", Count: 1}), Sampled: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConcentration(t *testing.T) {
	log := func(mine int, others ...record) []record {
		return append(others, record{code: 6206, user: "me", times: mine})
	}
	many := func(n int) (out []record) {
		for i := range n {
			out = append(out, record{code: 6206, user: fmt.Sprint("u", i)})
		}
		return out
	}
	tests := []struct {
		name string
		log  []record
		want rules.Concentration
		top  int64
	}{
		{"one of several", log(20, many(10)...), rules.OneUser, 20},
		{"just not", log(14, many(10)...), rules.Spreads, 14},
		{"few findings", log(15, many(4)...), "", 15},
		{"the only one that the log names", log(30), rules.OnlyUser, 30},
		{"others are named elsewhere", append(log(30), record{code: 20009, user: "a"}, record{code: 20009, user: "b"}), rules.OneUser, 30},
		{"most name nobody", log(14, append(many(5), record{code: 6206, times: 60})...), "", 14},
		{"nobody is named", []record{{code: 6206, times: 60}}, "", 0},
		{"more users than are exact", many(1025), "", 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			set := parse(t, "rules:\n"+rule("r", "    when: {select: {codes: [6206]}}"))
			got := set.Evaluate(summary(tc.log...), nil)[0].Impact
			if got.Concentration != tc.want || got.TopUser != tc.top {
				t.Errorf("%q, %d by one user, want %q, %d", got.Concentration, got.TopUser, tc.want, tc.top)
			}
		})
	}
}

// The groups of a rule by user tell it for parts of codes too.
func TestConcentrationOfOutcome(t *testing.T) {
	group := rules.Group{Key: tally.Fields{{Key: "user", Value: "user-1"}}, Count: 30}
	o := rules.Outcome{State: rules.Active, Count: 40, Raised: 1, Users: 4, Codes: counts(40, 30001), Groups: []rules.Group{group}}
	log := summary(record{code: 30001, times: 90, user: "a"}, record{code: 30001, user: "b"}, record{code: 30001, user: "c"})
	set, outcomes := timed(t, "    when: {select: {codes: [30001]}}", "", o)
	if got := set.Evaluate(log, outcomes)[0].Impact; got.Concentration != "" {
		t.Errorf("of a part of a code: %+v", got)
	}
	set.Rule("burst").When.By = []string{"user"}
	if got := set.Evaluate(log, outcomes)[0].Impact; got.Concentration != rules.OneUser || got.TopShare != 0.75 {
		t.Errorf("by user: %+v", got)
	}
}

func TestLoop(t *testing.T) {
	const fix, backoff, yes = 70003, 9520, 9508 // after_fix, backoff and another answer
	for code, want := range map[int]catalog.Retry{fix: catalog.RetryAfterFix, backoff: catalog.RetryBackoff} {
		if e, _ := catalog.Builtin().Resolve(code); e.Retry != want {
			t.Fatalf("the catalog says %s of %d", e.Retry, code)
		}
	}
	s := time.Second
	tests := []struct {
		name   string
		log    []record
		times  int64
		within time.Duration
	}{
		{"a loop", []record{{code: fix, user: "a", times: 12, every: 10 * s}}, 12, 110 * s},
		{"too few", []record{{code: fix, user: "a", times: 9, every: s}}, 0, 0},
		{"too slow", []record{{code: fix, user: "a", times: 12, every: 61 * s}}, 0, 0},
		{"just fast enough", []record{{code: fix, user: "a", times: 12, every: 60 * s}}, 12, 660 * s},
		{"of many users", []record{{code: fix, user: "a", times: 5, every: s}, {code: fix, user: "b", times: 5, every: s}}, 0, 0},
		{"nobody is named", []record{{code: fix, times: 50, every: s}}, 0, 0},
		{"among others", []record{{code: fix, user: "b", times: 30, every: s}, {code: fix, user: "a", times: 12, every: s}}, 30, 29 * s},
		{"a burst in a long log", []record{{code: fix, user: "a", times: 30}, {code: fix, user: "a", min: 600}}, 30, s},
		{"a burst that others may have made", []record{{code: fix, user: "a", times: 30}, {code: fix, min: 900, times: 25}}, 0, 0},
		{"without a time", []record{{code: fix, user: "a", min: -1, times: 50}}, 0, 0},
		{"back-off too short", []record{{code: backoff, user: "a", times: 25, every: 2 * s}}, 25, 48 * s},
		{"back-off", []record{{code: backoff, user: "a", times: 25, every: 10 * s}}, 0, 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			set := parse(t, "rules:\n"+rule("r", "    when: {select: {known: true}}"))
			got := set.Evaluate(summary(tc.log...), nil)[0].Loop
			if got == nil {
				got = &rules.Loop{}
			}
			if got.Times != tc.times || got.Within != tc.within {
				t.Errorf("%d times within %s, want %d within %s", got.Times, got.Within, tc.times, tc.within)
			}
		})
	}
}

// An episode of a rule by user tells when, which the tally does not know.
func TestLoopOfOutcome(t *testing.T) {
	o := rules.Outcome{
		State: rules.Active, Count: 40, Raised: 1, Codes: counts(40, 70003),
		Episodes: []rules.Episode{{First: noon, Last: noon.Add(time.Minute), Count: 31}, {First: noon, Last: noon.Add(time.Hour), Count: 40}},
	}
	set, outcomes := timed(t, "    when: {select: {codes: [70003]}}", "", o)
	log := summary(record{code: 70003, times: 40, every: time.Hour})
	if got := set.Evaluate(log, outcomes)[0].Loop; got != nil {
		t.Errorf("of all users together: %+v", got)
	}
	set.Rule("burst").When.By = []string{"user"}
	want := &rules.Loop{Key: counts(0, 70003)[0].Key, Times: 31, Within: time.Minute, Retry: catalog.RetryAfterFix}
	if diff := cmp.Diff(want, set.Evaluate(log, outcomes)[0].Loop); diff != "" {
		t.Error(diff)
	}
}

func TestPeak(t *testing.T) {
	api := tally.Fields{{Key: tally.KeyAPI, Value: "SendMsg"}}
	limit := &catalog.Builtin().Lookup(catalog.Server, 10023).Limits[0]
	tests := []struct {
		name string
		log  []record
		want *rules.Peak
	}{
		{
			"beside its limit",
			[]record{{code: 10023, times: 7, fields: api}, {code: 10023, min: 1, fields: api}},
			&rules.Peak{Key: counts(0, 10023)[0].Key, API: "SendMsg", Findings: 7, Within: time.Second, Limit: limit},
		},
		{
			"several APIs",
			[]record{{code: 10023, times: 7, fields: api}, {code: 10023}},
			&rules.Peak{Key: counts(0, 10023)[0].Key, Findings: 8, Within: time.Second, Limit: limit},
		},
		{"without a limit", []record{{code: -20009, times: 3}}, &rules.Peak{Key: counts(0, -20009)[0].Key, Findings: 3, Within: time.Second}},
		{"nothing to say", []record{{code: -20009}}, nil},
		{"nothing to say, with a limit", []record{{code: 10023}, {code: 10023, min: 1}}, nil},
		{"no rate limit", []record{{code: 70003, times: 9}}, nil},
		{"no time", []record{{code: 10023, times: 9, min: -1}}, nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			set := parse(t, "rules:\n"+rule("r", "    when: {select: {known: true}}"))
			if diff := cmp.Diff(tc.want, set.Evaluate(summary(tc.log...), nil)[0].Peak); diff != "" {
				t.Error(diff)
			}
		})
	}
}
