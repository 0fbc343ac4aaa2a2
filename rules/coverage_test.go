package rules_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/rules"
)

func TestCoverage(t *testing.T) {
	set := parse(t, chainRules+
		rule("loop", "    when: {select: {codes: [6206]}, by: [user], within: 1m, count: 2}")+
		rule("kicks", "    when: {select: {events: [kicked], fields: {user: {is: a}}}, within: 1m, count: 5}")+
		rule("off", "    when: {select: {codes: [70107]}}\n    disabled: true\n    reason: noisy")+
		rule("all-auth", "    when: {select: {codes: [6206]}}\n    supersedes: [expired-too]")+
		rule("expired-too", "    when: {select: {codes: [6206]}}"))
	log := traceLog(t, set,
		"0s 6206 user=a", "1s 6206 user=a", "2s 6014 user=a", "3s 9508", "4s kicked user=a", "4s kicked user=b", "5s 70107", "6s 99999999", "7s logout")
	var got []string
	for _, r := range log.coverage.Rules(log.trace) {
		got = append(got, fmt.Sprintf("%s %s selected=%d verdict=%t by=%s raised=%d count=%d explains=%d", r.Rule.ID, r.Fate, r.Selected, r.Verdict > 0, r.By, r.Raised, r.Count, r.Explains))
	}
	want := []string{
		"no-login folded selected=1 verdict=false by=expired raised=0 count=0 explains=0",
		"expired told selected=2 verdict=true by= raised=0 count=2 explains=1",
		"offline short selected=1 verdict=false by= raised=0 count=0 explains=0",
		"slow not_selected selected=0 verdict=false by= raised=0 count=0 explains=0",
		"legacy not_selected selected=0 verdict=false by= raised=0 count=0 explains=0",
		"any-network told selected=1 verdict=true by= raised=0 count=1 explains=0",
		"any told selected=5 verdict=true by= raised=0 count=1 explains=0",
		"loop told selected=2 verdict=true by= raised=1 count=2 explains=0",
		"kicks short selected=1 verdict=false by= raised=0 count=0 explains=0",
		"off off selected=0 verdict=false by= raised=0 count=0 explains=0",
		"all-auth told selected=2 verdict=true by= raised=0 count=2 explains=0",
		"expired-too superseded selected=2 verdict=false by=all-auth raised=0 count=0 explains=0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	gaps := log.coverage.Gaps(log.trace)
	var list []string
	for _, g := range gaps.Gaps {
		if g.Code != nil {
			list = append(list, fmt.Sprintf("%s/%d %d", g.Code.Family, g.Code.Code, g.Count))
		} else {
			list = append(list, fmt.Sprintf("%s %d", g.Mark.Event, g.Count))
		}
	}
	if diff := cmp.Diff([]string{"app/99999999 1", "server/70107 1", "kicked 1"}, list); diff != "" {
		t.Error(diff)
	}
	if gaps.Findings != 4 || gaps.Share != 4.0/6 || gaps.Other != 0 {
		t.Errorf("%d findings, a share of %v, %d others", gaps.Findings, gaps.Share, gaps.Other)
	}
}

func TestCoverageOfNothing(t *testing.T) {
	set := parse(t, chainRules)
	c := set.NewCoverage()
	trace := set.Trace(summary(), nil)
	for _, r := range c.Rules(trace) {
		if r.Fate != rules.FateUnselected {
			t.Errorf("%s: %s", r.Rule.ID, r.Fate)
		}
	}
	if g := c.Gaps(trace); g.Share != 1 || g.Gaps != nil {
		t.Errorf("%+v", g)
	}
}
