package rules

import (
	"cmp"
	"slices"
)

// supersede leaves out the rules that another one supersedes, and hands on their symptoms. A rule that
// is superseded itself supersedes none.
func (e *evaluation) supersede(list []*candidate) []*candidate {
	for _, c := range list {
		if c.superseded != nil {
			continue
		}
		for _, d := range list {
			if d == c || !slices.Contains(c.rule.Supersedes, d.rule.ID) || !e.coversHalf(c, d) {
				continue
			}
			d.superseded = cmp.Or(d.superseded, c)
			for _, i := range d.symptoms {
				if !slices.Contains(c.symptoms, i) && !slices.Contains(c.about, i) {
					c.symptoms = append(c.symptoms, i)
				}
			}
		}
		slices.Sort(c.symptoms)
	}
	gone := func(c *candidate) bool { return c.superseded != nil }
	e.superseded = slices.DeleteFunc(slices.Clone(list), func(c *candidate) bool { return !gone(c) })
	e.candidates = slices.DeleteFunc(e.candidates, gone)
	return slices.DeleteFunc(list, gone)
}

// coversHalf reports whether one rule is about at least half of what another one is about.
func (e *evaluation) coversHalf(c, d *candidate) bool {
	var all, both int64
	for _, i := range d.about {
		n := e.told(d, i)
		all += n
		if slices.Contains(c.about, i) {
			both += min(n, e.told(c, i))
		}
	}
	return 2*both >= all
}

// told returns how many records of an item a rule is about.
func (e *evaluation) told(c *candidate, i int) int64 {
	if c.outcome != nil {
		return c.counted(&e.items[i])
	}
	return e.items[i].count()
}
