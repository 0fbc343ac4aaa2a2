package rules

import (
	"cmp"
	"slices"
)

// Rules that only count what one selection picks, and are over when the count is, are most of all
// rules, and there can be many of them for the same records. They need no more than a look at the
// trail that they share.

// A quickSet is such rules of one selection and one grouping.
type quickSet struct {
	grouping, trail int
	timed           bool
	rules           []quickRule // by least
}

type quickRule struct {
	least, within int64
	slot, rule    int
}

// quick reports whether a rule is one of these.
func (t *timedRule) quick() bool {
	return t.plain && t.Clear.isZero() && t.Cooldown.Time == 0 && t.within != never
}

// addQuick puts a rule into the set of its selection.
func (p *program) addQuick(selection int, t *timedRule) {
	sets := p.quick[selection]
	i := slices.IndexFunc(sets, func(s quickSet) bool {
		return s.grouping == t.grouping && s.trail == t.trail && s.timed == t.timed
	})
	if i < 0 {
		i = len(sets)
		sets = append(sets, quickSet{grouping: t.grouping, trail: t.trail, timed: t.timed})
		p.quick[selection] = sets
	}
	q := quickRule{int64(t.least), t.within, t.slot, t.index}
	at, _ := slices.BinarySearchFunc(sets[i].rules, q, func(a, b quickRule) int {
		return cmp.Or(cmp.Compare(a.least, b.least), cmp.Compare(a.rule, b.rule))
	})
	sets[i].rules = slices.Insert(sets[i].rules, at, q)
}

// arriveQuick lets a set see a record. While one of its rules holds nothing is written but the counts
// of its account: the trail tells the rest.
func (e *Engine) arriveQuick(s *quickSet, a *arrival) {
	gs := &e.groups[s.grouping]
	g := e.find(gs, a)
	if g == nil {
		return
	}
	e.push(gs, g, s.trail, a)
	tr := &g.trails[s.trail]
	counts := e.counts[a.what]
	other := tr.n > 1 && tr.back(1).User != a.record.User
	for i := range s.rules {
		q := &s.rules[i]
		if tr.n < q.least {
			return // and so for all that follow, which need more
		}
		until := after(tr.back(q.least-1).At, q.within)
		if g.since != nil && g.since[q.slot] != 0 {
			if after(tr.back(q.least).At, q.within) >= a.at {
				counts[q.rule]++
				if other {
					e.accounts[q.rule].user(a.record.User)
				}
				continue
			}
			st := g.standings[q.slot]
			st.catchUp(g, tr, q.slot, 1)
			st.at = after(tr.back(q.least).At, q.within)
			e.clear(&e.program.rules[q.rule], g, st, st.at)
		}
		if until <= a.at {
			continue
		}
		t := &e.program.rules[q.rule]
		st := g.standing(t)
		if st == nil {
			st = e.stand(t, g)
		}
		st.at = a.at
		e.raise(t, g, st, a)
		g.since[q.slot] = tr.n
	}
}

// catchUp counts what a trail has got since the rule was raised or last caught up, but for the newest
// records that are not to be counted.
func (st *standing) catchUp(g *group, tr *trail, slot int, but int64) {
	since := g.since[slot]
	if since == 0 {
		return
	}
	if n := tr.n - but - since; n > 0 {
		st.count += n
		st.last = tr.back(but).At
		g.since[slot] += n
	}
}
