package main

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// coverageSchema names the form of a coverage and its version.
const coverageSchema = "imtriage.coverage/1"

type jsonCoverage struct {
	Schema string             `json:"schema"`
	Lang   catalog.Lang       `json:"lang"`
	Totals jsonCoverageTotals `json:"totals"`
	Rules  []jsonRuleCoverage `json:"rules"` // all, in the order of the set
	Gaps   []jsonGap          `json:"gaps"`  // worst first
	// GapsOther counts the findings of unknown numbers that are not kept apart.
	GapsOther int64 `json:"gaps_other"`
}

type jsonCoverageTotals struct {
	Findings int64   `json:"findings"`
	Covered  int64   `json:"covered"` // that a specific rule is about, or has as a symptom
	Share    float64 `json:"share"`   // from 0 to 1
}

type jsonRuleCoverage struct {
	Rule     string     `json:"rule"`
	Title    string     `json:"title"`
	Fallback bool       `json:"fallback"`
	Fate     rules.Fate `json:"fate"`
	Words    string     `json:"words"`
	Selected int64      `json:"selected"`
	Verdict  *int       `json:"verdict"`
	Count    int64      `json:"count"`
	Explains int64      `json:"explains"`
	Raised   int        `json:"raised"`
	By       *string    `json:"by"`
}

// A jsonGap is a code, or an event without one.
type jsonGap struct {
	Code   *int            `json:"code"`
	Family *catalog.Family `json:"family"`
	Event  *string         `json:"event"`
	Class  string          `json:"class"`
	Title  string          `json:"title"`
	Count  int64           `json:"count"` // that no specific rule is about
	Of     int64           `json:"of"`    // all of the code or event

	class catalog.Class
}

// name is the code or the event.
func (g *jsonGap) name() string {
	if g.Event != nil {
		return *g.Event
	}
	return codeName(*g.Family, *g.Code)
}

// gap puts a gap into words.
func (t *coverageTable) gap(g *rules.Gap) jsonGap {
	if g.Code == nil {
		e, _ := tally.EventNamed(g.Mark.Event)
		return jsonGap{
			Event: &g.Mark.Event, Class: catalog.Warning.String(), Title: e.Title.In(t.lang), Count: g.Count, Of: g.Mark.Count, class: catalog.Warning,
		}
	}
	out := jsonGap{
		Code: &g.Code.Code, Family: &g.Code.Family, Class: g.Code.Class.String(), Title: wordNoEntry.In(t.lang),
		Count: g.Count, Of: g.Code.Count, class: g.Code.Class,
	}
	if e := g.Code.Entry; e != nil {
		out.Title = e.Title().In(t.lang)
	}
	return out
}

// json returns the coverage for programs.
func (t *coverageTable) json() jsonCoverage {
	out := jsonCoverage{
		Schema: coverageSchema, Lang: t.lang, Totals: jsonCoverageTotals{t.sum.Totals.Findings, t.gaps.Findings, t.gaps.Share},
		Rules: make([]jsonRuleCoverage, 0, len(t.rules)), Gaps: make([]jsonGap, 0, len(t.gaps.Gaps)), GapsOther: t.gaps.Other,
	}
	for i := range t.rules {
		r := &t.rules[i]
		out.Rules = append(out.Rules, jsonRuleCoverage{
			r.Rule.ID, r.Rule.Title.In(t.lang), r.Rule.Fallback, r.Fate, t.became(r), r.Selected, orNull(r.Verdict), r.Count, r.Explains, r.Raised, orNull(r.By),
		})
	}
	for i := range t.gaps.Gaps {
		out.Gaps = append(out.Gaps, t.gap(&t.gaps.Gaps[i]))
	}
	return out
}
