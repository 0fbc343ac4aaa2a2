package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each line of a log is asked about, and the answer of the one rule is what stands beside it.
func TestTraceOfTimedRules(t *testing.T) {
	tests := []struct {
		name, rule string
		log        []string
		want       []string // by line; "" for a rule that has nothing to do with it
	}{
		{
			"count by user", "    when: {select: {codes: [6206]}, by: [user], within: 1m, count: 3}",
			[]string{
				"0s 6206 user=a", "10s 6206 user=a", "20s 6206 user=b", "30s 6206", "- 6206 user=a", "~40s 6206 user=a",
				"5m 6206 user=c", "5m1s 6206 user=c", "5m2s 6206 user=c", "7m 6206 user=c",
			},
			[]string{
				"r short verdict=1 user=a count=1/3 best 12:00:10 count=2/3", "r short verdict=1 user=a count=2/3",
				"r short verdict=1 user=b count=1/3", "r lacks verdict=1 field=user", "r untimed verdict=1", "r untimed verdict=1",
				"r told verdict=1 user=c episode=12:05:02 count=1/3 best 12:05:02 count=3/3",
				"r told verdict=1 user=c episode=12:05:02 count=2/3 best 12:05:02 count=3/3",
				"r told verdict=1 user=c episode=12:05:02 count=3/3",
				"r short verdict=1 user=c count=1/3 best 12:05:02 count=3/3",
			},
		},
		{
			"silence", "    when: {select: {events: [connected]}, within: 1m, count: < 2}",
			[]string{"0s connected", "1s connected", "2m 6206", "3m connected"},
			[]string{
				"r short verdict=1 count=1/<2 ready=12:01:00 best 12:03:00 count=1/<2", // it has left the window that raised it
				"r told verdict=1 episode=12:01:00 count=2/<2 ready=12:01:00 best 12:03:00 count=1/<2",
				"", "r told verdict=1 episode=12:01:00 count=1/<2",
			},
		},
		{
			"distinct", "    when: {select: {codes: [6206]}, within: 1m, distinct: {field: user, bound: 2}}",
			[]string{"0s 6206 user=a", "1s 6206 user=a", "2m 6206 user=b"},
			[]string{"r short distinct=1/2", "r short distinct=1/2 best 12:00:00 distinct=1/2", "r short distinct=1/2 best 12:00:00 distinct=1/2"},
		},
		{
			"sum", "    when: {select: {codes: [6206]}, within: 1m, sum: {field: cost_ms, bound: \"> 100\"}}",
			[]string{"0s 6206 cost_ms=60ms", "1s 6206", "2s 6206 cost_ms=40"},
			[]string{"r short sum=60/>100 best 12:00:02 sum=100/>100", "r lacks field=cost_ms sum=60/>100 best 12:00:02 sum=100/>100", "r short sum=100/>100"},
		},
		{
			"average", "    when: {select: {codes: [6206]}, within: 1m, average: {field: cost_ms, bound: 50}, count: 2}",
			[]string{"0s 6206 cost_ms=60", "1s 6206 cost_ms=20"},
			[]string{"r short average=60/50 count=1/2 best 12:00:01 average=40/50 count=2/2", "r short average=40/50 count=2/2"},
		},
		{
			"percentile", "    when: {select: {codes: [6206]}, within: 1m, percentile: {field: cost_ms, p: 50, bound: 50}}",
			[]string{"0s 6206 cost_ms=20", "1s 6206 cost_ms=40"},
			[]string{"r short percentile=20/50", "r short percentile=20/50 best 12:00:00 percentile=20/50"},
		},
		{
			"ratio", "    when: {select: {codes: [6206]}, within: 1m, ratio: {of: {events: [connected]}, bound: 50%, min: 3}}",
			[]string{"0s 6206", "1s connected", "2s connected"},
			[]string{"r short ratio=0/50% of=0/3 best 12:00:02 ratio=0/50% of=2/3", "r against ratio=0/50% of=1/3 best 12:00:02 ratio=0/50% of=2/3", "r against ratio=0/50% of=2/3"},
		},
		{
			"sequence", "    when: {within: 1m, sequence: [{select: {events: [network_changed]}}, {select: {codes: [6206]}, not: {events: [connected]}}, {select: {codes: [6014]}}]}",
			[]string{"0s network_changed", "1s connected", "2m network_changed", "2m1s 6206", "10m network_changed", "10m1s 6206", "10m2s 6014"},
			[]string{
				"r short verdict=1 stages=1/3 best 12:10:02 stages=3/3", "r against verdict=1 stages=0/3 best 12:10:02 stages=3/3",
				"r short verdict=1 stages=1/3 best 12:10:02 stages=3/3", "r short verdict=1 stages=2/3 best 12:10:02 stages=3/3",
				"r told verdict=1 episode=12:10:02 stages=1/3 best 12:10:02 stages=3/3",
				"r told verdict=1 episode=12:10:02 stages=2/3 best 12:10:02 stages=3/3", "r told verdict=1 episode=12:10:02 stages=3/3",
			},
		},
		{
			"of", "    when: {within: 1m, of: [{select: {codes: [6206]}, count: 2}, {select: {events: [kicked]}}, {select: {events: [logout]}}], at_least: 2}",
			[]string{"0s 6206", "1s kicked", "2m logout"},
			[]string{"r short parts=0/2 best 12:00:01 parts=1/2", "r short parts=1/2", "r short parts=1/2 best 12:00:01 parts=1/2"},
		},
		{
			"absence", "    when: {select: {events: [disconnected]}, within: 30s, without: {select: {events: [connected]}}}",
			[]string{"0s disconnected", "10s connected", "5m disconnected"},
			[]string{
				"r short verdict=1 answered=12:00:10 waiting=1/ ready=12:00:30 best 12:00:10 waiting=0/",
				"r against verdict=1 waiting=0/", "r told verdict=1 episode=12:05:30 waiting=1/ ready=12:05:30 best 12:00:10 waiting=0/",
			},
		},
		{
			"spike", "    when: {select: {codes: [6206]}, within: 1m, spike: {factor: 3, reference_min: 1}}",
			[]string{"0s 6206", "1m30s 6206", "2m10s 6206"},
			[]string{
				"r short factor=3/3 current=1/ reference=0/1 ready=12:02:00 best 12:02:10 factor=3/3 current=2/ reference=0/1",
				"r short factor=1/3 current=1/ reference=1/1 ready=12:02:00 best 12:02:10 factor=3/3 current=2/ reference=0/1",
				"r short factor=3/3 current=2/ reference=0/1",
			},
		},
		{
			"first seen", "    when: {select: {codes: [6206]}, first_seen: {field: user, learn: 1m}}",
			[]string{"0s 6206 user=a", "2m 6206 user=a", "3m 6206 user=b"},
			[]string{
				"r short verdict=1 first=0/1 ready=12:01:00 best 12:03:00 first=1/1", "r short verdict=1 first=0/1 best 12:03:00 first=1/1",
				"r told verdict=1 episode=12:03:00 first=1/1",
			},
		},
		{
			"clear", "    when: {select: {codes: [6206]}, within: 1m, count: 2}\n    clear: {seen: {events: [connected]}}",
			[]string{"0s 6206", "1s 6206", "2s connected"},
			[]string{
				"r told verdict=1 episode=12:00:01 count=1/2 best 12:00:01 count=2/2", "r told verdict=1 episode=12:00:01 count=2/2",
				"r against verdict=1 count=0/2 best 12:00:01 count=2/2",
			},
		},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			log := traceLog(t, parse(t, "rules:\n"+rule("r", tc.rule)), tc.log...)
			var got []string
			for i := range tc.log {
				d := log.why(i + 1)
				got = append(got, "")
				if list := fates(&d); list != nil {
					got[i] = list[0]
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
