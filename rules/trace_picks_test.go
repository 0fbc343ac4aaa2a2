package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/rules"
)

func TestTraceSaysWhichTestFailed(t *testing.T) {
	tests := []struct {
		when string
		line string
		want []string
	}{
		{"{codes: [70001]}", "0s 6206", []string{"when.select.codes sdk/6206: 70001"}},
		{"{codes: [6206], families: [web, server]}", "0s 6206", []string{"when.select.families sdk: web server"}},
		{"{categories: [server/account]}", "0s 6206", []string{"when.select.categories sdk/account: server/account"}},
		{"{topics: [rate]}", "0s 6206", []string{"when.select.topics auth: rate"}},
		{"{codes: [6206], classes: [fatal, info]}", "0s 6206", []string{"when.select.classes error: fatal info"}},
		{"{known: false}", "0s 6206", []string{"when.select.known true: false"}},
		{"{events: [kicked]}", "0s 6206", []string{"when.select.events : kicked"}},
		{"{codes: [6206]}", "0s kicked", []string{"when.select.events kicked: "}},
		{"{events: [logout]}", "0s kicked", []string{"when.select.events kicked: logout"}},
		{"{codes: [6206], fields: {api: {contains: [send, group]}}}", "0s 6206 api=login", []string{"when.select.fields.api contains login: send group"}},
		{"{codes: [6206], fields: {api: {contains: send, ends_with: x}}}", "0s 6206 api=sending", []string{"when.select.fields.api ends_with sending: x"}},
		{"{codes: [6206], fields: {api: {exists: true}}}", "0s 6206", []string{"when.select.fields.api exists : true"}},
		{"{codes: [6206], fields: {cost_ms: {number: \"> 9\"}}}", "0s 6206 cost_ms=5ms", []string{"when.select.fields.cost_ms number 5ms: > 9"}},
		{"{fields: {host: {cidr: 10.0.0.0/8}}}", "0s 6206 host=1.2.3.4", []string{"when.select.fields.host cidr 1.2.3.4: 10.0.0.0/8"}},
		{"{fields: {host: {starts_with: DB, ignore_case: true}}}", "0s 6206 host=web", []string{"when.select.fields.host starts_with web: DB"}},
		{"{all: [{codes: [6206]}, {topics: [rate]}]}", "0s 6206", []string{"when.select.all[1].topics auth: rate"}},
		{"{any: [{codes: [70001]}, {events: [kicked]}]}", "0s 6206", []string{"when.select.any[0].codes sdk/6206: 70001", "when.select.any[1].events : kicked"}},
		{"{topics: [auth], not: {codes: [6206]}}", "0s 6206", []string{"when.select.not : "}},
	}
	for _, tc := range tests {
		set := parse(t, "rules:\n"+rule("r", "    when: {select: "+tc.when+"}"))
		j := traceLog(t, set, tc.line).why(1).Judgements[0]
		var got []string
		for _, m := range j.Misses {
			key := m.Key
			if m.Op != "" {
				key += " " + m.Op
			}
			got = append(got, fmt.Sprintf("%s %s: %s", key, m.Have, strings.Join(m.Want, " ")))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || j.Fate != rules.FateUnselected {
			t.Errorf("%s, %s: %s %s", tc.when, tc.line, j.Fate, diff)
		}
	}
}

// Near rules are those whose author may have meant the record.
func TestTraceOfNearRules(t *testing.T) {
	for when, want := range map[string]bool{
		"{codes: [\"6000-6300\"], families: [web]}":   true,
		"{topics: [auth], families: [web]}":           true,
		"{topics: [rate]}":                            false,
		"{fields: {topic: {is: auth}, api: {is: x}}}": true,
		"{events: [kicked]}":                          false,
	} {
		set := parse(t, "rules:\n"+rule("r", "    when: {select: "+when+"}"))
		if got := traceLog(t, set, "0s 6206").why(1).Judgements[0].Near; got != want {
			t.Errorf("%s: near %t, want %t", when, got, want)
		}
	}
	set := parse(t, "rules:\n"+rule("r", "    when: {select: {events: [kicked], fields: {user: {is: x}}}}"))
	if !traceLog(t, set, "0s kicked").why(1).Judgements[0].Near {
		t.Error("a rule about the event is not near")
	}
}
