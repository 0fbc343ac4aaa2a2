package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// insights says in sentences what the numbers of a verdict show: whether one user makes the noise, whether somebody
// retries in vain, how a peak compares to its limit, how often a timed rule was raised. API names in them are raw.
func insights(v *rules.Verdict, l catalog.Lang) []string {
	var out []string
	for _, s := range []string{raised(v, l), elsewhere(v, l), concentration(v, l), loop(v.Loop, l), peak(v.Peak, l)} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// noisy says that one user makes the noise, if so; "" else.
func noisy(v *rules.Verdict, l catalog.Lang) string {
	var out []string
	if v.Impact.Concentration == rules.OneUser {
		out = append(out, concentration(v, l))
	}
	if v.Loop != nil {
		out = append(out, loop(v.Loop, l))
	}
	return sentences(out, l)
}

// sentences joins sentences; Chinese ones need no space between them.
func sentences(list []string, l catalog.Lang) string {
	if l == catalog.ZH {
		return strings.Join(list, "")
	}
	return strings.Join(list, " ")
}

// raised says how often a timed rule began to hold.
func raised(v *rules.Verdict, l catalog.Lang) string {
	over := v.State != rules.Active
	switch {
	case v.Raised == 0:
		return ""
	case l == catalog.ZH && over:
		return fmt.Sprintf("共出现 %s 次，日志结束前已恢复。", number(int64(v.Raised)))
	case l == catalog.ZH:
		return fmt.Sprintf("共出现 %s 次，到日志结束时仍在持续。", number(int64(v.Raised)))
	}
	s := "Raised once"
	if v.Raised > 1 {
		s = "Raised " + number(int64(v.Raised)) + " times"
	}
	if over {
		return s + ", over before the end of the log."
	}
	return s + ", still on at the end of the log."
}

// elsewhere says that a verdict is about a part of a code only.
func elsewhere(v *rules.Verdict, l catalog.Lang) string {
	if len(v.Elsewhere) == 0 {
		return ""
	}
	var words []string
	for _, c := range v.Elsewhere {
		words = append(words, strconv.Itoa(c.Code)+" "+times(c.Count))
	}
	if l == catalog.ZH {
		return "另有 " + capped(words, 3) + " 属于其他结论的连带错误，起止时间含这部分。"
	}
	return "Besides, " + capped(words, 3) + " belong to another verdict as symptoms; the times are those of all."
}

// concentration says whether one user stands out. Where the log hardly names anybody else that says nothing.
func concentration(v *rules.Verdict, l catalog.Lang) string {
	part := percent(v.Impact.TopShare, l)
	switch c := v.Impact.Concentration; {
	case c == rules.OneUser && l == catalog.ZH:
		return part + " 来自同一个用户：更像某个客户端在循环调用，而不是大面积故障。"
	case c == rules.OneUser:
		return part + " from one user: a client in a loop, not an outage."
	case c == rules.Spreads && l == catalog.ZH:
		return fmt.Sprintf("分散在 %s 个用户，最多的一个占 %s。", number(int64(v.Users)), part)
	case c == rules.Spreads:
		return fmt.Sprintf("Spread over %s users, the busiest has %s.", number(int64(v.Users)), part)
	}
	return ""
}

// loop says that somebody retries in vain, or too fast.
func loop(o *rules.Loop, l catalog.Lang) string {
	if o == nil {
		return ""
	}
	form := "One user met %d at least %s times within %s"
	if l == catalog.ZH {
		form = "同一用户在%[3]s内至少 %[2]s 次遇到 %[1]d"
	}
	within := max(o.Within, time.Second)
	span := duration(within, l)
	if l == catalog.ZH {
		span = " " + span
	}
	s := fmt.Sprintf(form, o.Code, number(o.Times), span)
	advice := map[catalog.Retry]catalog.Text{
		catalog.RetryNo:       {EN: ": a retry loop, and no retry can succeed.", ZH: "：疑似循环重试，而该错误不应重试。"},
		catalog.RetryAfterFix: {EN: ": a retry loop, and a retry succeeds only after a fix.", ZH: "：疑似循环重试，而该错误修复后才能重试。"},
		catalog.RetryBackoff:  {EN: ": the pauses between retries are too short and must grow.", ZH: "：重试间隔太短，应逐次加长（退避重试）。"},
	}
	return s + advice[o.Retry].In(l)
}

// peak puts the busiest moment of a rate limit beside the limit.
func peak(p *rules.Peak, l catalog.Lang) string {
	if p == nil {
		return ""
	}
	api, limit := "", ""
	if l == catalog.ZH {
		if p.API != "" {
			api = "（接口 " + p.API + "）"
		}
		if p.Limit != nil {
			limit = fmt.Sprintf("；官方上限：%s %s %s", p.Limit.Of.ZH, figure(p.Limit.Max), unit(p.Limit.Unit, l))
		}
		return fmt.Sprintf("峰值：%s内有 %s 次因 %d 被拒%s%s。", duration(p.Within, l), number(p.Findings), p.Code, api, limit)
	}
	if p.API != "" {
		api = " (API " + p.API + ")"
	}
	if p.Limit != nil {
		limit = fmt.Sprintf("; documented limit: %s %s, %s", figure(p.Limit.Max), unit(p.Limit.Unit, l), p.Limit.Of.EN)
	}
	return fmt.Sprintf("At the peak %d refused %s within %s%s%s.", p.Code, number(p.Findings), duration(p.Within, l), api, limit)
}

// figure writes the number of a limit.
func figure(f float64) string {
	if f == math.Trunc(f) {
		return number(int64(f))
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// unit names the unit of a limit per time.
func unit(name string, l catalog.Lang) string {
	return map[string]catalog.Text{
		"per_second": {EN: "a second", ZH: "次/秒"}, "per_minute": {EN: "a minute", ZH: "次/分钟"}, "per_day": {EN: "a day", ZH: "次/天"},
	}[name].In(l)
}
