package rules

import (
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A watchKey names one rule for one group.
type watchKey struct {
	rule  int
	group uint64
}

// A watch follows what a rule makes of a group to which watched records belong.
type watch struct {
	looks    []*watchedLook
	best     Window
	near     float64
	found    bool
	episodes int

	open  *standing // of an episode that goes on; nil if there is none
	group *group
	by    tally.Fields // of that episode
}

// A watchedLook is the part of one record.
type watchedLook struct {
	record   *tally.Record
	at       Window
	came     bool // the record
	episode  *Episode
	answered int64
}

// observe makes the engine follow the rules that look at some records.
func (e *Engine) observe(records []*tally.Record) {
	e.watches = make(map[watchKey]*watch)
	for _, r := range records {
		looks := make(map[int]*watchedLook)
		e.value(r)
		for _, n := range e.program.listening(r.Selections, roleAny) {
			t := &e.program.rules[n]
			key, complete := e.groups[t.grouping].key(&e.a)
			if !complete || t.timed && (r.Time.IsZero() || r.TimeGuessed) {
				continue
			}
			k := watchKey{n, key}
			if e.watches[k] == nil {
				e.watches[k] = new(watch)
			}
			looks[n] = &watchedLook{record: r}
			e.watches[k].looks = append(e.watches[k].looks, looks[n])
		}
		e.watched = append(e.watched, looks)
	}
}

// listening lists the rules to which any of the selections matters in one of some roles, ascending.
func (p *program) listening(selections []uint16, as role) (list []int) {
	for _, n := range selections {
		if int(n) >= len(p.subscribers) {
			continue // of another set
		}
		for _, s := range p.subscribers[n] {
			if s.role&as != 0 {
				list = append(list, s.rule)
			}
		}
		for _, set := range p.quick[n] {
			for _, q := range set.rules {
				list = append(list, q.rule)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// note reads off, once a record was judged, what the rules that are watched have come to.
func (e *Engine) note(a *arrival) {
	for _, n := range e.program.listening(a.record.Selections, roleAny) {
		t := &e.program.rules[n]
		gs := &e.groups[t.grouping]
		key, complete := gs.key(a)
		w := e.watches[watchKey{n, key}]
		g := gs.byKey[key]
		if !complete || w == nil || g == nil || t.timed && !a.timed {
			continue
		}
		state := t.measure(g, a.at)
		if near := state.nearness(); !w.found || near > w.near {
			w.best, w.near, w.found = state, near, true
		}
		answer := t.When.Without != nil && slices.Contains(e.program.listening(a.record.Selections, roleAgainst), n)
		for _, l := range w.looks {
			switch {
			case !l.came && l.record.Compare(a.record.Place) == 0 && l.record.Key == a.record.Key && l.record.Event == a.record.Event:
				l.came, l.at = true, state
			case l.came && answer && l.answered == 0 && l.at.Ready.After(instant(a.at)):
				l.answered = a.at
			}
		}
	}
}

// began and ended follow the episodes of a watched group.
func (e *Engine) began(t *timedRule, g *group, st *standing, by tally.Fields) {
	if w := e.watches[watchKey{t.index, g.key}]; w != nil {
		w.episodes++
		w.open, w.group, w.by = st, g, by
	}
}

func (e *Engine) ended(t *timedRule, g *group, at int64) {
	if w := e.watches[watchKey{t.index, g.key}]; w != nil && w.open != nil {
		w.belong(at)
		w.open = nil
	}
}

// belong finds the watched records that the episode is about which goes on, or ends at a time other than 0.
func (w *watch) belong(cleared int64) {
	st := w.open
	for _, l := range w.looks {
		at := int64(0)
		if !l.record.Time.IsZero() {
			at = max(l.record.Time.UnixNano(), 1)
		}
		if l.came && l.episode == nil && st.first <= at && at <= st.last {
			l.episode = &Episode{
				Group: w.by, Raised: instant(st.raised), Cleared: instant(cleared),
				First: instant(st.first), Last: instant(st.last), Count: st.count,
			}
		}
	}
}

// Looks tells, once the engine is closed, what rules made of a watched record, by its number in
// [EngineOptions].Watch, in the order of the set: those that a selection of theirs picks it for, whose
// fields it has, and, if they have a window, whose time it has.
func (e *Engine) Looks(n int) []Look {
	var out []Look
	for i := range e.program.rules {
		l := e.watched[n][i]
		if l == nil {
			continue
		}
		t := &e.program.rules[i]
		e.value(l.record)
		gs := &e.groups[t.grouping]
		key, _ := gs.key(&e.a)
		w := e.watches[watchKey{i, key}]
		if w.open != nil {
			w.open.catchUp(w.group, &w.group.trails[t.trail], t.slot, 0)
			w.belong(0)
		}
		out = append(out, Look{
			Rule: t.Rule, Group: gs.fields(&e.a), At: l.at, Best: w.best,
			Episodes: w.episodes, Episode: l.episode, Answered: instant(l.answered),
		})
	}
	return out
}
