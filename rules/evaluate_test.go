package rules_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestVerdict(t *testing.T) {
	s := parse(t, "rules:\n"+rule("expired", `    when: {select: {codes: [6206, 70001], events: [usersig_expired]}}
    explains: {codes: [6014, 6206], events: [logout]}
    ask_vendor: true
    links: ["https://example.com/a"]`))
	got := s.Evaluate(summary(
		record{code: 70001, user: "a", min: 5},
		record{code: 6206, user: "a", min: 3, times: 3},
		record{code: 6206, user: "b", min: 1},
		record{code: 6014, user: "a", min: 6, times: 4},
		record{event: "usersig_expired", min: 9},
		record{event: "logout", min: 9},
		record{code: 20009, min: 4},
	), nil)
	want := []rules.Verdict{{
		Rule: "expired", Class: catalog.Error, Title: catalog.Text{EN: "T", ZH: "题"}, State: rules.Active,
		First: noon.Add(time.Minute), Last: noon.Add(9 * time.Minute),
		Count: 6, Users: 2, Share: 0.5, Explained: 9, ExplainedShare: 0.9,
		Codes:    []tally.Key{{Family: catalog.SDK, Code: 6206}, {Family: catalog.Server, Code: 70001}},
		Counts:   []int64{4, 1},
		Marks:    []tally.MarkCount{{Event: "usersig_expired", Count: 1, First: noon.Add(9 * time.Minute), Last: noon.Add(9 * time.Minute)}},
		Explains: []rules.Symptom{{Key: tally.Key{Family: catalog.SDK, Code: 6014}, Count: 4, Explained: 4}, {Event: "logout", Count: 1, Explained: 1}},
		Impact:   rules.Impact{TopUser: 4, TopShare: 0.8},
		Remedy:   []rules.Step{{Owner: rules.Operations, Do: catalog.Text{EN: "D", ZH: "做"}}}, AskVendor: true,
		Links: []string{"https://example.com/a"},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(rules.Verdict{}, "Evidence")); diff != "" {
		t.Error(diff)
	}
	var offsets []int64
	for _, e := range got[0].Evidence {
		offsets = append(offsets, e.Offset)
	}
	if diff := cmp.Diff([]int64{2000, 1000, 1001}, offsets); diff != "" {
		t.Error("evidence:", diff)
	}
}

func TestEvidenceWithoutTimeComesLast(t *testing.T) {
	s := parse(t, "rules:\n"+rule("r", "    when: {select: {codes: [6206]}}"))
	got := s.Evaluate(summary(record{code: 6206, min: -1}, record{code: 6206, min: 2}), nil)[0]
	if got.Evidence[0].Offset != 1000 || got.Evidence[1].Offset != 0 {
		t.Errorf("order of evidence: %+v", got.Evidence)
	}
	if !got.First.Equal(got.Last) || got.First.IsZero() {
		t.Errorf("the record without a time moved first or last: %s, %s", got.First, got.Last)
	}
}

// Cause, symptom and the rule of each for the tests below.
const chain = "rules:\n"

var chainRules = chain +
	rule("no-login", "    when: {select: {codes: [6014]}}") +
	rule("expired", "    when: {select: {codes: [6206]}}\n    explains: {codes: [6014]}") +
	rule("offline", "    when: {select: {codes: [9508]}, count: 2}\n    explains: {codes: [9519]}") +
	rule("slow", "    when: {select: {codes: [9519]}}\n    explains: {codes: [6012]}") +
	rule("legacy", "    when: {select: {codes: [6012]}}") +
	rule("any-network", "    fallback: true\n    when: {select: {topics: [network, timeout]}}") +
	rule("any", "    fallback: true\n    when: {select: {known: true}}")

func TestSharingOut(t *testing.T) {
	tests := []struct {
		name string
		log  []record
		want []string
	}{
		{"nothing", nil, nil},
		{"symptom alone", []record{{code: 6014}}, []string{"no-login"}},
		{"folded", []record{{code: 6206, min: 1}, {code: 6014, min: 2}}, []string{"expired"}},
		{"symptom over before the cause", []record{{code: 6014, min: 1}, {code: 6206, min: 2}}, []string{"expired", "no-login"}},
		{"symptom without a time", []record{{code: 6014, min: -1}, {code: 6206, min: 2}}, []string{"expired"}},
		{"half of its users met the cause", []record{{code: 6206, user: "a"}, {code: 6014, user: "a"}, {code: 6014, user: "b"}}, []string{"expired", "no-login"}},
		{"most users never met the cause", []record{{code: 6206, user: "a"}, {code: 6014, user: "b", times: 2}, {code: 6014, user: "c"}}, []string{"no-login", "expired"}},
		{"chain of three", []record{{code: 9508, times: 2}, {code: 9519}, {code: 6012}}, []string{"offline"}},
		{"cause below its bound", []record{{code: 9508}, {code: 9519}, {code: 6012}}, []string{"slow", "any-network"}},
		{"fallback takes the rest", []record{{code: 6206}, {code: 9512}, {code: 20009, times: 2}}, []string{"expired", "any", "any-network"}},
		{"unknown is nobody's", []record{{code: 4242}}, nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, fired(parse(t, chainRules).Evaluate(summary(tc.log...), nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Two rules that explain each other: the first one of the set wins.
func TestCircleOfSymptoms(t *testing.T) {
	a := rule("a", "    when: {select: {codes: [9508]}}\n    explains: {codes: [9519]}")
	b := rule("b", "    when: {select: {codes: [9519]}}\n    explains: {codes: [9508]}")
	log := summary(record{code: 9508}, record{code: 9519})
	for first, text := range map[string]string{"a": a + b, "b": b + a} {
		if diff := cmp.Diff([]string{first}, fired(parse(t, "rules:\n"+text).Evaluate(log, nil))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOrderOfVerdicts(t *testing.T) {
	s := parse(t, "rules:\n"+
		rule("few", "    when: {select: {codes: [30001]}}")+
		rule("z-many", "    when: {select: {codes: [70001]}}")+
		rule("a-many", "    when: {select: {codes: [20003]}}")+
		rule("generic", "    fallback: true\n    when: {select: {codes: [20005]}}")+
		rule("raised", "    class: fatal\n    when: {select: {codes: [20009]}}")+
		rule("event-only", "    when: {select: {events: [dns_failed]}}"))
	got := fired(s.Evaluate(summary(record{code: 30001}, record{code: 70001, times: 2}, record{code: 20003, times: 2},
		record{code: 20005, times: 9}, record{code: 20009}, record{event: "dns_failed", times: 99}), nil))
	if diff := cmp.Diff([]string{"raised", "a-many", "z-many", "few", "generic", "event-only"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOrderOfSummaryDoesNotMatter(t *testing.T) {
	sum := wholeCatalog()
	want := rules.Builtin().Evaluate(sum, nil)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(sum.Codes), func(i, j int) { sum.Codes[i], sum.Codes[j] = sum.Codes[j], sum.Codes[i] })
		r.Shuffle(len(sum.Unknown), func(i, j int) { sum.Unknown[i], sum.Unknown[j] = sum.Unknown[j], sum.Unknown[i] })
		r.Shuffle(len(sum.Marks), func(i, j int) { sum.Marks[i], sum.Marks[j] = sum.Marks[j], sum.Marks[i] })
		if diff := cmp.Diff(want, rules.Builtin().Evaluate(sum, nil)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// wholeCatalog has every code once, some with many users, some unknown ones, and every event.
func wholeCatalog() *tally.Summary {
	var log []record
	for i, e := range catalog.Builtin().Entries() {
		log = append(log, record{code: e.Code, family: e.Family, user: string(rune('a' + i%20)), min: i % 50, times: 1 + i%3})
	}
	for i := range 50 {
		log = append(log, record{code: 4200 + i})
	}
	for i, e := range tally.Events() {
		event := e.Name
		log = append(log, record{event: event, min: i})
	}
	return summary(log...)
}

// A rule that says more about the same takes the place of one that says less, with its symptoms.
func TestSupersede(t *testing.T) {
	s := parse(t, "rules:\n"+
		rule("plain", "    when: {select: {codes: [70009, 70014]}}\n    explains: {codes: [6014]}")+
		rule("for-all", "    when: {select: {codes: [70009]}, users: 2}\n    supersedes: [plain]"))
	few := []record{{code: 70009, user: "a"}, {code: 70009, user: "b"}, {code: 6014}}
	got := s.Evaluate(summary(few...), nil)
	if diff := cmp.Diff([]string{"for-all"}, fired(got)); diff != "" {
		t.Fatal(diff)
	}
	if len(got[0].Explains) != 1 || got[0].Explains[0].Code != 6014 {
		t.Errorf("the symptoms got lost: %+v", got[0].Explains)
	}
	few = append(few, record{code: 70014, times: 5})
	if diff := cmp.Diff([]string{"plain", "for-all"}, fired(s.Evaluate(summary(few...), nil))); diff != "" {
		t.Error("most of it is not superseded:", diff)
	}
}
