package rules

import (
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// OutcomesAt returns what [Engine.Outcomes] would after [Engine.Close] at that time, and leaves the engine as it is:
// nobody is notified, and records that wait go on to wait. It costs about what judging those costs, and some tens of
// nanoseconds for each group.
func (e *Engine) OutcomesAt(end time.Time) []Outcome {
	c := e.copy()
	c.Close(end)
	return c.Outcomes()
}

// copy returns an engine that goes on where e is, and tells nobody. What most of the memory is, the trails
// of groups and what judges know, is shared until one of the two writes to it, and only the copy knows of
// that: it has to be given up before e gets its next record.
func (e *Engine) copy() *Engine {
	c := &Engine{
		program: e.program, set: e.set, limit: e.limit, now: e.now, lateness: e.lateness, newest: e.newest,
		bytes: e.bytes, EngineHealth: e.EngineHealth,
		waiting: slices.Clone(e.waiting), whats: slices.Clip(e.whats), numbers: maps.Clone(e.numbers),
		accounts: make([]account, len(e.accounts)), roles: make([]role, len(e.roles)),
	}
	c.a.seq, c.a.what, c.a.values = e.a.seq, e.a.what, make([]*tally.Value, len(e.a.values))
	counts := make([]int64, len(e.counts)*len(e.accounts))
	for _, n := range e.counts {
		k := copy(counts, n)
		c.counts = append(c.counts, counts[:k:k])
		counts = counts[k:]
	}
	for i := range e.accounts {
		c.accounts[i] = e.accounts[i].copy()
	}
	for i := range e.groups {
		c.groups = append(c.groups, e.copyGroups(&e.groups[i], c.accounts))
	}
	return c
}

// copy returns an account of its own. Users are shared.
func (x *account) copy() account {
	c := *x
	c.sharesUsers = true
	if x.groups != nil {
		list := make([]Group, 0, len(x.groups))
		c.groups = make(map[uint64]*Group, len(x.groups))
		for key, g := range x.groups {
			list = append(list, *g)
			c.groups[key] = &list[len(list)-1]
		}
	}
	c.episodes = slices.Clone(x.episodes)
	for i, n := range c.episodes {
		own := *n
		c.episodes[i] = &own
	}
	return c
}

// copyGroups copies the groups of one grouping in their order. They lie side by side: there may be tens of
// thousands.
func (e *Engine) copyGroups(gs *groups, accounts []account) groups {
	c := groups{plan: gs.plan, byKey: make(map[uint64]*group, len(gs.byKey))}
	list := make([]group, 0, len(gs.byKey))
	trails := make([]trail, len(gs.byKey)*len(gs.plan.trails))
	for g := gs.oldest; g != nil; g = g.newer {
		list = append(list, *g)
		own := &list[len(list)-1]
		n := copy(trails, g.trails)
		own.trails, trails = trails[:n:n], trails[n:]
		for i := range own.trails {
			own.trails[i].shared = true
		}
		c.byKey[g.key] = own
		c.link(own)
		if g.standings == nil {
			continue
		}
		own.standings, own.since = make([]*standing, len(g.standings)), slices.Clone(g.since)
		for slot, st := range g.standings {
			if st != nil {
				t := &e.program.rules[gs.plan.rules[slot]]
				own.standings[slot] = st.copy(&own.trails[t.trail], e.accounts[t.index].episodes, accounts[t.index].episodes)
			}
		}
	}
	return c
}

// copy returns a standing in a group with that trail. Its episode is the one at the same place of its own account.
func (st *standing) copy(tr *trail, episodes, own []*told) *standing {
	c := *st
	if st.judge != nil {
		c.judge = st.judge.copy(tr)
	}
	c.episode = nil
	if i := slices.Index(episodes, st.episode); i >= 0 { // else it made room for others
		c.episode = own[i]
	}
	return &c
}
