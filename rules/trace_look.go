package rules

import (
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A Look is what a timed rule made of a watched record, see [EngineOptions].Watch.
type Look struct {
	Rule  *Rule
	Group tally.Fields // value of each field of By; nil where there is none
	At    Window       // of the group once the rule had seen the record
	// Best is the Window that came nearest of all that there were when a record of the group had just come.
	Best Window
	// Episodes counts those of the group; Episode is the one that the record belongs to, or nil.
	Episodes int
	Episode  *Episode
	// Answered is when the record that an absence waits for came, in time; zero if it did not.
	Answered time.Time
}

// measure reads off what a rule knows of a group at a time.
func (t *timedRule) measure(g *group, at int64) Window {
	w := Window{At: instant(at)}
	st := g.standing(t)
	if st == nil || st.judge == nil {
		floor := int64(-never)
		if st != nil {
			floor = st.floor
		}
		n, _ := g.trails[t.trail].window(max(before(at, t.within), floor), at)
		w.Readings = []Reading{{What: QuantityCount, Have: float64(n), Want: t.count}}
		return w
	}
	list, ready := st.read(t, at)
	if w.Readings = list; ready > at {
		w.Ready = instant(ready)
	}
	return w
}

// read asks the judge of a standing for its numbers, and from when on it says anything.
func (st *standing) read(t *timedRule, at int64) (list []Reading, ready int64) {
	c := &t.When
	add := func(what Quantity, field string, have float64, want Bound) {
		list = append(list, Reading{what, field, have, want})
	}
	counted := func(n int64) {
		if !c.Count.IsZero() {
			add(QuantityCount, "", float64(n), c.Count)
		}
	}
	switch j := st.judge.(type) {
	case *countJudge:
		n, _ := j.window(at)
		add(QuantityCount, "", float64(n), t.count)
		if j.begun {
			ready = after(j.since, t.within)
		}
	case *distinctJudge:
		j.values.forget(before(at, t.within))
		add(QuantityDistinct, c.Distinct.Field, float64(len(j.values.last)), c.Distinct.Bound)
		counted(j.cells.total(at).N)
		if j.begun && !c.Distinct.Bound.rising() {
			ready = after(j.since, t.within)
		}
	case *sumJudge:
		s := j.cells.total(at)
		switch {
		case c.Ratio != nil:
			add(QuantityRatio, "", quotient(100*float64(s.Both), float64(s.Of)), c.Ratio.Bound)
			add(QuantityOf, "", float64(s.Of), atLeast(float64(max(c.Ratio.Min, 1)), false))
		case c.Sum != nil:
			add(QuantitySum, c.Sum.Field, s.Sum, c.Sum.Bound)
		default:
			add(QuantityAverage, c.Average.Field, quotient(s.Sum, float64(s.N)), c.Average.Bound)
		}
		counted(s.N)
	case *percentileJudge:
		j.expire(at)
		add(QuantityPercentile, c.Percentile.Field, j.value(), c.Percentile.Bound)
		counted(int64(len(j.sorted)))
	case *sequenceJudge:
		add(QuantityStages, "", float64(j.reached(at)), atLeast(float64(len(c.Sequence)), false))
	case *ofJudge:
		add(QuantityParts, "", float64(j.came(at)), atLeast(float64(j.least()), false))
	case *withoutJudge:
		add(QuantityWaiting, "", float64(j.waiting), Bound{})
		if j.waiting > 0 {
			ready = after(j.since, t.within)
		}
	case *spikeJudge:
		j.shift(at)
		now, then := j.current.sums.N, j.reference.sums.N
		list = append(list, c.Spike.reading(now, then))
		add(QuantityCurrent, "", float64(now), leastIf(c.Spike.CurrentMin))
		add(QuantityReference, "", float64(then), leastIf(c.Spike.ReferenceMin))
		if j.begun {
			ready = j.ready()
		}
	case *firstJudge:
		first := 0.0
		if j.fired > 0 && j.first == at {
			first = 1
		}
		add(QuantityFirst, c.FirstSeen.Field, first, atLeast(1, false))
		if j.begun {
			ready = after(j.since, int64(c.FirstSeen.Learn))
		}
	}
	return list, ready
}

// quotient is a number in another one, 0 if that is none.
func quotient(n, of float64) float64 {
	if of == 0 {
		return 0
	}
	return n / of
}

// leastIf is a bound of so many, or none for 0.
func leastIf(n int64) Bound {
	if n == 0 {
		return Bound{}
	}
	return atLeast(float64(n), false)
}

// reading says how many times as many records a window has as the one before it.
func (s *Spike) reading(now, then int64) Reading {
	up, down := atLeast(s.Factor, false), Bound{Limits: []Limit{{AtMost, 1 / s.Factor}}}
	r := Reading{What: QuantityFactor, Have: quotient(float64(now), float64(then)), Want: up}
	if s.Direction == Down || s.Direction == Both && now < then {
		r.Want = down
	}
	switch {
	case then > 0:
	case s.Direction == Down:
		r.Have = 1 // there is nothing to fall from
	case now > 0:
		r.Have = s.Factor // from nothing to something is any factor
	}
	return r
}

// reached returns how many stages the farthest way has come at a time; all if it was completed just then.
func (j *sequenceJudge) reached(at int64) int {
	if j.fired > 0 && at == before(j.until, j.rule.hold()) {
		return len(j.starts)
	}
	for i, start := range slices.Backward(j.starts) {
		if start != 0 && at < after(start, j.rule.within) {
			return i + 1
		}
	}
	return 0
}
