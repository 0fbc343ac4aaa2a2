package rules

import (
	"cmp"
	"slices"

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
	v.First, v.Last = e.span(c)
	e.own(&v, c)
	if c.outcome != nil {
		e.timed(&v, c)
	}
	v.Explains = e.symptoms(c.folds)
	findings := v.findings()
	v.Explained = findings
	for _, s := range v.Explains {
		if s.Event == "" {
			v.Explained += s.Explained
		}
	}
	if all := e.sum.Totals.Findings; all > 0 {
		v.Share = min(float64(findings)/float64(all), 1)
		v.ExplainedShare = min(float64(v.Explained)/float64(all), 1)
	}
	v.Evidence = e.evidence(c, v.Codes)
	v.Impact = e.impact(c, &v)
	v.Loop, v.Peak = e.loop(c, v.Codes), e.peak(v.Codes)
	return v
}

// findings returns how many findings a verdict is about.
func (v *Verdict) findings() (n int64) {
	for _, c := range v.Counts {
		n += c
	}
	return n
}

// weight returns how many findings and marks a verdict is about, and findings it explains.
func (v *Verdict) weight() int64 { return v.Count + v.Explained - v.findings() }

// own fills in what a verdict is about.
func (e *evaluation) own(v *Verdict, c *candidate) {
	var counts []CodeCount
	worst := catalog.Class(0)
	add := func(k tally.Key, n int64) {
		counts = append(counts, CodeCount{k, n})
		v.Count += n
	}
	items := c.about
	if c.outcome != nil {
		items = c.picked // what it saw it saw, whoever explains a part of it
	}
	for _, i := range items {
		it := &e.items[i]
		n := it.left()
		if c.outcome != nil {
			n = c.counted(it)
		}
		if it.code == nil {
			m := *it.mark
			m.Count = n
			v.Marks = append(v.Marks, m)
			v.Count += n
			continue
		}
		add(it.key(), n)
		if c.outcome == nil && it.folded > 0 {
			v.Elsewhere = append(v.Elsewhere, CodeCount{it.key(), it.folded})
		}
		worst = max(worst, it.code.Class)
	}
	if c.outcome != nil {
		for _, k := range c.outcome.Codes { // numbers that the summary does not keep apart
			if e.codeOf(k.Key) == nil {
				add(k.Key, k.Count)
			}
		}
	}
	if v.Class == 0 {
		v.Class = cmp.Or(worst, catalog.Warning)
	}
	slices.SortFunc(counts, func(a, b CodeCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), compareKeys(a.Key, b.Key)) })
	for _, k := range counts {
		v.Codes, v.Counts = append(v.Codes, k.Key), append(v.Counts, k.Count)
	}
	if len(v.Codes) > 0 {
		v.Users, v.UsersApprox = e.usersOf(c.about)
	}
}

// timed fills in what the outcome says. Counts of codes that were folded have gone from the verdict already.
func (e *evaluation) timed(v *Verdict, c *candidate) {
	o := c.outcome
	v.State = cmp.Or(o.State, Active)
	v.Users, v.UsersApprox = o.Users, o.UsersApprox
	v.Raised, v.Told, v.Episodes, v.Groups = o.Raised, o.Told, o.Episodes, o.Groups
	if len(c.about) == len(c.picked) {
		v.Count = o.Count
	}
	if v.Marks != nil {
		v.Marks = slices.DeleteFunc(slices.Clone(o.Marks), func(m tally.MarkCount) bool {
			return !slices.ContainsFunc(v.Marks, func(k tally.MarkCount) bool { return k.Event == m.Event })
		})
	}
}

// symptoms lists folded items, that of which most is explained first.
func (e *evaluation) symptoms(folds []fold) []Symptom {
	folds = slices.SortedFunc(slices.Values(folds), func(a, b fold) int {
		return cmp.Or(cmp.Compare(e.items[b.item].folded, e.items[a.item].folded), cmp.Compare(a.item, b.item))
	})
	var list []Symptom
	for _, f := range folds {
		it := &e.items[f.item]
		s := Symptom{Count: it.count(), Explained: it.folded, Via: f.via}
		if it.code != nil {
			s.Key = it.key()
		} else {
			s.Event = it.mark.Event
		}
		list = append(list, s)
	}
	return list
}
