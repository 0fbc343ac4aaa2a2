package rules

import (
	"github.com/imtriage/imtriage/catalog/tally"
)

// A standing says how one rule stands for one group.
type standing struct {
	judge   judge // nil where the trail tells all
	at      int64 // up to when everything was looked at
	floor   int64 // records up to then were cleared away
	active  bool
	held    bool // whether the condition held when it was last looked at
	firings int64

	raised, first, last int64 // of the present episode
	count               int64
	flushed             int64 // of count, what the account knows
	episodes            int   // raised so far
	episode             *told // nil if it is not among those that are listed

	waiting bool // st.at has to be looked at again once all records of that moment are there

	toldAt, pause int64 // see [Cooldown]; pause 0: never told
}

// holds, next and window ask the judge, or the trail where a mere count has none.
func (st *standing) holds(t *timedRule, g *group, at int64) bool {
	if st.judge != nil {
		return st.judge.holds(at)
	}
	return t.counts(&g.trails[t.trail], at, st.floor)
}

// counts reports whether a trail has as many records in the window as a mere count needs.
func (t *timedRule) counts(tr *trail, at, floor int64) bool {
	n := int64(t.least)
	return tr.kept() >= n && tr.back(n-1).At > max(before(at, t.within), floor)
}

func (st *standing) next(t *timedRule, g *group) int64 {
	n := int64(never)
	soon := func(at int64) {
		if at > st.at {
			n = min(n, at)
		}
	}
	tr := &g.trails[t.trail]
	switch {
	case st.judge != nil:
		soon(st.judge.next(st.at))
	case st.active && tr.kept() >= int64(t.least):
		soon(after(tr.back(int64(t.least)-1).At, t.within))
	}
	if st.active && t.Clear.After > 0 {
		soon(after(st.last, int64(t.Clear.After)))
	}
	if st.active && t.Clear.Below > 0 {
		if count, first := tr.window(before(st.at, t.within), st.at); count > 0 {
			soon(after(first, t.within))
		}
	}
	return n
}

func (st *standing) window(t *timedRule, g *group, at int64) (count, first int64) {
	if st.judge != nil {
		return st.judge.window(at)
	}
	return g.trails[t.trail].window(max(before(at, t.within), st.floor), at)
}

// standing returns that of a rule, nil if it has none.
func (g *group) standing(t *timedRule) *standing {
	if g.standings == nil {
		return nil
	}
	return g.standings[t.slot]
}

// settle looks at everything that happens to a rule by the mere passing of time before a moment.
func (e *Engine) settle(t *timedRule, g *group, st *standing, to int64) {
	st.catchUp(g, &g.trails[t.trail], t.slot, 0)
	st.at = max(st.at, st.last)
	if st.at < to && (st.waiting || st.judge == nil && st.active) {
		st.waiting, st.held = false, st.held && !t.falling
		e.look(t, g, st, nil, false)
	}
	if st.judge == nil && !st.active {
		st.at = max(st.at, to)
		return
	}
	for {
		at := st.next(t, g)
		if at >= to {
			break
		}
		st.at = at
		e.look(t, g, st, nil, false)
	}
	st.at = max(st.at, to)
}

// look asks whether a rule holds now, at st.at, and does what follows; a is what arrived, if
// anything that the rule is about did. Records of one moment come one after the other, while those of
// a window before leave at once. What a further record can undo is therefore left until the moment is
// over: that a rule ends, or that a falling one is raised.
func (e *Engine) look(t *timedRule, g *group, st *standing, a *arrival, arriving bool) {
	holds := st.holds(t, g, st.at)
	fired := false
	if st.judge != nil {
		if n := st.judge.firings(); n > st.firings {
			fired, st.firings = true, n
		}
	}
	switch {
	case fired && st.active:
		e.clear(t, g, st, st.at)
		e.raise(t, g, st, a)
	case fired, !st.active && holds && (a != nil || !st.held):
		e.raise(t, g, st, a)
	case st.active && t.over(g, st, holds):
		if st.waiting = arriving && !t.falling; !st.waiting {
			e.clear(t, g, st, st.at)
		}
	}
	st.held = holds
}

