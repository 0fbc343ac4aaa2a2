package tally

import (
	"cmp"
	"slices"
	"time"
)

// steps are the widths of a histogram's buckets, each a multiple of the one before it and
// counted from the Unix epoch in UTC.
var steps = [...]time.Duration{
	time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, 24 * time.Hour, 30 * 24 * time.Hour,
}

// A histogram counts stamps at the finest level whose non-empty buckets fit the limit. As a set
// of stamps only grows, so does the level, whatever the order they come in.
type histogram struct {
	limit  int
	level  int
	b      []cell // ascending
	before int64  // at the last level: older than the limit allows
	none   int64  // without a stamp

	// The bucket of the last stamp: logs are mostly in order.
	hit    int
	lo, hi int64
}

// A cell is the bucket that begins at i steps after the epoch.
type cell struct{ i, n int64 }

func (h *histogram) add(ns int64) {
	if h.lo <= ns && ns < h.hi {
		h.b[h.hit].n++
		return
	}
	h.elsewhere(ns)
}

// elsewhere counts a stamp outside of the bucket of the last one.
func (h *histogram) elsewhere(ns int64) {
	if ns == 0 {
		h.none++
		return
	}
	h.insert(ns/int64(steps[h.level]), 1)
	h.aim(ns)
}

// insert counts n stamps into bucket i of the present level.
func (h *histogram) insert(i, n int64) {
	at, found := h.find(i)
	if found {
		h.b[at].n += n
		return
	}
	h.b = slices.Insert(h.b, at, cell{i, n})
	for len(h.b) > h.limit {
		if h.level == len(steps)-1 {
			h.before += h.b[0].n
			h.b = slices.Delete(h.b, 0, 1)
			continue
		}
		h.coarsen()
	}
}

func (h *histogram) find(i int64) (at int, found bool) {
	return slices.BinarySearchFunc(h.b, i, func(c cell, i int64) int { return cmp.Compare(c.i, i) })
}

// aim remembers the bucket of a stamp for the next one.
func (h *histogram) aim(ns int64) {
	step := int64(steps[h.level])
	i := ns / step
	h.lo, h.hi = 0, 0
	if at, found := h.find(i); found {
		h.hit, h.lo, h.hi = at, max(i*step, firstStamp), (i+1)*step
	}
}

// coarsen goes one level up.
func (h *histogram) coarsen() {
	factor := int64(steps[h.level+1] / steps[h.level])
	h.level++
	out := h.b[:0]
	for _, c := range h.b {
		c.i /= factor
		if last := len(out) - 1; last >= 0 && out[last].i == c.i {
			out[last].n += c.n
		} else {
			out = append(out, c)
		}
	}
	h.b = out
	h.lo, h.hi = 0, 0
}

// merge adds the counts of o and leaves o alone.
func (h *histogram) merge(o *histogram) {
	h.lo, h.hi = 0, 0
	for h.level < o.level {
		h.coarsen()
	}
	for _, c := range o.b {
		h.insert(c.i*int64(steps[o.level]/time.Second)/int64(steps[h.level]/time.Second), c.n)
	}
	h.before += o.before
	h.none += o.none
}

// sum returns how many findings are counted.
func (h *histogram) sum() int64 {
	n := h.before + h.none
	for _, c := range h.b {
		n += c.n
	}
	return n
}

func (h *histogram) summary() Histogram {
	out := Histogram{Step: steps[h.level], Before: h.before, NoTime: h.none}
	for _, c := range h.b {
		// Not fromStamp: bucket 0 begins in 1970.
		out.Buckets = append(out.Buckets, Bucket{T: time.Unix(c.i*int64(out.Step/time.Second), 0).UTC(), N: c.n})
	}
	return out
}
