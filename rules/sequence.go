package rules

// A sequenceJudge is raised when the stages of a sequence came in their order within the window.
//
// Of all ways in which the first i stages were reached only the one that began last matters: what
// an earlier one can still complete, it can too.
type sequenceJudge struct {
	moment
	rule   *timedRule
	starts []int64 // by stages reached, less one: when the way began that began last; 0 for none
}

func (j *sequenceJudge) add(a *arrival, as role) {
	last := len(j.starts) - 1
	for i := last; i >= 0; i-- { // backwards: a record is one stage only
		if i > 0 && as&(roleAgainst<<i) != 0 && as&(roleMain<<i) == 0 {
			j.starts[i-1] = 0
		}
		if as&(roleMain<<i) == 0 {
			continue
		}
		if i == 0 {
			j.starts[0] = a.at
			continue
		}
		if start := j.starts[i-1]; start != 0 && a.at < after(start, j.rule.within) {
			j.starts[i] = start
		}
	}
	if start := j.starts[last]; start != 0 {
		j.fire(a.at, j.rule.hold(), int64(len(j.starts)), start)
		clear(j.starts) // what follows is another sequence
	}
}

func (j *sequenceJudge) bytes() int { return 8*len(j.starts) + 64 }

// An ofJudge judges whether enough of several things came together in a window.
type ofJudge struct {
	lasting
	rule  *timedRule
	parts []trail // of each part the newest that it needs
}

func newOfJudge(t *timedRule) *ofJudge {
	return &ofJudge{rule: t, parts: make([]trail, len(t.When.Of))}
}

// needs returns how many records a part needs.
func (j *ofJudge) needs(i int) int64 { return int64(max(j.rule.When.Of[i].Count, 1)) }

// partBegan returns the time of the record on which a part rests at a time: the oldest of the newest
// that it needs. It is false if the part did not come.
func (j *ofJudge) partBegan(i int, at int64) (int64, bool) {
	p, n := &j.parts[i], j.needs(i)
	if p.kept() < n {
		return 0, false
	}
	began := p.back(n - 1).At
	return began, began > before(at, j.rule.within)
}

func (j *ofJudge) add(a *arrival, as role) {
	for i := range j.parts {
		if as&(roleMain<<i) != 0 {
			j.parts[i].push(step{At: a.at}, int(j.needs(i)))
		}
	}
}

func (j *ofJudge) holds(at int64) bool { return j.came(at) >= j.least() }

// came returns how many parts are there at a time.
func (j *ofJudge) came(at int64) (n int) {
	for i := range j.parts {
		if _, ok := j.partBegan(i, at); ok {
			n++
		}
	}
	return n
}

// least returns how many parts have to come.
func (j *ofJudge) least() int {
	if n := j.rule.When.AtLeast; n > 0 {
		return n
	}
	return len(j.parts)
}

func (j *ofJudge) next(at int64) int64 {
	n := int64(never)
	for i := range j.parts {
		if began, ok := j.partBegan(i, at); ok {
			n = min(n, after(began, j.rule.within))
		}
	}
	return n
}

func (j *ofJudge) window(at int64) (count, first int64) {
	first = at
	for i := range j.parts {
		n, began := j.parts[i].window(before(at, j.rule.within), at)
		count += n
		if n > 0 {
			first = min(first, began)
		}
	}
	return count, first
}

func (j *ofJudge) bytes() int {
	n := 0
	for i := range j.parts {
		n += stepBytes*len(j.parts[i].ring) + 40
	}
	return n
}

// A withoutJudge is raised when the answer to a record did not come in time. Records that come while
// one waits do not start a wait of their own: an answer answers them all.
type withoutJudge struct {
	moment
	rule    *timedRule
	waiting int64 // records that wait; 0: none
	since   int64 // time of the first of them
}

func (j *withoutJudge) add(a *arrival, as role) {
	j.holds(a.at)
	switch {
	case as&roleAgainst != 0:
		j.waiting = 0
	case as&roleMain != 0:
		if j.waiting == 0 {
			j.since = a.at
		}
		j.waiting++
	}
}

func (j *withoutJudge) holds(at int64) bool {
	if due := after(j.since, j.rule.within); j.waiting > 0 && due <= at {
		j.fire(due, j.rule.hold(), j.waiting, j.since)
		j.waiting = 0
	}
	return j.moment.holds(at)
}

func (j *withoutJudge) next(at int64) int64 {
	n := j.moment.next(at)
	if j.waiting > 0 {
		n = min(n, after(j.since, j.rule.within))
	}
	return n
}

// end raises it for what still waits when the log ends.
func (j *withoutJudge) end(at int64) {
	if j.waiting > 0 && j.rule.When.Without.AtEnd {
		j.fire(at, j.rule.hold(), j.waiting, j.since)
		j.waiting = 0
	}
}

func (j *withoutJudge) bytes() int { return 64 }
