package rules

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Cost is what the timed rules of a set take: each finding or mark that one of their selections
// may pick is tested, and each that is picked is kept until the end.
type Cost struct {
	Rules      int       // that are timed and not switched off
	Selections int       // distinct ones
	Codes      int       // entries of the catalog that some selection may pick
	Most       int       // how many rules look at a record of one code or event
	Code       tally.Key // the first of those that are looked at most; zero if it is an event
	Event      string
}

// Cost returns what the rules of the set cost at worst.
func (s *Set) Cost(cat *catalog.Catalog) Cost {
	p := newProgram(s)
	c := Cost{Rules: len(p.rules), Selections: len(p.selections)}
	if c.Rules == 0 {
		return c
	}
	var match []*matcher
	for _, sel := range p.selections {
		match = append(match, newMatcher(sel))
	}
	entries := make(map[*catalog.Entry]bool)
	for _, of := range newWorld(s, cat).real {
		looking := make(map[int]bool)
		for i, m := range match {
			if m.reach(of) == no {
				continue
			}
			for _, sub := range p.subscribers[i] {
				looking[sub.rule] = true
			}
			for _, set := range p.quick[i] {
				for _, q := range set.rules {
					looking[q.rule] = true
				}
			}
		}
		if len(looking) > 0 && of.code != nil && of.code.Entry != nil {
			entries[of.code.Entry] = true
		}
		if len(looking) > c.Most {
			c.Most, c.Code, c.Event = len(looking), tally.Key{}, of.event
			if of.code != nil {
				c.Code = tally.Key{Family: of.code.Family, Code: of.code.Code}
			}
		}
	}
	c.Codes = len(entries)
	return c
}
