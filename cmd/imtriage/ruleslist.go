package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// The words of rules list.
var (
	wordAsCodes  = catalog.Text{EN: "as its codes", ZH: "随错误码"}
	wordGeneric  = catalog.Text{EN: "generic", ZH: "兜底"}
	wordDisabled = catalog.Text{EN: "off: %s", ZH: "已停用：%s"}
	wordSelects  = catalog.Text{EN: "selects", ZH: "匹配"}
	wordExplains = catalog.Text{EN: "explains", ZH: "连带错误"}
	wordFrom     = catalog.Text{EN: "from", ZH: "门槛"}
	wordWhen     = catalog.Text{EN: "when", ZH: "条件"}
	wordOver     = catalog.Text{EN: "ends", ZH: "解除"}
	wordInstead  = catalog.Text{EN: "replaces", ZH: "取代"}
	wordPause    = catalog.Text{EN: "pauses", ZH: "冷却"}
	wordUntil    = catalog.Text{EN: ", on again from %s", ZH: "，%s 起恢复"}
	wordKnown    = catalog.Text{EN: "known codes", ZH: "已收录的错误码"}
	wordUnknown  = catalog.Text{EN: "unknown codes", ZH: "未收录的错误码"}
	wordShare    = catalog.Text{EN: "%s of all findings", ZH: "占全部命中 %s"}
	wordTimes    = catalog.Text{EN: "%s times", ZH: "命中 %s 次"}
	wordUsers    = catalog.Text{EN: "%d users", ZH: "%d 个用户"}

	selectedCodes      = catalog.Text{EN: "codes", ZH: "错误码"}
	selectedCategories = catalog.Text{EN: "categories", ZH: "分类"}
	selectedTopics     = catalog.Text{EN: "topics", ZH: "主题"}
	selectedClasses    = catalog.Text{EN: "classes", ZH: "级别"}
	selectedFamilies   = catalog.Text{EN: "families", ZH: "产品"}
	selectedEvents     = catalog.Text{EN: "events", ZH: "事件"}
)

// rule shows a rule: what it is called, how bad it is and what it picks.
func (p *page) rule(r *rules.Rule, l catalog.Lang) {
	facts := []string{ruleClass(r, l)}
	if r.Fallback {
		facts = append(facts, wordGeneric.In(l))
	}
	if r.Disabled {
		off := fmt.Sprintf(wordDisabled.In(l), r.Reason)
		if !r.Until.IsZero() {
			off += fmt.Sprintf(wordUntil.In(l), r.Until.Format(time.DateOnly))
		}
		facts = append(facts, off)
	}
	style := styleBold
	if r.Class != 0 && !r.Disabled {
		style = classStyle(r.Class)
	}
	head := strings.Join(append([]string{r.ID}, append(facts, r.Title.In(l))...), " · ")
	lines := report.Wrap(report.Sanitize(head), p.width)
	if len(lines) > 1 {
		lines = report.Wrap(report.Sanitize(head), p.width-2)
	}
	for i, line := range lines {
		p.println(strings.Repeat("  ", min(i, 1)) + p.paint(style, line))
	}
	wide, holding := 0, wordFrom
	if r.Timed() {
		holding = wordWhen
	}
	rows := slices.DeleteFunc([]row{
		{label: wordSelects, paras: []string{selected(&r.When.Select, l)}},
		{label: holding, paras: []string{condition(&r.When, l)}},
		{label: wordOver, paras: []string{ending(&r.Clear, l)}},
		{label: wordPause, paras: []string{pause(&r.Cooldown, l)}},
		{label: wordExplains, paras: []string{selected(&r.Explains, l)}},
		{label: wordInstead, paras: []string{strings.Join(r.Supersedes, " ")}},
	}, func(r row) bool { return r.paras[0] == "" })
	for _, r := range rows {
		wide = max(wide, columns(r.label.In(l)))
	}
	for _, r := range rows {
		p.hanging("  "+pad(r.label.In(l), wide)+"  ", styleDim, report.Sanitize(r.paras[0]), "")
	}
}

// selected writes a selection in words.
func selected(s *rules.Selection, l catalog.Lang) string {
	var parts []string
	add := func(label catalog.Text, list []string) {
		if len(list) > 0 {
			parts = append(parts, label.In(l)+" "+strings.Join(list, " "))
		}
	}
	codes := make([]string, len(s.Codes))
	for i, c := range s.Codes {
		codes[i] = c.String()
	}
	classes := make([]string, len(s.Classes))
	for i, c := range s.Classes {
		classes[i] = c.Title(l)
	}
	add(selectedCodes, codes)
	add(selectedCategories, s.Categories)
	add(selectedTopics, words(s.Topics))
	add(selectedClasses, classes)
	add(selectedFamilies, words(s.Families))
	if s.Known != nil && *s.Known {
		parts = append(parts, wordKnown.In(l))
	} else if s.Known != nil {
		parts = append(parts, wordUnknown.In(l))
	}
	add(selectedEvents, s.Events)
	parts = append(parts, joins(s, len(parts) > 0, l)...)
	return strings.Join(parts, separator(l))
}

// bounds says how much of it makes the rule hold, where that is more than one record.
func bounds(c *rules.Condition, l catalog.Lang) string {
	var parts []string
	if !c.Count.IsZero() {
		parts = append(parts, times(c.Count, l))
	}
	if c.Share > 0 {
		parts = append(parts, fmt.Sprintf(wordShare.In(l), strconv.FormatFloat(float64(c.Share), 'f', -1, 64)+"%"))
	}
	if c.Users > 1 {
		parts = append(parts, fmt.Sprintf(wordUsers.In(l), c.Users))
	}
	return strings.Join(parts, separator(l))
}
