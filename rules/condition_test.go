package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

func TestConditions(t *testing.T) {
	six := record{code: 6206, user: "a", times: 6}
	tests := []struct {
		name, when string
		log        []record
		want       bool
	}{
		{"code", "select: {codes: [70001, 6206]}", []record{six}, true},
		{"another code", "select: {codes: [70001]}", []record{six}, false},
		{"the sign counts", "select: {codes: [-20009]}", []record{{code: 20009}}, false},
		{"negative code", "select: {codes: [-20009]}", []record{{code: -20009}}, true},
		{"first of a range", `select: {codes: ["10100-10200"]}`, []record{{code: 10100}}, true},
		{"last of a range", `select: {codes: ["10100-10200"]}`, []record{{code: 10200}}, true},
		{"beyond a range", `select: {codes: ["10100-10200"]}`, []record{{code: 10201}}, false},
		{"negative range", `select: {codes: ["-10112..-10110"]}`, []record{{code: -10111}}, true},
		{"family of a code", "select: {codes: [call/60003]}", []record{{code: 60003, family: catalog.Call}}, true},
		{"other family of a code", "select: {codes: [call/60003]}", []record{{code: 60003, family: catalog.Server}}, false},
		{"all families of a code", "select: {codes: [60003]}", []record{{code: 60003, family: catalog.Call}}, true},
		{"same sense in another family", "select: {codes: [server/70001]}", []record{{code: 70001, family: catalog.Web}}, true},
		{"category", "select: {categories: [sdk/account]}", []record{six}, true},
		{"other category", "select: {categories: [server/account]}", []record{six}, false},
		{"category of unknown codes", "select: {categories: [server/unknown]}", []record{{code: 4242}}, true},
		{"topic", "select: {topics: [rate, auth]}", []record{six}, true},
		{"class", "select: {classes: [fatal]}", []record{{code: 70009}}, true},
		{"other class", "select: {classes: [fatal]}", []record{six}, false},
		{"family", "select: {families: [sdk]}", []record{six}, true},
		{"all keys must pass", "select: {families: [sdk], topics: [rate]}", []record{six}, false},
		{"known", "select: {known: true}", []record{{code: 4242}}, false},
		{"not known", "select: {known: false}", []record{{code: 4242}}, true},
		{"event", "select: {events: [dns_failed]}", []record{{event: "dns_failed"}}, true},
		{"other event", "select: {events: [dns_failed]}", []record{{event: "tls_failed"}}, false},
		{"event of one's own", "select: {events: [x_reboot]}", []record{{event: "x_reboot"}}, true},
		{"events stand besides codes", "select: {codes: [9516], events: [dns_failed]}", []record{{code: 9516}}, true},
		{"events alone pick no findings", "select: {events: [dns_failed]}", []record{six}, false},
		{"count reached", "select: {codes: [6206]}\n      count: 6", []record{six}, true},
		{"count missed", "select: {codes: [6206]}\n      count: 7", []record{six}, false},
		{
			"count over codes and events", "select: {codes: [6206], events: [usersig_expired]}\n      count: 7",
			[]record{six, {event: "usersig_expired"}},
			true,
		},
		{"share reached", "select: {codes: [6206]}\n      share: 60%", []record{six, {code: 20009, times: 4}}, true},
		{"share missed", "select: {codes: [6206]}\n      share: 60.1%", []record{six, {code: 20009, times: 4}}, false},
		{"users reached together", "select: {codes: [6206, 70001]}\n      users: 2", []record{six, {code: 70001, user: "b"}}, true},
		{"one user twice", "select: {codes: [6206, 70001]}\n      users: 2", []record{six, {code: 70001, user: "a"}}, false},
		{"all bounds must hold", "select: {codes: [6206]}\n      count: 6\n      users: 2", []record{six}, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			s := parse(t, "rules:\n"+rule("r", "    when:\n      "+tc.when))
			if got := len(s.Evaluate(summary(tc.log...), nil)) == 1; got != tc.want {
				t.Errorf("fires: got %t, want %t", got, tc.want)
			}
		})
	}
}

func TestDisabledRuleIsSilent(t *testing.T) {
	s := parse(t, "rules:\n"+rule("r", "    disabled: true\n    reason: noisy\n    when: {select: {codes: [6206]}}"))
	if diff := cmp.Diff([]string(nil), fired(s.Evaluate(summary(record{code: 6206}), nil))); diff != "" {
		t.Error(diff)
	}
}

func TestSpanText(t *testing.T) {
	for _, text := range []string{"6206", "-10001", "10100-10200", "-10112..-10110", "-5..7", "web/3002", "call/-1406..-1401"} {
		var s rules.Span
		if err := s.UnmarshalText([]byte(text)); err != nil {
			t.Error(err)
		}
		if got := s.String(); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}
