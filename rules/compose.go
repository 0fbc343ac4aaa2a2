package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// verdict composes what a rule that holds has to say.
func (e *evaluation) verdict(c *candidate) Verdict {
	r := c.rule
	v := Verdict{
		Rule: r.ID, Fallback: r.Fallback, Class: r.Class, Title: r.Title, State: Active,
		Remedy: r.Remedy, AskVendor: r.AskVendor, Links: r.Links,
	}
	v.First, v.Last = e.span(c.about)
	var codes []*tally.Code
	var findings int64
	worst := catalog.Class(0)
	for _, i := range c.about {
		it := &e.items[i]
		v.Count += it.count()
		if it.code == nil {
			v.Marks = append(v.Marks, *it.mark)
			continue
		}
		codes = append(codes, it.code)
		findings += it.code.Count
		worst = max(worst, it.code.Class)
	}
	if v.Class == 0 {
		v.Class = cmp.Or(worst, catalog.Warning)
	}
	if e.sum.Totals.Findings > 0 {
		v.Share = float64(findings) / float64(e.sum.Totals.Findings)
	}
	slices.SortStableFunc(codes, func(a, b *tally.Code) int { return cmp.Compare(b.Count, a.Count) })
	for _, code := range codes {
		v.Codes = append(v.Codes, tally.Key{Family: code.Family, Code: code.Code})
	}
	if len(codes) > 0 {
		v.Users, v.UsersApprox = e.sum.UsersOf(v.Codes...)
	}
	v.Explains = e.symptoms(c.folded)
	v.Evidence = evidence(codes)
	return v
}

// symptoms lists folded items, the most frequent first.
func (e *evaluation) symptoms(folded []int) []Symptom {
	var list []Symptom
	for _, i := range folded {
		it := &e.items[i]
		if it.code != nil {
			list = append(list, Symptom{Key: tally.Key{Family: it.code.Family, Code: it.code.Code}, Count: it.code.Count})
		} else {
			list = append(list, Symptom{Event: it.mark.Event, Count: it.mark.Count})
		}
	}
	slices.SortStableFunc(list, func(a, b Symptom) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// evidence picks the earliest samples of codes.
func evidence(codes []*tally.Code) []tally.Sample {
	var all []*tally.Sample
	for _, c := range codes {
		for i := range c.Samples {
			all = append(all, &c.Samples[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *tally.Sample) int {
		return cmp.Or(compareBool(a.Time.IsZero(), b.Time.IsZero()), a.Time.Compare(b.Time),
			strings.Compare(a.Source, b.Source), cmp.Compare(a.Offset, b.Offset))
	})
	var out []tally.Sample
	for _, s := range all[:min(len(all), maxEvidence)] {
		out = append(out, *s)
	}
	return out
}
