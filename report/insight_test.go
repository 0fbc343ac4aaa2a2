package report

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

func TestInsights(t *testing.T) {
	key := tally.Key{Family: catalog.Server, Code: 10023}
	limit := &catalog.Limit{Of: catalog.Text{EN: "calls", ZH: "调用"}, Max: 1.5, Unit: "per_minute"}
	looping := func(r catalog.Retry, within time.Duration) rules.Verdict {
		return rules.Verdict{Loop: &rules.Loop{Key: key, Times: 1200, Within: within, Retry: r}}
	}
	for _, tc := range []struct {
		name   string
		v      rules.Verdict
		en, zh string
	}{
		{"nothing", rules.Verdict{Impact: rules.Impact{TopUser: 3, TopShare: 1}}, "", ""},
		{"once", rules.Verdict{Raised: 1, State: rules.Cleared}, "Raised once, over before the end of the log.", "共出现 1 次，日志结束前已恢复。"},
		{
			"again",
			rules.Verdict{Raised: 1200, State: rules.Active},
			"Raised 1,200 times, still on at the end of the log.", "共出现 1,200 次，到日志结束时仍在持续。",
		},
		{
			"elsewhere",
			rules.Verdict{Elsewhere: []rules.CodeCount{{Key: key, Count: 7}}},
			"Besides, 10023 ×7 belong to another verdict as symptoms; the times are those of all.", "另有 10023 ×7 属于其他结论的连带错误，起止时间含这部分。",
		},
		{
			"one user",
			rules.Verdict{Impact: rules.Impact{TopUser: 83, TopShare: 0.83, Concentration: rules.OneUser}},
			"83 % from one user: a client in a loop, not an outage.", "83% 来自同一个用户：更像某个客户端在循环调用，而不是大面积故障。",
		},
		{"only user", rules.Verdict{Impact: rules.Impact{TopUser: 83, TopShare: 1, Concentration: rules.OnlyUser}}, "", ""},
		{
			"spread",
			rules.Verdict{Users: 311, Impact: rules.Impact{TopUser: 1, TopShare: 0.004, Concentration: rules.Spreads}},
			"Spread over 311 users, the busiest has 0.4 %.", "分散在 311 个用户，最多的一个占 0.4%。",
		},
		{
			"no retry", looping(catalog.RetryNo, 0),
			"One user met 10023 at least 1,200 times within 1s: a retry loop, and no retry can succeed.", "同一用户在 1 秒内至少 1,200 次遇到 10023：疑似循环重试，而该错误不应重试。",
		},
		{
			"retry after a fix", looping(catalog.RetryAfterFix, time.Minute),
			"One user met 10023 at least 1,200 times within 1m: a retry loop, and a retry succeeds only after a fix.",
			"同一用户在 1 分内至少 1,200 次遇到 10023：疑似循环重试，而该错误修复后才能重试。",
		},
		{
			"retry too soon", looping(catalog.RetryBackoff, time.Minute),
			"One user met 10023 at least 1,200 times within 1m: the pauses between retries are too short and must grow.",
			"同一用户在 1 分内至少 1,200 次遇到 10023：重试间隔太短，应逐次加长（退避重试）。",
		},
		{
			"peak",
			rules.Verdict{Peak: &rules.Peak{Key: key, API: "SendMsg", Findings: 37, Within: time.Second, Limit: limit}},
			"At the peak 10023 refused 37 within 1s (API SendMsg); documented limit: 1.5 a minute, calls.",
			"峰值：1 秒内有 37 次因 10023 被拒（接口 SendMsg）；官方上限：调用 1.5 次/分钟。",
		},
		{
			"peak alone",
			rules.Verdict{Peak: &rules.Peak{Key: key, Findings: 3700, Within: 10 * time.Second}},
			"At the peak 10023 refused 3,700 within 10s.", "峰值：10 秒内有 3,700 次因 10023 被拒。",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := []string{sentences(insights(&tc.v, catalog.EN), catalog.EN), sentences(insights(&tc.v, catalog.ZH), catalog.ZH)}
			if diff := cmp.Diff([]string{tc.en, tc.zh}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExplained(t *testing.T) {
	rest := []rules.CodeCount{{Key: tally.Key{Code: 9520}, Count: 700}, {Key: tally.Key{Code: 20009}, Count: 20}}
	for _, tc := range []struct {
		name string
		r    Report
		want [4]string
	}{
		{"no cause", Report{Explained: rules.Explanation{Rest: rest}, Totals: tally.Totals{Findings: 720}}, [4]string{}},
		{
			"one",
			Report{Explained: rules.Explanation{Findings: 11311, Share: 0.9402, Causes: 1, Users: 311, Rest: rest}, Totals: tally.Totals{Findings: 12031}},
			[4]string{
				"1 cause explains 94 % of 12,031 findings, 311 users", "The other 6 % have no cause yet: 9520 ×700, 20009 ×20",
				"1 个根因解释了 12,031 次命中的 94%，影响 311 个用户", "其余 6% 尚无根因：9520 ×700, 20009 ×20",
			},
		},
		{
			"all, by nobody who is known",
			Report{Explained: rules.Explanation{Findings: 9, Share: 1, Causes: 2}, Totals: tally.Totals{Findings: 9}},
			[4]string{"2 causes explain 100 % of 9 findings", "", "2 个根因解释了 9 次命中的 100%", ""},
		},
		{
			"but for numbers that are not kept apart",
			Report{Explained: rules.Explanation{Findings: 9996, Share: 0.9996, Causes: 2, Users: 2000, UsersApprox: true, RestOther: 4}, Totals: tally.Totals{Findings: 10000}},
			[4]string{
				"2 causes explain 99.9 % of 10,000 findings, about 2,000 users", "The other 0.1 % have no cause yet: other codes ×4",
				"2 个根因解释了 10,000 次命中的 99.9%，影响约 2,000 个用户", "其余 0.1% 尚无根因：其他数字 ×4",
			},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			en, zh := tc.r, tc.r
			en.Lang, zh.Lang = catalog.EN, catalog.ZH
			got := [4]string{en.explained(), en.unexplained(), zh.explained(), zh.unexplained()}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.00001: "0.1 %", 0.004: "0.4 %", 0.0149: "1 %", 0.5: "50 %", 0.99: "99 %", 0.996: "99.6 %", 0.99999: "99.9 %", 1: "100 %"} {
		if got := percent(share, catalog.EN); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
}
