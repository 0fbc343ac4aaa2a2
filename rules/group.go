package rules

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// groups are those of one grouping, in a list from the one that was touched last.
type groups struct {
	plan           *grouping
	byKey          map[uint64]*group
	newest, oldest *group

	at  *group // of the present arrival; nil if it lacks a field
	seq int64  // of the arrival that at was looked up for
}

// A group is the state of the rules of one grouping for one combination of values.
type group struct {
	key       uint64
	by        tally.Fields // the values, by key
	standings []*standing  // by slot; nil for a rule, or for all, that have nothing to remember
	since     []int64      // by slot; of a quick rule that holds: records of its trail that are counted
	trails    []trail
	last      int64 // when it was touched
	bytes     int

	newer, older *group
}

// groupBytes is what a group takes before it has seen anything, about.
const groupBytes = 256

// find returns the group of an arrival, and makes one if it is new; nil if a field is missing.
func (e *Engine) find(gs *groups, a *arrival) *group {
	if gs.seq == a.seq {
		return gs.at
	}
	gs.seq, gs.at = a.seq, nil
	key, complete := gs.key(a)
	if !complete {
		return nil
	}
	g := gs.byKey[key]
	if g == nil {
		e.makeRoom(gs)
		g = &group{key: key, by: gs.fields(a), trails: make([]trail, len(gs.plan.trails))}
		gs.byKey[key] = g
		e.grow(g, groupBytes+40*len(g.trails))
	} else {
		gs.unlink(g)
	}
	gs.link(g)
	g.last = e.now
	gs.at = g
	return g
}

// key returns the key of the group of an arrival; it is not complete if a field is missing.
func (gs *groups) key(a *arrival) (key uint64, complete bool) {
	for _, k := range gs.plan.keys {
		v := a.values[k]
		if v == nil {
			return 0, false
		}
		key = mix(key, v.Hash)
	}
	return key, true
}

// fields returns the values that make the group of an arrival, by key.
func (gs *groups) fields(a *arrival) (by tally.Fields) {
	for i, k := range gs.plan.keys {
		by = append(by, tally.Field{Key: gs.plan.by[i], Value: strings.Clone(a.values[k].Text)})
	}
	slices.SortFunc(by, func(a, b tally.Field) int { return strings.Compare(a.Key, b.Key) })
	return by
}

// mix joins the hash of a further value to a key.
func mix(key, hash uint64) uint64 {
	key = (key ^ hash) * 0x9E3779B97F4A7C15
	return key ^ key>>32
}

func (gs *groups) link(g *group) {
	g.newer, g.older = nil, gs.newest
	if gs.newest != nil {
		gs.newest.newer = g
	} else {
		gs.oldest = g
	}
	gs.newest = g
}

func (gs *groups) unlink(g *group) {
	if g.newer != nil {
		g.newer.older = g.older
	} else {
		gs.newest = g.older
	}
	if g.older != nil {
		g.older.newer = g.newer
	} else {
		gs.oldest = g.newer
	}
}

func (e *Engine) grow(g *group, n int) {
	g.bytes += n
	e.bytes += n
}

// makeRoom lets go of groups that have nothing to say any more, and, if that is not enough, of those
// that were not touched for the longest time.
func (e *Engine) makeRoom(gs *groups) {
	for g := gs.oldest; g != nil && after(g.last, gs.plan.horizon) < e.now; g = gs.oldest {
		e.drop(gs, g)
	}
	for e.bytes > e.limit {
		victim := gs
		for i := range e.groups {
			if o := &e.groups[i]; len(o.byKey) > len(victim.byKey) {
				victim = o
			}
		}
		if len(victim.byKey) < 2 {
			return
		}
		e.drop(victim, victim.oldest)
		e.Evicted++
	}
}

// drop ends what still stands in a group and forgets it.
func (e *Engine) drop(gs *groups, g *group) {
	for slot, st := range g.standings {
		if st == nil {
			continue
		}
		t := &e.program.rules[gs.plan.rules[slot]]
		e.settle(t, g, st, e.now)
		if st.active {
			e.clear(t, g, st, e.now)
		}
	}
	gs.unlink(g)
	delete(gs.byKey, g.key)
	e.bytes -= g.bytes
}
