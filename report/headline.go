package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A headline is the answer in one sentence.
type headline struct {
	class catalog.Class // of what is wrong; 0 if nothing is
	what  string        // sanitized, without the class
	facts string        // how bad, who, since when; may be empty
}

// headline sums the report up: the worst verdict, else the worst code, else that there is none.
func (r *Report) headline(z *time.Location) headline {
	l := r.Lang
	switch {
	case len(r.Verdicts) > 0:
		v := &r.Verdicts[0]
		return headline{v.Class, Sanitize(v.Title), r.facts(v.Count, v.Users, v.UsersApprox, v.First, v.Last, z)}
	case len(r.Codes) > 0 || len(r.Unknown) > 0:
		c := r.worst()
		what := strconv.Itoa(c.Code.Code) + " " + Sanitize(c.Title)
		return headline{c.Class, what, r.facts(c.Count, c.Users, c.UsersApprox, c.First, c.Last, z)}
	}
	t := r.Totals
	lines, inputs := nounLine.count(t.Lines, l), nounInput.count(int64(t.Inputs), l)
	form := "No IM error codes in %s of %s"
	switch {
	case t.Inputs == 0 && l == catalog.ZH:
		return headline{what: "没有读取任何输入"}
	case t.Inputs == 0:
		return headline{what: "No input was read"}
	case r.Incomplete > 0 && l == catalog.ZH:
		form = "已读到的部分（%[2]s，%[1]s）里没有 IM 错误码"
	case r.Incomplete > 0:
		form = "No IM error codes in the part that could be read, %s of %s"
	case l == catalog.ZH:
		form = "%[2]s（%[1]s）中未发现 IM 错误码"
	}
	h := headline{what: fmt.Sprintf(form, lines, inputs), facts: r.troubles()}
	switch {
	case h.facts != "" && l == catalog.ZH:
		h.what += "，但有未带错误码的异常：" + h.facts
	case h.facts != "":
		h.what += ", but trouble without a code: " + h.facts
	}
	return h
}

// worst returns the first code, or the first unknown one if that is worse.
func (r *Report) worst() *Code {
	if len(r.Codes) == 0 || len(r.Unknown) > 0 && r.Unknown[0].Class > r.Codes[0].Class {
		return &r.Unknown[0]
	}
	return &r.Codes[0]
}

// facts says how often, for how many users and from when to when.
func (r *Report) facts(count int64, n int, approx bool, first, last time.Time, z *time.Location) string {
	parts := []string{nounFinding.count(count, r.Lang)}
	if n > 0 {
		parts = append(parts, users(n, approx, r.Lang))
	}
	if !first.IsZero() {
		parts = append(parts, between(first, last, z, r.Lang))
	}
	return strings.Join(parts, comma(r.Lang))
}

// troubles lists the marks that are failures, "" if there are none.
func (r *Report) troubles() string {
	var parts []string
	for _, m := range r.Marks {
		if m.Trouble {
			parts = append(parts, Sanitize(m.Title)+" "+times(m.Count))
		}
	}
	return strings.Join(parts, comma(r.Lang))
}

// times writes how often something was seen.
func times(n int64) string { return "×" + number(n) }

func comma(l catalog.Lang) string {
	if l == catalog.ZH {
		return "，"
	}
	return ", "
}

// A day is the form of a date that is shown, a moment that of a time.
const (
	moment = "2006-01-02 15:04:05"
	day    = "2006-01-02"
)

// full writes a time with its date, "" if there is none.
func full(t time.Time, z *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(z).Format(moment)
}

// zoneName names the zone of the times shown, with its offset at one of them.
func zoneName(z *time.Location, at time.Time) string {
	offset := "UTC" + at.In(z).Format("-07:00")
	switch name := z.String(); {
	case name == "UTC":
		return name
	case name == "Local", name == "", strings.HasPrefix(name, "UTC"):
		return offset
	default:
		return Sanitize(name) + " (" + offset + ")"
	}
}

// join puts a value behind a label; Chinese labels end in a colon that is wide enough.
func join(label, value string) string {
	if strings.HasSuffix(label, "：") {
		return label + value
	}
	return label + " " + value
}

// between writes a span of time with its length; the second date only if it is another one.
func between(first, last time.Time, z *time.Location, l catalog.Lang) string {
	first, last = first.In(z), last.In(z)
	if !last.After(first) {
		if l == catalog.ZH {
			return first.Format(moment)
		}
		return "at " + first.Format(moment)
	}
	end := last.Format(moment)
	if first.Format(day) == last.Format(day) {
		end = last.Format("15:04:05")
	}
	form := "from %s to %s (%s)"
	if l == catalog.ZH {
		form = "%s 至 %s（历时 %s）"
	}
	return fmt.Sprintf(form, first.Format(moment), end, duration(last.Sub(first), l))
}

// sums says how much was found in how much.
func (r *Report) sums() string {
	t, l := r.Totals, r.Lang
	parts := []string{nounCode.count(int64(t.Codes), l), nounFinding.count(t.Findings, l)}
	if t.Users > 0 {
		parts = append(parts, users(t.Users, t.UsersApprox, l))
	}
	found := strings.Join(parts, comma(l))
	in := []string{nounLine.count(t.Lines, l), nounInput.count(int64(t.Inputs), l), byteSize(t.Bytes)}
	if l == catalog.ZH {
		return "共 " + found + "；读取 " + strings.Join(in, comma(l))
	}
	return found + " in " + strings.Join(in, comma(l))
}

// damage says that the report is not whole, or "".
func (r *Report) damage() string {
	if r.Incomplete == 0 {
		return ""
	}
	n, of := number(int64(r.Incomplete)), nounInput.count(int64(r.Totals.Inputs), r.Lang)
	if r.Lang == catalog.ZH {
		return fmt.Sprintf("%s中有 %s 个没有读全：以下只是已读到的部分，可能还有没列出的错误。", of, n)
	}
	return fmt.Sprintf("%s of %s could not be read whole. What follows is only what could be read: "+
		"errors may be missing.", n, of)
}
