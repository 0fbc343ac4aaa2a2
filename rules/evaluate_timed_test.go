package rules_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// timed makes a set of one timed rule and others that stand behind it, and an outcome of the timed one.
func timed(t *testing.T, lines, others string, o rules.Outcome) (*rules.Set, []rules.Outcome) {
	t.Helper()
	set := parse(t, "rules:\n"+rule("burst", lines)+others)
	r := set.Rule("burst")
	r.When.Within = rules.Duration(time.Minute)
	o.Rule = r
	return set, []rules.Outcome{o}
}

func counts(n int64, codes ...int) (out []rules.CodeCount) {
	for _, code := range codes {
		e, _ := catalog.Builtin().Resolve(code)
		out = append(out, rules.CodeCount{Key: tally.Key{Family: e.Family, Code: code}, Count: n})
	}
	return out
}

func TestTimed(t *testing.T) {
	yes := true
	for name, r := range map[string]rules.Rule{
		"by":     {When: rules.Condition{By: []string{"user"}}},
		"within": {When: rules.Condition{Within: 1}},
		"field":  {When: rules.Condition{Select: rules.Selection{Fields: []rules.FieldTest{{Field: "user", Exists: &yes}}}}},
		"all":    {When: rules.Condition{Select: rules.Selection{All: []rules.Selection{{}}}}},
		"any":    {When: rules.Condition{Select: rules.Selection{Any: []rules.Selection{{}}}}},
		"not":    {When: rules.Condition{Select: rules.Selection{Not: &rules.Selection{}}}},
		"spike":  {When: rules.Condition{Spike: &rules.Spike{Factor: 2}}},
		"of":     {When: rules.Condition{Of: []rules.Part{{}}}},
	} {
		if !r.Timed() {
			t.Errorf("%s is not timed", name)
		}
	}
	for _, r := range rules.Builtin().Rules() {
		if w := r.When; r.Timed() && w.Within == 0 && len(w.By)+len(w.Of)+len(w.Sequence) == 0 && w.Spike == nil {
			t.Errorf("%s is timed", r.ID)
		}
	}
	if (&rules.Rule{When: rules.Condition{Share: 5, Users: 3, Select: rules.Selection{Events: []string{"logout"}}}}).Timed() {
		t.Error("share and users are timed")
	}
}

// A timed rule without an outcome is never judged by the summary, and one with an outcome never by its bounds.
func TestOutcomeDecides(t *testing.T) {
	log := summary(record{code: 30001, times: 9})
	set, outcomes := timed(t, "    when: {select: {codes: [30001]}, count: 50}", "", rules.Outcome{State: rules.Active, Count: 2, Raised: 1, Codes: counts(2, 30001)})
	if got := told(set.Evaluate(log, outcomes)); !cmp.Equal(got, []string{"burst 2"}) {
		t.Errorf("with an outcome: %q", got)
	}
	set.Rule("burst").When.Count = rules.Bound{}
	if got := told(set.Evaluate(log, nil)); got != nil {
		t.Errorf("without one: %q", got)
	}
	outcomes[0].Count, outcomes[0].Codes = 0, nil
	if got := told(set.Evaluate(log, outcomes)); !cmp.Equal(got, []string{"burst 0"}) {
		t.Errorf("with silence: %q", got)
	}
	outcomes[0].Raised = 0
	if got := told(set.Evaluate(log, outcomes)); got != nil {
		t.Errorf("with one that was never raised: %q", got)
	}
}

