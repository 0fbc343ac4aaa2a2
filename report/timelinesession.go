package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

// The words of timelines.
var (
	wordFirstCause = catalog.Text{EN: "First cause:", ZH: "根因："}
	wordQuiet      = catalog.Text{EN: "Nothing went wrong", ZH: "未发现异常"}
	wordNothing    = catalog.Text{EN: "No IM error code and no event was found", ZH: "未发现 IM 错误码或事件"}
	wordOver       = catalog.Text{EN: "%s in %s", ZH: "%s · %s"}
	wordFailure    = catalog.Text{EN: "failure", ZH: "异常"}
	wordLeft       = catalog.Text{EN: "… %s rows with %s records are left out here", ZH: "… 此处省略 %s 行，共 %s 条记录"}
	wordLegend     = catalog.Text{
		EN: "↳N is a symptom of code N above, which is marked * there and has to be repaired first.",
		ZH: "↳N：上方错误码 N（标有 *）引起的连带错误，应先解决 N。",
	}
	wordGuessed = catalog.Text{EN: "~: the date is not the log's own.", ZH: "~：日期不是日志自带的，为推断值。"}
	wordUndated = catalog.Text{EN: "–: no time; such rows stand where their input has them.", ZH: "–：没有时间，按在输入中的位置排列。"}
	wordAllRows = catalog.Text{EN: "All rows with their lines: -v", ZH: "显示所有行及原始日志：-v"}

	nounFollower  = noun{"%s symptom follows", "%s symptoms follow", "引起 %s 种连带错误"}
	nounRecord    = noun{"%s record", "%s records", "%s 条记录"}
	nounSession   = noun{"%s session", "%s sessions", "%s 个会话"}
	nounOK        = noun{"%s call with code 0", "%s calls with code 0", "%s 次调用返回 0"}
	nounUsersMore = noun{"%s+ user", "%s+ users", "%s+ 个用户"}
	nounLeft      = noun{"filters left out %s record", "filters left out %s records", "另有 %s 条记录被筛选条件排除"}
)

// session writes the heading of a session: what ran where for whom, then when and in which input.
func (p *timePage) session(i int) {
	s := &p.t.Sessions[i]
	p.b.WriteString("\n")
	tag := ""
	if p.many {
		tag = p.tag(i) + " "
	}
	when, where := during(s, p.zone), truncateStart(Sanitize(s.Source), p.width*2/3)
	facts := p.facts(s)
	if len(facts) == 0 {
		facts, where = []string{where}, ""
	}
	p.joined(tag, facts, p.bold)
	p.joined(pad("", displayed(tag)), []string{when, where}, p.dim)
}

// facts says which SDK ran where and for whom.
func (p *timePage) facts(s *timeline.Session) []string {
	var out []string
	add := func(label, value string) {
		if value != "" {
			out = append(out, Sanitize(strings.TrimLeft(label+" "+value, " ")))
		}
	}
	if s.PID != 0 {
		add("pid", strconv.FormatInt(s.PID, 10))
	}
	if s.Banner {
		out = append(out, Sanitize(strings.TrimRight("SDK "+s.Version, " ")))
	}
	add("", s.Platform)
	add("SDKAppID", s.AppID)
	add(wordUser.In(p.Lang), s.User)
	if s.PID == 0 && !s.Banner {
		return nil // an input, which the other line names
	}
	return out
}

// during says from when to when a session was seen, "" if nothing in it has a time.
func during(s *timeline.Session, z *time.Location) string {
	if s.First.IsZero() {
		return ""
	}
	first, last := s.First.In(z), s.Last.In(z)
	switch {
	case !last.After(first):
		return first.Format("15:04:05")
	case first.Format(day) != last.Format(day):
		return first.Format("15:04:05") + " – " + last.Format("01-02 15:04:05")
	}
	return first.Format("15:04:05") + " – " + last.Format("15:04:05")
}

// tail says what the marks mean, what is not shown, what the times mean and what to ask next.
func (p *timePage) tail() {
	l := p.Lang
	some := func(is func(timeline.Row) bool) bool { return slices.ContainsFunc(p.t.Rows, is) }
	var notes []string
	if some(func(r timeline.Row) bool { return r.Follows >= 0 }) {
		notes = append(notes, wordLegend.In(l))
	}
	if some(func(r timeline.Row) bool { return r.TimeGuessed }) {
		notes = append(notes, wordGuessed.In(l))
	}
	if some(func(r timeline.Row) bool { return r.Time.IsZero() && r.Event != tally.MarkSession }) {
		notes = append(notes, wordUndated.In(l))
	}
	if p.t.Filtered > 0 {
		notes = append(notes, nounLeft.count(p.t.Filtered, l))
	}
	if len(notes) > 0 {
		p.b.WriteString("\n")
	}
	for _, s := range notes {
		p.para("", s, p.dim)
	}
	p.ask(notes)
}

// ask is the last line.
func (p *timePage) ask(notes []string) {
	var parts []string
	if i := slices.IndexFunc(p.t.Rows, func(r timeline.Row) bool { return !r.Time.IsZero() }); i >= 0 {
		parts = append(parts, join(wordTimesIn.In(p.Lang), zoneName(p.zone, p.t.Rows[i].Time)))
	}
	if p.t.Cause >= 0 && p.t.Rows[p.t.Cause].Event == "" {
		parts = append(parts, wordExplainHint.In(p.Lang)+" "+strconv.Itoa(p.t.Rows[p.t.Cause].Code))
	}
	if len(p.t.Rows) > someRows && !p.style.Verbose {
		parts = append(parts, wordAllRows.In(p.Lang))
	}
	if len(parts) > 0 {
		if len(notes) == 0 {
			p.b.WriteString("\n")
		}
		p.joined("", parts, p.dim)
	}
}
