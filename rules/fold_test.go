package rules_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// told writes verdicts as "rule 3 <- code 2/4 via code", the count of each and what is explained of its symptoms.
func told(verdicts []rules.Verdict) (out []string) {
	for _, v := range verdicts {
		s := fmt.Sprintf("%s %d", v.Rule, v.Count)
		for _, e := range v.Explains {
			s += fmt.Sprintf(" <- %d %d/%d", e.Code, e.Explained, e.Count)
			if e.Via.Code != 0 {
				s += fmt.Sprintf(" via %d", e.Via.Code)
			}
		}
		out = append(out, s)
	}
	return out
}

// own has a rule for each of some codes that the catalog relates, and says nothing of symptoms:
// 9508 brings 9519 about, that 6014, that call/-1406; so does 70001 with 6206 and 6014.
var own = "rules:\n" +
	rule("call", "    when: {select: {codes: [call/-1406]}}") +
	rule("no-login", "    when: {select: {codes: [6014]}}") +
	rule("slow", "    when: {select: {codes: [9519]}}") +
	rule("expired", "    when: {select: {codes: [6206]}}") +
	rule("sig", "    when: {select: {codes: [70001]}, count: 2}") +
	rule("offline", "    when: {select: {codes: [9508]}}") +
	rule("rest", "    fallback: true\n    when: {select: {known: true}}")

func TestCausesOfTheCatalog(t *testing.T) {
	call := record{code: -1406, family: catalog.Call, min: 3}
	tests := []struct {
		name string
		log  []record
		want []string
	}{
		{"one link", []record{{code: 9508, user: "a"}, {code: 9519, user: "a", min: 1, times: 3}}, []string{"offline 1 <- 9519 3/3 via 9508"}},
		{"a chain", []record{{code: 9508}, {code: 9519, min: 1}, {code: 6014, min: 2}, call}, []string{"offline 1 <- -1406 1/1 via 6014 <- 6014 1/1 via 9519 <- 9519 1/1 via 9508"}},
		{"a link that nobody has met", []record{{code: 9508, user: "a"}, {code: 6014, user: "b", min: 2}, {code: 9519, user: "b", min: 1}}, []string{"slow 1 <- 6014 1/1 via 9519", "offline 1"}},
		{"began before its cause", []record{{code: 9519}, {code: 9508, min: 1}, {code: 9519, min: 2}}, []string{"slow 2", "offline 1"}},
		{"the cause goes on", []record{{code: 9508}, {code: 9519, min: 1}, {code: 9508, min: 9}}, []string{"offline 2 <- 9519 1/1 via 9508"}},
		{"long after its cause, for users that are not known", []record{{code: 9508}, {code: 9519, min: 6}}, []string{"offline 1", "slow 1"}},
		{"long after its cause, for the same user", []record{{code: 9508, user: "a"}, {code: 9519, min: 59, user: "a"}}, []string{"offline 1 <- 9519 1/1 via 9508"}},
		{"a part of it", []record{{code: 9508, user: "a"}, {code: 9519, user: "a", times: 3, min: 1}, {code: 9519, user: "b", min: 1}, {code: 9519, min: 1}}, []string{"offline 1 <- 9519 4/5 via 9508", "slow 1"}},
		{"less than half", []record{{code: 9508, user: "a"}, {code: 9519, user: "a", min: 1}, {code: 9519, user: "b", times: 2, min: 1}}, []string{"slow 3", "offline 1"}},
		{"the first of two causes", []record{{code: 6206, min: 1}, {code: 70001, times: 2}, {code: 6014, min: 2}, {code: 9519, min: 1}}, []string{"sig 2 <- 6014 1/1 via 70001 <- 6206 1/1 via 70001", "slow 1"}},
		{"of two at once that of more", []record{
			{code: 6206, user: "a"},
			{code: 6206, user: "b"},
			{code: 9519, user: "a"},
			{code: 9519, user: "c"},
			{code: 6014, user: "a", min: 1},
			{code: 6014, user: "b", min: 1},
		}, []string{"expired 2 <- 6014 2/2 via 6206", "slow 2"}},
		{"a cause below its bound is told by the fallback", []record{{code: 70001}, {code: 6206, min: 1}}, []string{"expired 1", "rest 1"}},
		{"under a fallback", []record{{code: 9512}, {code: 9507, min: 1, times: 2}}, []string{"rest 3"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			sum, set := summary(tc.log...), parse(t, own)
			if diff := cmp.Diff(tc.want, told(set.Evaluate(sum, nil))); diff != "" {
				t.Error(diff)
			}
			r := rand.New(rand.NewPCG(1, 2))
			r.Shuffle(len(sum.Codes), func(i, j int) { sum.Codes[i], sum.Codes[j] = sum.Codes[j], sum.Codes[i] })
			if diff := cmp.Diff(tc.want, told(set.Evaluate(sum, nil))); diff != "" {
				t.Error("in another order:", diff)
			}
		})
	}
}

// What a rule says goes before what the catalog says, though the other cause began first.
func TestRuleBeforeCatalog(t *testing.T) {
	set := parse(t, "rules:\n"+rule("slow", "    when: {select: {codes: [9519]}}")+
		rule("sig", "    when: {select: {codes: [20003]}}\n    explains: {codes: [6014]}"))
	got := told(set.Evaluate(summary(record{code: 9519}, record{code: 20003, min: 1}, record{code: 6014, min: 2}), nil))
	if diff := cmp.Diff([]string{"sig 1 <- 6014 1/1", "slow 1"}, got); diff != "" {
		t.Error(diff)
	}
}

