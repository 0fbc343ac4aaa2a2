package rules

import (
	"math"
	"slices"
)

// A spikeJudge compares the window with the one before it.
type spikeJudge struct {
	lasting
	rule      *timedRule
	current   cells // (at-within, at]
	reference cells // what left current: (at-2 within, at-within]; its times are those of leaving
	begun     bool
	since     int64
}

func (j *spikeJudge) add(a *arrival, as role) {
	if as&roleMain == 0 {
		return
	}
	if !j.begun {
		j.begun, j.since = true, a.at
	}
	j.shift(a.at)
	j.current.add(a.at, cell{N: 1})
}

// shift moves what has left the current window into the reference.
func (j *spikeJudge) shift(at int64) {
	j.current.leave(at, func(c cell) { j.reference.add(after(c.At, j.rule.within), c) })
	j.reference.expire(at)
}

func (j *spikeJudge) ready() int64 { return after(after(j.since, j.rule.within), j.rule.within) }

func (j *spikeJudge) holds(at int64) bool {
	if !j.begun {
		return false
	}
	j.shift(at)
	s := j.rule.When.Spike
	now, then := j.current.sums.N, j.reference.sums.N
	if at < j.ready() || now < s.CurrentMin || then < s.ReferenceMin {
		return false
	}
	up := now > 0 && float64(now) >= s.Factor*float64(then)
	down := then > 0 && float64(now)*s.Factor <= float64(then)
	switch s.Direction {
	case Down:
		return down
	case Both:
		return up || down
	}
	return up
}

func (j *spikeJudge) next(at int64) int64 {
	if !j.begun {
		return never
	}
	j.shift(at)
	n := min(j.current.next(at), j.reference.next(at))
	if ready := j.ready(); ready > at {
		n = min(n, ready)
	}
	return n
}

func (j *spikeJudge) window(at int64) (count, first int64) {
	return j.current.sums.N, j.current.first(at)
}

func (j *spikeJudge) bytes() int { return j.current.bytes() + j.reference.bytes() }

// maxSamples bounds the numbers of which a percentile is taken: the newest in the window.
const maxSamples = 4096

// A percentileJudge judges the percentile of a field's numbers in a window.
type percentileJudge struct {
	lasting
	rule   *timedRule
	queue  []sample // by time
	sorted []float64
	shared bool // both are another engine's, too
}

type sample struct {
	At    int64   `json:"at"`
	Value float64 `json:"value"`
}

func (j *percentileJudge) add(a *arrival, as role) {
	v, ok := a.number(j.rule.field)
	if as&roleMain == 0 || !ok {
		return
	}
	j.expire(a.at)
	j.own()
	if len(j.queue) == maxSamples {
		j.drop()
	}
	j.queue = append(j.queue, sample{a.at, v})
	i, _ := slices.BinarySearch(j.sorted, v)
	j.sorted = slices.Insert(j.sorted, i, v)
}

// own makes what is shared its own.
func (j *percentileJudge) own() {
	if j.shared {
		j.queue, j.sorted, j.shared = slices.Clone(j.queue), slices.Clone(j.sorted), false
	}
}

func (j *percentileJudge) drop() {
	j.own()
	i, _ := slices.BinarySearch(j.sorted, j.queue[0].Value)
	j.sorted = slices.Delete(j.sorted, i, i+1)
	j.queue = j.queue[1:]
}

func (j *percentileJudge) expire(at int64) {
	from := before(at, j.rule.within)
	for len(j.queue) > 0 && j.queue[0].At <= from {
		j.drop()
	}
}

func (j *percentileJudge) holds(at int64) bool {
	j.expire(at)
	n := len(j.sorted)
	if n == 0 || !j.rule.count.Holds(float64(n)) {
		return false
	}
	return j.rule.When.Percentile.Bound.Holds(j.value())
}

// value returns the percentile, 0 if there are no numbers.
func (j *percentileJudge) value() float64 {
	if len(j.sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(j.rule.When.Percentile.P / 100 * float64(len(j.sorted))))
	return j.sorted[max(rank, 1)-1]
}

func (j *percentileJudge) next(at int64) int64 {
	j.expire(at)
	if len(j.queue) == 0 {
		return never
	}
	return after(j.queue[0].At, j.rule.within)
}

func (j *percentileJudge) window(at int64) (count, first int64) {
	j.expire(at)
	if len(j.queue) == 0 {
		return 0, at
	}
	return int64(len(j.queue)), j.queue[0].At
}

func (j *percentileJudge) bytes() int { return 24 * len(j.queue) }