func TestVerdictOfOutcome(t *testing.T) {
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	group := tally.Fields{{Key: "user", Value: "user-1"}}
	o := rules.Outcome{
		State: rules.Cleared, First: at(2), Last: at(5), Count: 6, Users: 2, Raised: 3,
		Episodes: []rules.Episode{{Group: group, Raised: at(3), Cleared: at(5), First: at(2), Last: at(4), Count: 4}},
		Groups:   []rules.Group{{Key: group, Count: 5}},
		Codes:    append(counts(4, 30001), rules.CodeCount{Key: tally.Key{Family: catalog.App, Code: 1}, Count: 1}),
		Marks:    []tally.MarkCount{{Event: "logout", Count: 1, First: at(3), Last: at(3)}},
		Evidence: []tally.Record{
			{Place: tally.Place{Time: at(4), Source: "app.log", Offset: 2000, Line: 7}, Text: "record", Level: "E", Values: []tally.Value{{Key: "user", Text: "user-1"}, {Key: "api", Text: "x"}, {Key: "class", Text: "error"}, {Key: "extractor", Text: "imsdk"}}},
			{Place: tally.Place{Time: at(4), Source: "other.log", Offset: 5, Line: 7}, Text: "record", Level: "E", Values: []tally.Value{{Key: "user", Text: "user-1"}, {Key: "api", Text: "x"}, {Key: "class", Text: "error"}, {Key: "extractor", Text: "imsdk"}}},
		},
	}
	set, outcomes := timed(t, "    when: {select: {codes: [30001]}}\n    explains: {codes: [40001]}", "", o)
	got := set.Evaluate(summary(
		record{code: 30001, min: 1},
		record{code: 30001, min: 3, user: "user-1"},
		record{code: 30001, min: 4, user: "user-1"}, // its place is that of a record
		record{code: 30001, min: 4, user: "user-2"}, // of no group that was raised
		record{code: 30001, min: 6},
		record{code: 40001, min: 1}, record{code: 40001, min: 9},
		record{event: "logout", min: 3, times: 2},
	), outcomes)
	want := []rules.Verdict{{
		Rule: "burst", Class: catalog.Error, Title: catalog.Text{EN: "T", ZH: "题"}, State: rules.Cleared,
		First: at(2), Last: at(5), Count: 6, Users: 2, Share: 5.0 / 7, Explained: 7, ExplainedShare: 1,
		Groups: o.Groups, Raised: 3, Episodes: o.Episodes, Impact: rules.Impact{TopUser: 2, TopShare: 0.4},
		Codes: []tally.Key{{Family: catalog.Server, Code: 30001}, {Family: catalog.App, Code: 1}}, Counts: []int64{4, 1}, Marks: o.Marks,
		Explains: []rules.Symptom{{Key: tally.Key{Family: catalog.Server, Code: 40001}, Count: 2, Explained: 2}},
		Remedy:   []rules.Step{{Owner: rules.Operations, Do: catalog.Text{EN: "D", ZH: "做"}}},
		Evidence: []tally.Sample{
			{Source: "app.log", Offset: 1000, Time: at(3), Fields: group},
			{Source: "app.log", Offset: 2000, Time: at(4), Fields: group},
			{
				Source: "other.log", Offset: 5, Line: 7, Time: at(4), Level: "E", Text: "record", Extractor: "imsdk",
				Fields: tally.Fields{{Key: "api", Value: "x"}, {Key: "user", Value: "user-1"}},
			},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What an outcome takes of an item decides whether a fallback passes it, and whether it loses it to a cause.
func TestOutcomeSharesOut(t *testing.T) {
	rest := rule("rest", "    fallback: true\n    when: {select: {known: true}}")
	cause := rule("cause", "    when: {select: {codes: [20003]}}\n    explains: {codes: [30001]}")
	six := record{code: 30001, times: 6}
	tests := []struct {
		name   string
		others string
		codes  []rules.CodeCount
		log    []record
		want   []string
	}{
		{"half of it", rest, counts(3, 30001), []record{six}, []string{"burst 3"}},
		{"less than half", rest, counts(2, 30001), []record{six}, []string{"burst 2", "rest 6"}},
		{"lost to a cause", cause, counts(6, 30001), []record{six, {code: 20003}}, []string{"cause 1 <- 30001 6/6"}},
		{"lost one of two", cause, counts(3, 30001, 40001), []record{six, {code: 20003}, {code: 40001, times: 3}}, []string{"cause 1 <- 30001 6/6", "burst 6"}},
		{"of nothing that the summary has", rest, counts(2, 30001), []record{{code: 20003}}, []string{"rest 1", "burst 2"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			o := rules.Outcome{State: rules.Active, First: noon, Last: noon, Raised: 1, Codes: tc.codes}
			for _, c := range tc.codes {
				o.Count += c.Count
			}
			set, outcomes := timed(t, "    when: {select: {codes: [30001, 40001]}}", tc.others, o)
			if diff := cmp.Diff(tc.want, told(set.Evaluate(summary(tc.log...), outcomes))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
