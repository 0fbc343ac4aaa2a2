package rules_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// file reads one file of rules that must be right.
func file(t *testing.T, name, text string) *rules.File {
	t.Helper()
	f, err := rules.Parse(name, []byte("rules:\n"+text), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ids(s *rules.Set) []string {
	var list []string
	for _, r := range s.Rules() {
		list = append(list, r.ID)
	}
	return list
}

func TestOverlay(t *testing.T) {
	base := parse(t, "rules:\n"+rule("a", "    when: {select: {codes: [6206]}}\n    links: [https://example.com]")+rule("b", "    when: {select: {codes: [6208]}}"))
	before := base.Digest()
	got, err := base.Overlay(
		file(t, "team.yaml", rule("c", "    when: {select: {codes: [9508]}}")+rule("a", "    when: {select: {codes: [70001]}}")),
		file(t, "prod.yaml", rule("d", "    when: {select: {codes: [9509]}}")+"  - {id: b, disabled: true, reason: load test}\n"),
	)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"d", "c", "a", "b"}, ids(got)); diff != "" {
		t.Error("order:", diff)
	}
	if a := got.Rule("a"); a.Links != nil || a.When.Select.Codes[0].First != 70001 {
		t.Errorf("not replaced as a whole: %+v", a)
	}
	if b := got.Rule("b"); !b.Disabled || b.Reason != "load test" || b.Title.IsZero() {
		t.Errorf("switched off: %+v", b)
	}
	if base.Digest() != before || base.Rule("b").Disabled {
		t.Error("the base set changed")
	}
	if got.Digest() == before {
		t.Error("the digest does not tell the sets apart")
	}
	if got.Rule("nobody") != nil {
		t.Error("found a rule that is not there")
	}
}

func TestOverlayUnknownRule(t *testing.T) {
	_, err := rules.Builtin().Overlay(
		file(t, "one.yaml", "  - {id: usersig-expird, disabled: true, reason: x}\n"),
		file(t, "two.yaml", "  - {id: zzzzzz, disabled: true, reason: x}\n"),
	)
	want := "one.yaml:2:10: rules[0].id: no rule \"usersig-expird\" to switch off, did you mean \"usersig-expired\"?\n" +
		"two.yaml:2:10: rules[0].id: no rule \"zzzzzz\" to switch off"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

// A team's fallback gets codes before those of the pack, and its specific rules stand beside.
func TestOverlayOnPack(t *testing.T) {
	s, err := rules.Builtin().Overlay(file(t, "team.yaml",
		rule("ours", "    fallback: true\n    when: {select: {topics: [billing]}}")+
			rule("many-expired", "    when: {select: {codes: [70001]}, users: 2}")))
	if err != nil {
		t.Fatal(err)
	}
	got := fired(s.Evaluate(summary(record{code: 130006}, record{code: 3122, family: catalog.Web}, record{code: 70001, user: "a"}, record{code: 70001, user: "b"}), nil))
	want := "many-expired usersig-expired plan-amount-exceeded plan-lacks-feature"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}

func TestZeroSet(t *testing.T) {
	var s rules.Set
	if got := s.Evaluate(wholeCatalog(), nil); got != nil || len(s.Rules()) != 0 || s.Digest() == "" {
		t.Errorf("%d verdicts of no rule", len(got))
	}
}

const overridden = `
  - id: spike
    title: {en: T, zh: 题}
    when: {select: {codes: [6206]}, within: 5m, spike: {factor: 3}}
    remedy: [{owner: vendor, do: {en: D, zh: 做}}]
  - id: window
    title: {en: T, zh: 题}
    when: {select: {codes: [6206]}, within: 5m, count: 5}
    clear: {below: 3}
    remedy: [{owner: vendor, do: {en: D, zh: 做}}]
  - id: plain
    title: {en: T, zh: 题}
    when: {select: {codes: [6206]}}
    remedy: [{owner: vendor, do: {en: D, zh: 做}}]
`

func TestOverrides(t *testing.T) {
	base := parse(t, "rules:"+overridden)
	before := base.Digest()
	team, err := rules.Parse("team.yaml", []byte(`overrides:
  - {id: spike, env: [prod, staging], factor: 5, class: fatal}
  - {id: spike, env: ci, factor: 9}
  - {id: window, count: 4, within: 1h, cooldown: {time: 5m}}
  - {id: plain, share: 5%, reason: told to}
  - {id: window, disabled: true, reason: load test, until: 2026-12-31}
`), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for env, factor := range map[string]float64{"": 3, "prod": 5, "staging": 5, "ci": 9, "none": 3} {
		s, err := base.OverlayIn(env, team)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Rule("spike").When.Spike.Factor; got != factor {
			t.Errorf("in %q the factor is %v, want %v", env, got, factor)
		}
		if got, want := s.Rule("spike").Class == catalog.Fatal, factor == 5; got != want {
			t.Errorf("in %q the class is fatal: %t", env, got)
		}
	}
	s, err := base.Overlay(team)
	if err != nil {
		t.Fatal(err)
	}
	w := s.Rule("window")
	if got := w.When.Count.String() + " " + w.When.Within.String() + " " + w.Cooldown.Time.String(); got != "4 1h 5m" {
		t.Errorf("got %s", got)
	}
	if p := s.Rule("plain"); p.When.Share != 5 || p.Reason != "" {
		t.Errorf("got %+v", p)
	}
	if base.Digest() != before || base.Rule("spike").When.Spike.Factor != 3 {
		t.Error("the base set changed")
	}

	until := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	if day := s.At(until.Add(-1)); day != s || !day.Rule("window").Disabled || day.Rule("window").Reason != "load test" {
		t.Error("back before its day")
	}
	if day := s.At(until); day.Rule("window").Disabled || day.Rule("window").Reason != "" || !s.Rule("window").Disabled || day.Digest() == s.Digest() {
		t.Error("not back on its day, or the set changed")
	}
	on, err := s.Overlay(file(t, "later.yaml", overridden[1:]+"overrides: [{id: window, disabled: false}]\n"))
	if err != nil || on.Rule("window").Disabled || !on.Rule("window").Until.IsZero() {
		t.Errorf("not switched on again: %v", err)
	}
}

func TestOverrideFaults(t *testing.T) {
	team, err := rules.Parse("team.yaml", []byte(`overrides:
  - {id: spik, factor: 5}
  - {id: spike, count: 5}
  - {id: window, count: 2}
  - {id: window, factor: 2}
  - {id: plain, within: 5m}
  - {id: plain, cooldown: {time: 5m}}
  - {id: window, share: 5%}
  - {id: nobody, env: prod, class: error}
  - {id: plain, env: prod, within: 5m}
`), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	_, err = parse(t, "rules:"+overridden).Overlay(team)
	want := `team.yaml:2:10: overrides[0].id: no rule "spik" to change, did you mean "spike"?
team.yaml:3:24: overrides[1].count: in rule "spike", when.count: cannot stand beside spike
team.yaml:4:5: overrides[2]: in rule "window", clear.below: 3 ends at once what 2 records raise
team.yaml:5:26: overrides[3].factor: rule "window" is no spike
team.yaml:6:25: overrides[4].within: rule "plain" has no window that could be changed
team.yaml:7:27: overrides[5].cooldown: in rule "plain", cooldown: needs a rule that looks at times, groups or fields, such as one with within: 5m
team.yaml:8:25: overrides[6].share: in rule "window", when.share: is taken over the whole log and does not go with times, groups and fields: use ratio
team.yaml:9:10: overrides[7].id: no rule "nobody" to change`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}
