package rules_test

import (
	"strings"
	"testing"

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
	got := fired(s.Evaluate(summary(record{code: 130006}, record{code: 3122, family: catalog.Web}, record{code: 70001, user: "a"}, record{code: 70001, user: "b"})))
	want := "many-expired usersig-expired plan-amount-exceeded plan-lacks-feature"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}

func TestZeroSet(t *testing.T) {
	var s rules.Set
	if got := s.Evaluate(wholeCatalog()); got != nil || len(s.Rules()) != 0 || s.Digest() == "" {
		t.Errorf("%d verdicts of no rule", len(got))
	}
}
