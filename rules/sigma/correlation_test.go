package sigma_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// base are the rules that the correlations of tests name.
const base = `
---
title: Refused
name: refused
detection: {s: {code: 70001}, condition: s}
---
title: Kicked
name: kicked
detection: {s: {event: kicked}, condition: s}
---
title: Slow
name: slow
id: 6a2a3b0e-7f0c-4f6e-8a52-0f8f6b8a1c55
detection: {s: {cost_ms|gte: 500}, condition: s}
---
title: Many refused
name: many_refused
correlation: {type: event_count, rules: refused, group-by: user, timespan: 10m, condition: {gt: 2}}
`

const (
	refused = "{codes:[70001]}"
	kicked  = "{events:[kicked]}"
	slow    = "{fields:[{field:cost_ms,number:500}]}"
)

func TestCorrelations(t *testing.T) {
	for _, tc := range []struct{ name, correlation, want string }{
		{
			"event_count", "{type: event_count, rules: [refused], group-by: [user, Host], timespan: 1h, condition: {gte: 100}}",
			"{select:" + refused + ",by:[user,host],within:1h,count:100}",
		},
		{
			"event_count of several", "{type: event_count, rules: [refused, kicked], timespan: 30s, condition: {gt: 1, lte: 9}}",
			"{select:{codes:[70001],events:[kicked]},within:30s,count:> 1, <= 9}",
		},
		{"event_count, silence", "{type: event_count, rules: [slow], timespan: 7d, condition: {lt: 1}}", "{select:" + slow + ",within:7d,count:< 1}"},
		{"event_count, neq", "{type: event_count, rules: [slow], timespan: 1w, condition: {neq: 3}}", "{select:" + slow + ",within:7d,count:!= 3}"},
		{
			"value_count", "{type: value_count, rules: [refused], group-by: [host], timespan: 1d, condition: {field: User, gte: 100}}",
			"{select:" + refused + ",by:[host],within:1d,distinct:{field:user,bound:100}}",
		},
		{
			"value_sum", "{type: value_sum, rules: [slow], timespan: 1h, condition: {field: cost_ms, gt: 1000.5}}",
			"{select:" + slow + ",within:1h,sum:{field:cost_ms,bound:> 1000.5}}",
		},
		{
			"value_avg", "{type: value_avg, rules: [slow], timespan: 1h, condition: {field: cost_ms, gt: 500}}",
			"{select:" + slow + ",within:1h,average:{field:cost_ms,bound:> 500}}",
		},
		{
			"value_median", "{type: value_median, rules: [slow], timespan: 1h, condition: {field: cost_ms, gt: 500}}",
			"{select:" + slow + ",within:1h,percentile:{field:cost_ms,p:50,bound:> 500}}",
		},
		{
			"value_percentile", "{type: value_percentile, rules: [slow], timespan: 15m, condition: {field: cost_ms, percentile: 99.5, gte: 500}}",
			"{select:" + slow + ",within:15m,percentile:{field:cost_ms,p:99.5,bound:500}}",
		},
		{
			"temporal", "{type: temporal, rules: [refused, kicked, 6a2a3b0e-7f0c-4f6e-8a52-0f8f6b8a1c55], group-by: [user], timespan: 5m}",
			"{by:[user],within:5m,of:[{select:" + refused + "},{select:" + kicked + "},{select:" + slow + "}]}",
		},
		{
			"temporal, two of three", "{type: temporal, rules: [refused, kicked, slow], timespan: 5m, condition: {gte: 2}}",
			"{within:5m,of:[{select:" + refused + "},{select:" + kicked + "},{select:" + slow + "}],at_least:2}",
		},
		{
			"temporal, all by number", "{type: temporal, rules: [refused, kicked], timespan: 5m, condition: {eq: 2}}",
			"{within:5m,of:[{select:" + refused + "},{select:" + kicked + "}]}",
		},
		{
			"temporal, by expression", "{type: temporal, timespan: 5m, condition: refused and kicked}",
			"{within:5m,of:[{select:" + refused + "},{select:" + kicked + "}]}",
		},
		{
			"temporal, any", "{type: temporal, rules: [refused, kicked], timespan: 5m, condition: kicked or refused}",
			"{within:5m,of:[{select:" + refused + "},{select:" + kicked + "}],at_least:1}",
		},
		{
			"temporal_ordered", "{type: temporal_ordered, rules: [kicked, refused], timespan: 1M, condition: {gte: 2}}",
			"{within:30d10h29m6s,sequence:[{select:" + kicked + "},{select:" + refused + "}]}",
		},
		{
			"a chain", "{type: temporal, rules: [many_refused, kicked], group-by: [user], timespan: 10m}",
			"{by:[user],within:10m,of:[{select:" + refused + ",count:3},{select:" + kicked + "}]}",
		},
		{
			"a chain in order", "{type: temporal_ordered, rules: [many_refused, kicked], group-by: [user], timespan: 10m}",
			"{by:[user],within:10m,sequence:[" + strings.Repeat("{select:"+refused+"},", 3) + "{select:" + kicked + "}]}",
		},
		{
			"an alias of one field", "{type: value_count, rules: [refused, kicked], group-by: [who], timespan: 5m, condition: {field: where, gte: 2}, " +
				"aliases: {who: {refused: User, kicked: user}, where: {refused: host, kicked: host}}}",
			"{select:{codes:[70001],events:[kicked]},by:[user],within:5m,distinct:{field:host,bound:2}}",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := parse(t, "title: T\ncorrelation: "+tc.correlation+base)
			if diff := cmp.Diff(tc.want, text(t, got[0].When)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestGenerate holds which documents are rules of their own.
func TestGenerate(t *testing.T) {
	const chain = `
title: Chain
correlation: {type: temporal, rules: [inner, one], timespan: 5m}
---
title: Inner
name: inner
correlation: {type: event_count, rules: [two], timespan: 5m, condition: {gte: 2}, generate: true}
---
{title: One, name: one, detection: {s: {event: kicked}, condition: s}}
---
{title: Two, name: two, detection: {s: {event: login_ok}, condition: s}}
---
{title: Three, name: three, detection: {s: {event: connected}, condition: s}}
`
	for generate, want := range map[string]string{
		"":                 "chain two three",
		"generate: true":   "chain inner one two three",
		"generate: false":  "chain two three",
		"\ngenerate: true": "chain inner one two three",
	} {
		file := strings.Replace(chain, "timespan: 5m}", "timespan: 5m}\n"+generate, 1)
		if !strings.HasPrefix(generate, "\n") && generate != "" {
			file = strings.Replace(chain, "timespan: 5m}", "timespan: 5m, "+generate+"}", 1)
		}
		var got []string
		for _, r := range parse(t, file) {
			got = append(got, strings.TrimPrefix(r.ID, "sigma-"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v, want %s", generate, got, want)
		}
	}
}
