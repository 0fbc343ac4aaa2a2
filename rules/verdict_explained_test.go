package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestExplain(t *testing.T) {
	text := "rules:\n" +
		rule("expired", "    when: {select: {codes: [6206]}}\n    explains: {codes: [20003], events: [logout]}") +
		rule("again", "    when: {select: {codes: [6206]}, count: 2}") +
		rule("rest", "    fallback: true\n    when: {select: {codes: [20005]}}")
	sum := summary(
		record{code: 6206, user: "a", times: 4}, record{code: 6206, user: "b"},
		record{code: 20003, user: "a", min: 1, times: 2}, record{code: 20003, user: "c", min: 1},
		record{code: 20005, user: "d", times: 7}, record{code: 4242, user: "e"}, record{event: "logout", min: 1},
	)
	got := rules.Explain(sum, parse(t, text).Evaluate(sum, nil))
	want := rules.Explanation{
		Findings: 7, Share: 7.0 / 16, Causes: 2, Users: 2,
		Rest: []rules.CodeCount{
			{Key: tally.Key{Family: catalog.Server, Code: 20005}, Count: 7},
			{Key: tally.Key{Family: catalog.Server, Code: 4242}, Count: 1},
			{Key: tally.Key{Family: catalog.Server, Code: 20003}, Count: 1},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(rules.Explanation{}, rules.Explain(summary(), nil)); diff != "" {
		t.Error("of nothing:", diff)
	}
	none := rules.Explain(sum, nil)
	if none.Findings != 0 || none.Causes != 0 || len(none.Rest) != 4 || none.Users != 0 {
		t.Errorf("without verdicts: %+v", none)
	}
}

// Of two timed rules on one code only the larger part is sure, and users are a least number.
func TestExplainTimed(t *testing.T) {
	sum := summary(record{code: 6206, times: 10, user: "a"}, record{code: 20003, times: 4, user: "b"})
	key := func(f catalog.Family, code int) tally.Key { return tally.Key{Family: f, Code: code} }
	got := rules.Explain(sum, []rules.Verdict{
		{Rule: "a", Raised: 1, Users: 1, Codes: []tally.Key{key(catalog.SDK, 6206)}, Counts: []int64{4}},
		{Rule: "b", Raised: 1, Users: 1, Codes: []tally.Key{key(catalog.SDK, 6206)}, Counts: []int64{6}},
	})
	want := rules.Explanation{
		Findings: 6, Share: 6.0 / 14, Causes: 2, Users: 1, UsersApprox: true,
		Rest: []rules.CodeCount{{Key: key(catalog.SDK, 6206), Count: 4}, {Key: key(catalog.Server, 20003), Count: 4}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