// Between two fallbacks the catalog's chain holds as well.
func TestCauseUnderFallback(t *testing.T) {
	set := parse(t, "rules:\n"+rule("lost", "    fallback: true\n    when: {select: {codes: [9507]}}")+
		rule("net", "    fallback: true\n    when: {select: {codes: [9512]}}"))
	got := told(set.Evaluate(summary(record{code: 9512}, record{code: 9507, min: 1, times: 2}), nil))
	if diff := cmp.Diff([]string{"net 1 <- 9507 2/2 via 9512"}, got); diff != "" {
		t.Error(diff)
	}
}

// A circle of rules is cut where it began, whichever rule stands first in the set.
func TestCircleIsCutWhereItBegan(t *testing.T) {
	a := rule("a", "    when: {select: {codes: [20003]}}\n    explains: {codes: [30001]}")
	b := rule("b", "    when: {select: {codes: [30001]}}\n    explains: {codes: [20003]}")
	c := rule("c", "    when: {select: {codes: [40001]}}")
	d := rule("d", "    when: {select: {codes: [20009]}}\n    explains: {codes: [40001]}")
	log := summary(record{code: 20003, min: 1}, record{code: 30001}, record{code: 30001, min: 2}, record{code: 40001}, record{code: 20009, min: -1})
	for _, text := range []string{a + b + c + d, b + a + d + c, c + d + b + a} {
		if diff := cmp.Diff([]string{"b 2 <- 20003 1/1", "d 1 <- 40001 1/1"}, told(parse(t, "rules:\n"+text).Evaluate(log, nil))); diff != "" {
			t.Error(diff)
		}
	}
}

// Codes that the catalog relates in a circle, at the same moment.
func TestCircleOfTheCatalog(t *testing.T) {
	text := "family: app\nsection: shop\nentries:\n" +
		"  - {code: 700001, class: error, title: {en: One}, causes: [700002]}\n" +
		"  - {code: 700002, class: error, title: {en: Two}, causes: [700003]}\n" +
		"  - {code: 700003, class: error, title: {en: Three}, causes: [700001]}\n"
	cat, err := catalog.Builtin().Overlay(catalog.File{Name: "own.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	count := tally.New(tally.Options{Catalog: cat})
	for code := 700001; code <= 700003; code++ {
		count.Finding(&tally.Finding{Place: tally.Place{Time: noon, Offset: int64(code)}, Code: code, Family: catalog.App})
	}
	sum := count.Summary()
	for _, fallback := range []string{"", "    fallback: true\n"} {
		rulesText := "rules:\n"
		for code := 700001; code <= 700003; code++ {
			rulesText += rule(fmt.Sprint("r", code), fallback+"    when: {select: {codes: ["+fmt.Sprint(code)+"]}}")
		}
		f, err := rules.Parse("r.yaml", []byte(rulesText), cat)
		if err != nil {
			t.Fatal(err)
		}
		set, err := new(rules.Set).Overlay(f)
		if err != nil {
			t.Fatal(err)
		}
		verdicts := set.Evaluate(sum, nil)
		if len(verdicts) != 1 || verdicts[0].Explained != 3 || len(verdicts[0].Explains) != 2 {
			t.Errorf("fallback %q: %q", fallback, told(verdicts))
		}
	}
}

// A fatal code is told for itself, whatever brought it about.
func TestFatalIsNoSymptomOfLess(t *testing.T) {
	text := "family: app\nsection: shop\nentries:\n" +
		"  - {code: 700001, class: fatal, title: {en: One}, causes: [700002]}\n" +
		"  - {code: 700002, class: warning, title: {en: Two}}\n"
	cat, err := catalog.Builtin().Overlay(catalog.File{Name: "own.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	count := tally.New(tally.Options{Catalog: cat})
	for code := 700001; code <= 700002; code++ {
		count.Finding(&tally.Finding{Place: tally.Place{Time: noon, Offset: int64(code)}, Code: code, Family: catalog.App})
	}
	for _, v := range rules.Builtin().Evaluate(count.Summary(), nil) {
		if len(v.Explains) > 0 {
			t.Errorf("%q", told([]rules.Verdict{v}))
		}
	}
}

// What is left of a code that is a symptom in part hits the other users only, and must reach the bounds by itself.
func TestRestOfASymptom(t *testing.T) {
	log := summary(record{code: 9508, user: "a"}, record{code: 9519, user: "a", times: 3, min: 1}, record{code: 9519, user: "b", min: 1, times: 2})
	for bound, want := range map[string][]string{
		"count: 2": {"offline 1 <- 9519 3/5 via 9508", "rest 2"},
		"count: 3": {"offline 1 <- 9519 3/5 via 9508"},
		"users: 2": {"offline 1 <- 9519 3/5 via 9508"},
	} {
		set := parse(t, "rules:\n"+rule("rest", "    when: {select: {codes: [9519]}, "+bound+"}")+rule("offline", "    when: {select: {codes: [9508]}}"))
		verdicts := set.Evaluate(log, nil)
		if diff := cmp.Diff(want, told(verdicts)); diff != "" {
			t.Error(bound, diff)
		}
		if len(verdicts) == 1 {
			continue
		}
		v := verdicts[1]
		if v.Users != 1 || v.UsersApprox || len(v.Elsewhere) != 1 || v.Elsewhere[0].Count != 3 {
			t.Errorf("%d users, approximate %v, elsewhere %v", v.Users, v.UsersApprox, v.Elsewhere)
		}
		for _, s := range v.Evidence {
			if s.Fields.Get("user") != "b" {
				t.Errorf("evidence of %v", s.Fields)
			}
		}
		if len(v.Evidence) == 0 {
			t.Error("no evidence")
		}
	}
}
