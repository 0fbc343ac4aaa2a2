package rules

// A distinctJudge counts the values of a field in a window. Of values beyond those that the bound
// can tell apart only the newest are kept: that changes no answer.
type distinctJudge struct {
	lasting
	rule   *timedRule
	values recency
	cells  cells // their records
	begun  bool
	since  int64
}

func (j *distinctJudge) add(a *arrival, as role) {
	if as&roleMain == 0 {
		return
	}
	v := a.values[j.rule.field]
	if v == nil {
		return
	}
	if !j.begun {
		j.begun, j.since = true, a.at
	}
	j.values.forget(before(a.at, j.rule.within))
	j.values.see(v.Hash, a.at)
	j.cells.add(a.at, cell{N: 1})
}

func (j *distinctJudge) holds(at int64) bool {
	b := j.rule.When.Distinct.Bound
	if !j.begun || !b.rising() && at < after(j.since, j.rule.within) {
		return false
	}
	j.values.forget(before(at, j.rule.within))
	return b.Holds(float64(len(j.values.last))) &&
		(j.rule.When.Count.IsZero() || j.rule.count.Holds(float64(j.cells.total(at).N)))
}

func (j *distinctJudge) next(at int64) int64 {
	n := j.cells.next(at)
	j.values.forget(before(at, j.rule.within))
	if x, ok := j.values.oldest(); ok {
		n = min(n, after(x.At, j.rule.within))
	}
	if ready := after(j.since, j.rule.within); j.begun && ready > at && !j.rule.When.Distinct.Bound.rising() {
		n = min(n, ready)
	}
	return n
}

func (j *distinctJudge) window(at int64) (count, first int64) {
	return j.cells.total(at).N, j.cells.first(at)
}

func (j *distinctJudge) bytes() int { return j.values.bytes() + j.cells.bytes() }

// A firstJudge is raised by a value that was not seen before.
type firstJudge struct {
	moment
	rule   *timedRule
	values recency
	begun  bool
	since  int64
}

func (j *firstJudge) add(a *arrival, as role) {
	v := a.values[j.rule.field]
	if as&roleMain == 0 || v == nil {
		return
	}
	if !j.begun {
		j.begun, j.since = true, a.at
	}
	c := j.rule.When.FirstSeen
	if c.Forget > 0 {
		j.values.forget(before(a.at, int64(c.Forget)))
	}
	if j.values.see(v.Hash, a.at) && a.at >= after(j.since, int64(c.Learn)) {
		j.fire(a.at, j.rule.hold(), 1, a.at)
	}
}

func (j *firstJudge) bytes() int { return j.values.bytes() }
