package rules

// A judge holds what one condition knows of one group. All times are nanoseconds since 1970; no
// call goes back in time.
type judge interface {
	// add takes a record with its time, once everything before that time was asked for.
	add(a *arrival, as role)
	// holds reports whether the condition holds at a time, if nothing more comes up to then.
	holds(at int64) bool
	// next returns the first time after at when holds may say something else, or never.
	next(at int64) int64
	// window returns how many records the condition rests on at a time, and the time of the first.
	window(at int64) (count, first int64)
	// firings counts the moments that raised it, each an episode of its own; 0 where the condition
	// is one that holds over time.
	firings() int64
	// bytes is about how much memory it takes.
	bytes() int
	// save writes down what the judge knows; load takes it over, into a judge that knows nothing yet,
	// and is false for what no judge can have written.
	save(*judgeState)
	load(*judgeState) bool
	// copy returns a judge that goes on where this one is, in a group with that trail. It may share memory with this
	// one until it writes to it, while this one stays as it is.
	copy(*trail) judge
}

// lasting is the part of judges whose condition holds over time.
type lasting struct{}

func (lasting) firings() int64 { return 0 }

// A moment is the part of judges whose condition comes true in a moment, and then is said to hold
// for a while.
type moment struct {
	fired int64
	until int64
	n     int64 // records that the last firing rests on
	first int64 // time of the first of them
}

func (m *moment) fire(at, hold, n, first int64) {
	m.fired++
	m.until, m.n, m.first = after(at, hold), n, first
}

func (m *moment) holds(at int64) bool { return m.fired > 0 && at < m.until }

func (m *moment) next(at int64) int64 {
	if m.holds(at) {
		return m.until
	}
	return never
}

func (m *moment) window(int64) (count, first int64) { return m.n, m.first }

func (m *moment) firings() int64 { return m.fired }

// newJudge returns the judge of a rule for a group that has nothing yet; nil for a mere count, which
// the trail of the group tells.
func (t *timedRule) newJudge(tr *trail) judge {
	c := &t.When
	switch {
	case c.Distinct != nil:
		return &distinctJudge{rule: t, values: newRecency(c.Distinct.Bound.ceiling()), cells: newCells(t.within)}
	case c.Ratio != nil, c.Sum != nil, c.Average != nil:
		return &sumJudge{rule: t, cells: newCells(t.within)}
	case c.Percentile != nil:
		return &percentileJudge{rule: t}
	case c.Sequence != nil:
		return &sequenceJudge{rule: t, starts: make([]int64, len(c.Sequence))}
	case c.Of != nil:
		return newOfJudge(t)
	case c.Without != nil:
		return &withoutJudge{rule: t}
	case c.Spike != nil:
		return &spikeJudge{rule: t, current: newCells(t.within), reference: newCells(t.within)}
	case c.FirstSeen != nil:
		return &firstJudge{rule: t, values: newRecency(maxValues)}
	case t.least == 0:
		return &countJudge{rule: t, trail: tr}
	}
	return nil
}

// maxValues bounds the values that a first_seen rule remembers of a group.
const maxValues = 65_536

// hold returns how long a rule stands that is raised by one moment.
func (t *timedRule) hold() int64 {
	switch {
	case t.Clear.After > 0:
		return int64(t.Clear.After)
	case t.within != never:
		return t.within
	}
	return 60 * 60 * 1e9
}

// A countJudge judges a count that also has an upper bound, once a window has passed.
type countJudge struct {
	lasting
	rule  *timedRule
	trail *trail
	begun bool
	since int64
}

func (j *countJudge) add(a *arrival, as role) {
	if as&roleAbout != 0 && !j.begun {
		j.begun, j.since = true, a.at
	}
}

func (j *countJudge) holds(at int64) bool {
	if !j.begun || at < after(j.since, j.rule.within) {
		return false
	}
	n, _ := j.window(at)
	return j.rule.count.Holds(float64(n))
}

func (j *countJudge) next(at int64) int64 {
	if !j.begun {
		return never
	}
	if ready := after(j.since, j.rule.within); ready > at {
		return ready
	}
	n, first := j.window(at)
	if n == 0 {
		return never
	}
	return after(first, j.rule.within)
}

func (j *countJudge) window(at int64) (count, first int64) {
	return j.trail.window(before(at, j.rule.within), at)
}

func (j *countJudge) bytes() int { return 32 }

// A sumJudge judges the numbers of a window: the share of some records in others, a sum, an average.
type sumJudge struct {
	lasting
	rule  *timedRule
	cells cells
}

func (j *sumJudge) add(a *arrival, as role) {
	var c cell
	if as&roleMain != 0 {
		if j.rule.field >= 0 {
			n, ok := a.number(j.rule.field)
			if !ok {
				return
			}
			c.Sum = n
		}
		c.N = 1
	}
	if as&roleAgainst != 0 {
		c.Of = 1
		if as&roleMain != 0 {
			c.Both = 1
		}
	}
	j.cells.add(a.at, c)
}

func (j *sumJudge) holds(at int64) bool {
	c := j.cells.total(at)
	when := &j.rule.When
	if !j.rule.count.Holds(float64(c.N)) {
		return false
	}
	switch {
	case when.Ratio != nil:
		return c.Of >= max(when.Ratio.Min, 1) && when.Ratio.Bound.Holds(100*float64(c.Both)/float64(c.Of))
	case c.N == 0:
		return false
	case when.Sum != nil:
		return when.Sum.Bound.Holds(c.Sum)
	}
	return when.Average.Bound.Holds(c.Sum / float64(c.N))
}

func (j *sumJudge) next(at int64) int64 { return j.cells.next(at) }

func (j *sumJudge) window(at int64) (count, first int64) {
	return j.cells.total(at).N, j.cells.first(at)
}

func (j *sumJudge) bytes() int { return j.cells.bytes() }
