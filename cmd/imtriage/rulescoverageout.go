package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// The words of a coverage.
var (
	wordCovered = catalog.Text{
		EN: "There are specific rules for %s of the findings (%d of %d).",
		ZH: "%s 的命中有针对性规则（%d/%d）。",
	}
	wordNoFindings = catalog.Text{EN: "There are no findings.", ZH: "没有命中。"}
	wordToldRules  = catalog.Text{
		EN: "Rules that are told: %d. That selected something, but are not told: %d. That selected nothing: %d. Switched off: %d.",
		ZH: "已报告的规则 %d 条，匹配到记录但未报告的 %d 条，从未匹配的 %d 条，已停用的 %d 条。",
	}
	wordGaps        = catalog.Text{EN: "No specific rule is about these:", ZH: "以下错误码和异常没有针对性规则："}
	wordNoGaps      = catalog.Text{EN: "Specific rules are about all codes and trouble in these logs.", ZH: "日志中的错误码和异常都有针对性规则。"}
	wordGapsOther   = catalog.Text{EN: "Findings of further unknown numbers: %d", ZH: "另有未收录数字的命中 %d 次"}
	wordUnselected  = catalog.Text{EN: "Selected nothing:", ZH: "从未匹配："}
	headRule        = catalog.Text{EN: "rule", ZH: "规则"}
	headSelected    = catalog.Text{EN: "selected", ZH: "匹配"}
	headTold        = catalog.Text{EN: "told", ZH: "报告"}
	headSymptoms    = catalog.Text{EN: "symptoms", ZH: "连带错误"}
	headBecame      = catalog.Text{EN: "what became of it", ZH: "结果"}
	headCount       = catalog.Text{EN: "count", ZH: "次数"}
	wordNumbered    = catalog.Text{EN: "verdict %d", ZH: "诊断结论 %d"}
	wordRaisedTimes = catalog.Text{EN: "raised ×%d", ZH: "触发 %d 次"}
)

// A coverageTable is which rules some logs need, and what no rule is about.
type coverageTable struct {
	lang     catalog.Lang
	sum      *tally.Summary
	verdicts []rules.Verdict
	rules    []rules.RuleCoverage
	gaps     rules.Gaps
}

// page writes the coverage for readers.
func (t *coverageTable) page(p *page) error {
	l := t.lang
	if all := t.sum.Totals.Findings; all > 0 {
		p.para(styleBold, fmt.Sprintf(wordCovered.In(l), percent(t.gaps.Share), t.gaps.Findings, all))
	} else {
		p.para(styleBold, wordNoFindings.In(l))
	}
	var rows [][]cell
	var idle []string
	told, not, off := 0, 0, 0
	for i := range t.rules {
		r := &t.rules[i]
		switch r.Fate {
		case rules.FateTold:
			told++
		case rules.FateOff:
			off++
			continue
		case rules.FateUnselected:
			idle = append(idle, r.Rule.ID)
			continue
		default:
			not++
		}
		rows = append(rows, []cell{
			{strconv.FormatInt(r.Selected, 10), ""},
			{strconv.FormatInt(r.Count, 10), styleBold},
			{strconv.FormatInt(r.Explains, 10), ""},
			{r.Rule.ID, ""},
			{t.became(r), ""},
		})
	}
	p.para("", fmt.Sprintf(wordToldRules.In(l), told, not, len(idle), off))
	if len(rows) > 0 {
		p.println("")
	}
	if err := p.table([]string{headSelected.In(l), headTold.In(l), headSymptoms.In(l), headRule.In(l), headBecame.In(l)}, 3, rows); err != nil {
		return err
	}
	p.println("")
	if err := t.gapRows(p); err != nil {
		return err
	}
	if len(idle) > 0 {
		p.println("")
		p.para(styleBold, wordUnselected.In(l))
		p.hanging("  ", "", strings.Join(idle, " "), styleDim)
	}
	return p.err
}

// became says what came of a rule that selected something.
func (t *coverageTable) became(r *rules.RuleCoverage) string {
	l := t.lang
	switch r.Fate {
	case rules.FateTold:
		text := fmt.Sprintf(wordNumbered.In(l), r.Verdict)
		if r.Raised > 0 {
			text += comma(l) + fmt.Sprintf(wordRaisedTimes.In(l), r.Raised)
		}
		return text
	case rules.FateFolded:
		return fmt.Sprintf(wordUnder.In(l), r.By)
	case rules.FateSuperseded:
		return fmt.Sprintf(wordSuperseded.In(l), r.By)
	case rules.FateTaken:
		return fmt.Sprintf(wordTaken.In(l), r.By)
	}
	if r.By != "" {
		return fateTitles[r.Fate].In(l) + comma(l) + fmt.Sprintf(wordRest.In(l), r.By)
	}
	return fateTitles[r.Fate].In(l)
}

// gapRows lists what no specific rule is about.
func (t *coverageTable) gapRows(p *page) error {
	l := t.lang
	if len(t.gaps.Gaps) == 0 && t.gaps.Other == 0 {
		p.para("", wordNoGaps.In(l))
		return p.err
	}
	p.para(styleBold, wordGaps.In(l))
	var rows [][]cell
	for i := range t.gaps.Gaps {
		g := t.gap(&t.gaps.Gaps[i])
		rows = append(rows, []cell{
			{strconv.FormatInt(g.Count, 10), ""},
			{g.name(), styleBold},
			{g.class.Title(l), classStyle(g.class)},
			{report.Sanitize(g.Title), ""},
		})
	}
	if err := p.table([]string{headCount.In(l), headCode.In(l), headClass.In(l), headTitle.In(l)}, 1, rows); err != nil {
		return err
	}
	if n := t.gaps.Other; n > 0 {
		p.para("", fmt.Sprintf(wordGapsOther.In(l), n))
	}
	return p.err
}

// percent writes a share; what is not all is never 100 %.
func percent(share float64) string {
	p := 100 * share
	if share < 1 {
		p = min(p, 99.9)
	}
	return strings.TrimSuffix(strconv.FormatFloat(p, 'f', 1, 64), ".0") + " %"
}
