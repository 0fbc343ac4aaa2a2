package rules_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestLint(t *testing.T) {
	tests := []struct {
		name, when string // of a rule r, from line 6 on
		want       []string
	}{
		{"nothing odd", "select: {codes: [6206], fields: {api: {regex: '^login_'}}}\nby: [user]\nwithin: 5m\ncount: 3", nil},
		{"contradiction", "select: {topics: [billing], families: [trtc]}", []string{
			"6:15: warning: rules[0].when.select: no code of the catalog and no event passes all of it: the rule can never hold",
		}},
		{"contradiction with a derived field", "select: {codes: [6206], fields: {family: web}}", []string{
			"6:15: warning: rules[0].when.select: no code of the catalog and no event passes all of it: the rule can never hold",
		}},
		{"not what is selected", "select: {codes: [6206], not: {families: [sdk]}}", []string{
			"6:15: warning: rules[0].when.select: no code of the catalog and no event passes all of it: the rule can never hold",
		}},
		{"no unknown code", "select: {known: false, topics: [auth]}", []string{
			"6:15: warning: rules[0].when.select: no code of the catalog and no event passes all of it: the rule can never hold",
		}},
		{"unknown codes", "select: {known: false, families: [web]}", nil},
		{"events of one's own", "select: {events: [x_own], not: {fields: {event: kicked}}}", nil},
		{"sequence", "within: 1m\nsequence: [{select: {codes: [6206]}}, {select: {codes: [6014]}, not: {codes: [6208], classes: [fatal]}}]", []string{
			"7:76: warning: rules[0].when.sequence[1].not: no code of the catalog and no event passes all of it: it undoes nothing",
		}},
		{"several", "within: 1m\nat_least: 1\nof: [{select: {codes: [6206]}}, {select: {codes: [6208], topics: [billing]}}]", []string{
			"8:48: warning: rules[0].when.of[1].select: no code of the catalog and no event passes all of it: one of the parts can never come, and at_least 1 is enough",
		}},
		{"all of several", "within: 1m\nof: [{select: {codes: [6206]}}, {select: {codes: [6208], topics: [billing]}}]", []string{
			"7:48: warning: rules[0].when.of[1].select: no code of the catalog and no event passes all of it: the rule can never hold",
		}},
		{"absence", "select: {codes: [6206]}\nwithin: 1m\nwithout: {select: {codes: [6208], topics: [billing]}}", []string{
			"8:25: warning: rules[0].when.without.select: no code of the catalog and no event passes all of it: every selected record is without it",
		}},
		{"what never comes", "select: {codes: [6206]}\nwithin: 1m\nwithout: {select: {codes: [6206]}}", []string{
			"8:25: warning: rules[0].when.without.select: what the rule waits for is what it selects: it can never hold",
		}},
		{"groups of one", "select: {codes: [6206], all: [{fields: {user: alice}}]}\nby: [api, user]", []string{
			`7:17: warning: rules[0].when.by[1]: every selected record has the user "alice": the groups are one`,
		}},
		{"silence of groups", "select: {codes: [6206]}\nby: [host, user]\nwithin: 5m\ncount: '< 3'", []string{
			"9:14: warning: rules[0].when.count: a group of host, user that was never seen is not judged: silence is told only of those that had a record",
		}},
		{"ratio", "select: {codes: [6206]}\nwithin: 5m\nratio: {of: {events: [login_ok]}, bound: 5%}", []string{
			"8:14: warning: rules[0].when.ratio: without min a window with one record can hold, such as one call by night that fails",
		}},
		{"ratio of the whole log", "select: {codes: [6206]}\nratio: {of: {events: [login_ok]}, bound: 5%}", nil},
		{"spike and first value", "select: {codes: [6206]}\nwithin: 5m\nspike: {factor: 3}", []string{
			"8:14: warning: rules[0].when.spike: without reference_min the first few records after a quiet window are a spike",
		}},
		{"first value", "select: {codes: [6206]}\nfirst_seen: {field: code}", []string{
			"7:19: warning: rules[0].when.first_seen: without learn every value is new at the beginning of a log",
		}},
		{"no number", "select: {codes: [6206]}\nsum: {field: user, bound: 5}", []string{
			"7:20: warning: rules[0].when.sum.field: the field user is no number",
		}},
		{"slow patterns", "select: {fields: {api: {regex: ['[a-z]+', '^\\w+$', '(a|\\d)', 'a.*', '.*b$', '(ab|cd)\\d', '(?i)x\\d', 'a{0,2}']}}}", []string{
			`6:15: warning: rules[0].when.select: field api: the pattern "(a|\\d)" begins and ends with nothing fixed, which is slow: write a word beside it, or use contains`,
			`6:15: warning: rules[0].when.select: field api: the pattern "[a-z]+" begins and ends with nothing fixed, which is slow: write a word beside it, or use contains`,
			`6:15: warning: rules[0].when.select: field api: the pattern "^\\w+$" begins and ends with nothing fixed, which is slow: write a word beside it, or use contains`,
		}},
		{"twin in the pack", "select: {codes: [6208], events: [kicked]}", nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			s := parse(t, "rules:\n"+rule("r", "    when:\n"+indented("      ", strings.ReplaceAll(tc.when, "a{0,2}", "xa{0,2}"))))
			var got []string
			for _, w := range s.Lint(catalog.Builtin(), noon) {
				got = append(got, strings.TrimPrefix(w.String(), "rules.yaml:"))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func lint(t *testing.T, base *rules.Set, now time.Time, text string) string {
	t.Helper()
	s, err := base.Overlay(file(t, "team.yaml", text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, w := range s.Lint(catalog.Builtin(), now) {
		lines = append(lines, w.String())
	}
	return strings.Join(lines, "\n")
}

func TestLintOfSets(t *testing.T) {
	if got := lint(t, rules.Builtin(), noon, rule("a", "    when: {select: {codes: [6206]}, by: [user]}")); got != "" {
		t.Error(got)
	}
	twice := rule("a", "    when: {select: {codes: [6206]}}") + rule("b", "    when: {select: {codes: [6206]}}") + rule("c", "    disabled: true\n    reason: x\n    when: {select: {codes: [6206]}}")
	if got, want := lint(t, new(rules.Set), noon, twice), `team.yaml:9:11: warning: rules[1].when: rule "a" has the same condition, both will be told`; got != want {
		t.Error(got)
	}
	for _, r := range rules.Builtin().Rules() {
		w := &r.When
		if w.Select.Topics != nil || w.Select.Events != nil || w.Select.Known != nil || w.Select.Categories != nil || r.Timed() || r.Fallback {
			continue
		}
		var codes []string
		for _, c := range w.Select.Codes {
			codes = append(codes, strconv.Quote(c.String()))
		}
		got := lint(t, rules.Builtin(), noon, rule("own", "    when: {select: {codes: ["+strings.Join(codes, ", ")+"]}}"))
		want := `team.yaml:5:11: warning: rules[0].when: rule "` + r.ID + `" of the pack has the same condition, both will be told: give this one its id to replace it`
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		break
	}
	nets := rule("wide", "    fallback: true\n    when: {select: {topics: [auth, rate]}}") +
		rule("narrow", "    fallback: true\n    when: {select: {topics: [auth], families: [sdk]}}") +
		rule("other", "    fallback: true\n    when: {select: {topics: [auth, info]}}")
	if got, want := lint(t, new(rules.Set), noon, nets), "team.yaml:11:20: warning: rules[1].when.select: nothing is left to this fallback: wide before it takes it all"; got != want {
		t.Error(got)
	}
	bounded := strings.Replace(nets, "rate]}", "rate]}, count: 2", 1)
	if got := lint(t, new(rules.Set), noon, bounded); got != "" {
		t.Error("a fallback that may not hold leaves its codes to others:", got)
	}
}

func TestLintOfDays(t *testing.T) {
	base := parse(t, "rules:\n"+rule("a", "    when: {select: {codes: [6206]}}"))
	text := "  - {id: a, disabled: true, reason: x, until: 2026-06-02}\n"
	want := `team.yaml:2:47: warning: rules[0].until: the day is over and rule "a" is on again: take this out, or give a later day`
	if got := lint(t, base, noon.AddDate(0, 0, 1), text); got != want {
		t.Error(got)
	}
	if got := lint(t, base, noon, text); got != "" {
		t.Error("before the day:", got)
	}
}

func TestUntested(t *testing.T) {
	s := parse(t, "rules:\n"+rule("a", "    when: {select: {codes: [6206]}}")+
		rule("b", "    when: {select: {codes: [6208]}}\n    tests: [{name: n, log: l, want: {holds: true}}]")+
		rule("c", "    disabled: true\n    reason: x\n    when: {select: {codes: [6206]}}"))
	if got := s.Untested(); got != 1 {
		t.Errorf("%d rules without a test, want 1", got)
	}
	if got := rules.Builtin().Untested(); got != 0 {
		t.Errorf("%d rules of the pack are counted", got)
	}
}

func TestCost(t *testing.T) {
	s := parse(t, "rules:\n"+rule("plain", "    when: {select: {codes: [6206]}}")+
		rule("a", "    when: {select: {codes: [6206, 6208]}, by: [user]}\n    clear: {seen: {events: [login_ok]}}")+
		rule("b", "    when: {select: {codes: [6206, 6208]}, within: 1m}")+
		rule("c", "    when: {select: {fields: {api: login}, codes: [6014, 6208]}}")+
		rule("d", "    when: {select: {codes: [6014]}, by: [user]}\n    disabled: true\n    reason: x"))
	want := rules.Cost{Rules: 3, Selections: 3, Codes: 3, Most: 3, Code: tally.Key{Family: catalog.SDK, Code: 6208}}
	if diff := cmp.Diff(want, s.Cost(catalog.Builtin())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(rules.Cost{}, new(rules.Set).Cost(catalog.Builtin())); diff != "" {
		t.Error(diff)
	}
}
