package alert

import (
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// about returns the class of a rule and the topics of the codes that it is about. Both come from
// the rule and not from a record, so that the turn that clears goes where the one that raised went.
func about(r *rules.Rule, cat *catalog.Catalog) (class catalog.Class, topics []catalog.Topic) {
	all := selections(&r.When)
	for _, e := range cat.Entries() {
		c := tally.Code{Code: e.Code, Family: e.Family, Category: e.Category(), Topic: e.Topic, Class: e.Class, Entry: e}
		if !slices.ContainsFunc(all, func(s *rules.Selection) bool { return s.Matches(&c) }) {
			continue
		}
		class = max(class, e.Class)
		if !slices.Contains(topics, e.Topic) {
			topics = append(topics, e.Topic)
		}
	}
	slices.SortFunc(topics, func(a, b catalog.Topic) int {
		return slices.Index(catalog.Topics(), a) - slices.Index(catalog.Topics(), b)
	})
	switch {
	case r.Class != 0:
		class = r.Class
	case class == 0:
		class = catalog.Warning // a rule about events only
	}
	return class, topics
}

// selections lists what a condition selects, with what is joined in it.
func selections(c *rules.Condition) []*rules.Selection {
	roots := []*rules.Selection{&c.Select}
	for i := range c.Sequence {
		roots = append(roots, &c.Sequence[i].Select)
	}
	for i := range c.Of {
		roots = append(roots, &c.Of[i].Select)
	}
	for i := 0; i < len(roots); i++ {
		s := roots[i]
		for _, list := range [][]rules.Selection{s.All, s.Any} {
			for j := range list {
				roots = append(roots, &list[j])
			}
		}
	}
	return roots
}