// over reports whether an episode ends at st.at.
func (t *timedRule) over(g *group, st *standing, holds bool) bool {
	c := &t.Clear
	if c.isZero() {
		return !holds
	}
	if c.After > 0 && st.at >= after(st.last, int64(c.After)) {
		return true
	}
	if c.Below == 0 {
		return false
	}
	n, _ := g.trails[t.trail].window(max(before(st.at, t.within), st.floor), st.at)
	return n < c.Below
}

// arrive lets a rule see a record, once everything before it is settled and the trails have it.
func (e *Engine) arrive(t *timedRule, g *group, a *arrival, as role) {
	st := g.standing(t)
	if st == nil {
		if t.plain && as&roleClear == 0 && !t.counts(&g.trails[t.trail], a.at, -never) {
			return // the common case: not enough yet
		}
		st = e.stand(t, g)
	}
	st.at = a.at
	if as&roleClear != 0 {
		if st.active {
			e.clear(t, g, st, a.at)
		}
		*st = standing{judge: t.newJudge(&g.trails[t.trail]), at: a.at, floor: a.at, toldAt: st.toldAt, pause: st.pause}
		if as == roleClear {
			return
		}
	}
	if st.judge != nil {
		size := st.judge.bytes()
		st.judge.add(a, as)
		e.grow(g, st.judge.bytes()-size)
	}
	switch {
	case t.falling && !st.active:
		st.waiting = st.waiting || as&roleAbout != 0 || !st.held
		return
	case as&roleAbout == 0:
		e.look(t, g, st, nil, true)
		return
	}
	stood := st.active && st.firings == 0
	if stood {
		st.last = a.at
	}
	raised := st.episodes
	e.look(t, g, st, a, true)
	if stood && st.active && st.episodes == raised && (t.growing || !st.waiting) {
		st.count++
		e.counts[a.what][t.index]++
		e.accounts[t.index].user(a.record.User)
		if t.Cooldown.Time > 0 {
			e.tell(t, st, g.by, Repeated, a)
		}
	}
}

// stand makes the standing of a rule for a group.
func (e *Engine) stand(t *timedRule, g *group) *standing {
	st := &standing{judge: t.newJudge(&g.trails[t.trail]), at: e.now, floor: -never}
	if g.standings == nil {
		n := len(e.program.groupings[t.grouping].rules)
		g.standings, g.since = make([]*standing, n), make([]int64, n)
		e.grow(g, 16*n)
	}
	g.standings[t.slot] = st
	e.grow(g, standingBytes)
	return st
}

const standingBytes = 208

// raise begins an episode.
func (e *Engine) raise(t *timedRule, g *group, st *standing, a *arrival) {
	st.active, st.raised = true, st.at
	st.episodes++
	st.count, st.first = st.window(t, g, st.at)
	st.last = st.at
	var by tally.Fields
	if by = g.by; t.When.FirstSeen != nil && a != nil {
		by = withValue(by, t.When.FirstSeen.Field, a.values[t.field])
	}
	st.flushed = 0
	e.accounts[t.index].raise(st, g, by, a)
	e.backfill(t, &g.trails[t.trail], st)
	e.tell(t, st, by, Raised, a)
	if e.watches != nil {
		e.began(t, g, st, by)
	}
}

// withValue adds a value to the fields of a group.
func withValue(by tally.Fields, key string, v *tally.Value) tally.Fields {
	out := append(tally.Fields(nil), by...)
	i := 0
	for i < len(out) && out[i].Key < key {
		i++
	}
	if i < len(out) && out[i].Key == key {
		return out
	}
	return append(out[:i:i], append(tally.Fields{{Key: key, Value: v.Text}}, out[i:]...)...)
}

// clear ends an episode.
func (e *Engine) clear(t *timedRule, g *group, st *standing, at int64) {
	st.active, g.since[t.slot] = false, 0
	e.accounts[t.index].clear(st, g, at)
	e.tell(t, st, g.by, Ended, nil)
	if e.watches != nil {
		e.ended(t, g, at)
	}
}
