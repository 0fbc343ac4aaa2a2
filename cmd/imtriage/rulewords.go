package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// The words of conditions.
var (
	wordComma    = catalog.Text{EN: ", ", ZH: "、"}
	wordList     = catalog.Text{EN: " ", ZH: "、"}
	wordEach     = catalog.Text{EN: "for each %s", ZH: "按 %s 分组"}
	wordWithin   = catalog.Text{EN: "within %s", ZH: "%s内"}
	wordDistinct = catalog.Text{EN: "%s different values of %s", ZH: "%[2]s 的不同取值%[1]s 个"}
	wordSum      = catalog.Text{EN: "sum of %s %s", ZH: "%s 之和%s"}
	wordAverage  = catalog.Text{EN: "average of %s %s", ZH: "%s 平均%s"}
	wordRank     = catalog.Text{EN: "P%s of %s %s", ZH: "%[2]s 的 P%[1]s %[3]s"}
	wordRatio    = catalog.Text{EN: "%s of (%s)", ZH: "占（%[2]s）的%[1]s"}
	wordOutOf    = catalog.Text{EN: "if there are at least %d of them", ZH: "后者不少于 %d 条"}
	wordOrder    = catalog.Text{EN: "in this order: %s", ZH: "依次出现：%s"}
	wordBetween  = catalog.Text{EN: " without (%s) before it", ZH: "（其间没有：%s）"}
	wordTogether = catalog.Text{EN: "all of these: %s", ZH: "同时出现：%s"}
	wordSome     = catalog.Text{EN: "%d of these: %s", ZH: "至少出现其中 %d 项：%s"}
	wordWithout  = catalog.Text{EN: "not followed by (%s)", ZH: "其后没有（%s）"}
	wordAtEnd    = catalog.Text{EN: "also where the log ends before", ZH: "日志提前结束也算"}
	wordSpikeUp  = catalog.Text{EN: "%s times as many as in the %s before", ZH: "达到前 %[2]s的 %[1]s 倍"}
	wordSpikeDn  = catalog.Text{EN: "1/%s of those in the %s before", ZH: "降到前 %[2]s的 1/%[1]s"}
	wordSpikeAny = catalog.Text{EN: "%s times or 1/%[1]s of those in the %[2]s before", ZH: "达到前 %[2]s的 %[1]s 倍或降到 1/%[1]s"}
	wordBefore   = catalog.Text{EN: "at least %d before", ZH: "之前至少 %d 条"}
	wordNow      = catalog.Text{EN: "at least %d now", ZH: "当前至少 %d 条"}
	wordFirst    = catalog.Text{EN: "a %s that was not seen before", ZH: "首次出现的 %s"}
	wordLearn    = catalog.Text{EN: "after learning for %s", ZH: "先学习 %s"}
	wordForget   = catalog.Text{EN: "new again after %s", ZH: "%s未见视为新值"}
	wordSeen     = catalog.Text{EN: "with (%s)", ZH: "出现（%s）"}
	wordBelow    = catalog.Text{EN: "with fewer than %d in the window", ZH: "窗口内少于 %d 条"}
	wordAfter    = catalog.Text{EN: "after %s without a record", ZH: "%s内无新记录"}
	wordGrow     = catalog.Text{EN: "times %s each time", ZH: "每次 ×%s"}
	wordUpTo     = catalog.Text{EN: "up to %s", ZH: "最长 %s"}
)

// condition says when a rule holds, in words; "" for a rule that holds with one record.
func condition(c *rules.Condition, l catalog.Lang) string {
	parts := []string{bounds(c, l)}
	add := func(form catalog.Text, args ...any) { parts = append(parts, fmt.Sprintf(form.In(l), args...)) }
	if m := c.Distinct; m != nil {
		add(wordDistinct, limits(m.Bound, l), m.Field)
	}
	if m := c.Sum; m != nil {
		add(wordSum, m.Field, limits(m.Bound, l))
	}
	if m := c.Average; m != nil {
		add(wordAverage, m.Field, limits(m.Bound, l))
	}
	if m := c.Percentile; m != nil {
		add(wordRank, decimal(m.P), m.Field, limits(m.Bound, l))
	}
	if r := c.Ratio; r != nil {
		add(wordRatio, limits(r.Bound, l), selected(&r.Of, l))
		if r.Min > 0 {
			add(wordOutOf, r.Min)
		}
	}
	if len(c.Sequence) > 0 {
		add(wordOrder, stages(c.Sequence, l))
	}
	if len(c.Of) > 0 {
		parts = append(parts, several(c, l))
	}
	if w := c.Without; w != nil {
		add(wordWithout, selected(&w.Select, l))
	}
	if c.Spike != nil {
		parts = append(parts, spike(c, l))
	}
	if f := c.FirstSeen; f != nil {
		add(wordFirst, f.Field)
		if f.Learn > 0 {
			add(wordLearn, spanWords(f.Learn, l))
		}
		if f.Forget > 0 {
			add(wordForget, spanWords(f.Forget, l))
		}
	}
	if c.Within > 0 && c.Spike == nil {
		add(wordWithin, spanWords(c.Within, l))
	}
	if c.Without != nil && c.Without.AtEnd {
		parts = append(parts, wordAtEnd.In(l))
	}
	if len(c.By) > 0 {
		add(wordEach, strings.Join(c.By, wordComma.In(l)))
	}
	return joined(parts, l)
}

// joined joins what is there.
func joined(parts []string, l catalog.Lang) string {
	var given []string
	for _, p := range parts {
		if p != "" {
			given = append(given, p)
		}
	}
	return strings.Join(given, separator(l))
}

func stages(list []rules.Stage, l catalog.Lang) string {
	var out []string
	for i := range list {
		text := fmt.Sprintf("%d. (%s)", i+1, selected(&list[i].Select, l))
		if l == catalog.ZH {
			text = fmt.Sprintf("%d.（%s）", i+1, selected(&list[i].Select, l))
		}
		if !list[i].Not.IsZero() {
			text += fmt.Sprintf(wordBetween.In(l), selected(&list[i].Not, l))
		}
		out = append(out, text)
	}
	return strings.Join(out, wordList.In(l))
}

func several(c *rules.Condition, l catalog.Lang) string {
	var out []string
	for i := range c.Of {
		text := bracketed(selected(&c.Of[i].Select, l), l)
		if n := c.Of[i].Count; n > 1 {
			text += " ×" + strconv.Itoa(n)
		}
		out = append(out, text)
	}
	list := strings.Join(out, wordList.In(l))
	if c.AtLeast > 0 && c.AtLeast < len(c.Of) {
		return fmt.Sprintf(wordSome.In(l), c.AtLeast, list)
	}
	return fmt.Sprintf(wordTogether.In(l), list)
}

func spike(c *rules.Condition, l catalog.Lang) string {
	form := wordSpikeUp
	switch c.Spike.Direction {
	case rules.Down:
		form = wordSpikeDn
	case rules.Both:
		form = wordSpikeAny
	}
	parts := []string{fmt.Sprintf(form.In(l), decimal(c.Spike.Factor), spanWords(c.Within, l))}
	if n := c.Spike.ReferenceMin; n > 0 {
		parts = append(parts, fmt.Sprintf(wordBefore.In(l), n))
	}
	if n := c.Spike.CurrentMin; n > 0 {
		parts = append(parts, fmt.Sprintf(wordNow.In(l), n))
	}
	return strings.Join(parts, separator(l))
}

// ending says when a timed rule is over, where it says so itself.
func ending(c *rules.Clear, l catalog.Lang) string {
	var parts []string
	if !c.Seen.IsZero() {
		parts = append(parts, fmt.Sprintf(wordSeen.In(l), selected(&c.Seen, l)))
	}
	if c.Below > 0 {
		parts = append(parts, fmt.Sprintf(wordBelow.In(l), c.Below))
	}
	if c.After > 0 {
		parts = append(parts, fmt.Sprintf(wordAfter.In(l), spanWords(c.After, l)))
	}
	return joined(parts, l)
}

// pause says how long a rule keeps still after it was told.
func pause(c *rules.Cooldown, l catalog.Lang) string {
	if c.Time == 0 {
		return ""
	}
	parts := []string{spanWords(c.Time, l)}
	if c.Grow > 1 {
		parts = append(parts, fmt.Sprintf(wordGrow.In(l), decimal(c.Grow)))
	}
	if c.Max > 0 {
		parts = append(parts, fmt.Sprintf(wordUpTo.In(l), spanWords(c.Max, l)))
	}
	return joined(parts, l)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// bracketed puts a text in the brackets of its language.
func bracketed(text string, l catalog.Lang) string {
	if l == catalog.ZH {
		return "（" + text + "）"
	}
	return "(" + text + ")"
}

// The units of spans, the largest first.
var spanUnits = []struct {
	length time.Duration
	name   catalog.Text
}{
	{24 * time.Hour, catalog.Text{EN: "d", ZH: "天"}},
	{time.Hour, catalog.Text{EN: "h", ZH: "小时"}},
	{time.Minute, catalog.Text{EN: "min", ZH: "分钟"}},
	{time.Second, catalog.Text{EN: "s", ZH: "秒"}},
	{time.Millisecond, catalog.Text{EN: "ms", ZH: "毫秒"}},
}

// spanWords writes a duration exactly, as far as milliseconds go.
func spanWords(d rules.Duration, l catalog.Lang) string {
	var parts []string
	rest := time.Duration(d)
	for _, u := range spanUnits {
		if n := rest / u.length; n > 0 {
			parts = append(parts, strconv.Itoa(int(n))+" "+u.name.In(l))
			rest -= n * u.length
		}
	}
	return strings.Join(parts, " ")
}
