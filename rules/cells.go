package rules

import "slices"

// A cell sums up the records of a short span of time.
type cell struct {
	At    int64   `json:"at"`             // time of its newest record
	Begin int64   `json:"begin"`          // and of its first
	N     int64   `json:"n,omitempty"`    // records that the rule is about
	Of    int64   `json:"of,omitempty"`   // records against which they are held
	Both  int64   `json:"both,omitempty"` // records that are both
	Sum   float64 `json:"sum,omitempty"`
}

func (c *cell) merge(o cell) {
	c.At = o.At
	c.N += o.N
	c.Of += o.Of
	c.Both += o.Both
	c.Sum += o.Sum
}

// maxCells bounds the cells of one window. Up to so many records a window is exact; beyond, records
// closer to each other than a growing grain share a cell and leave the window together.
const maxCells = 4096

// cells are the sums of a sliding window.
type cells struct {
	within int64
	list   []cell // by time
	grain  int64
	sums   cell // of list
	shared bool // list is another engine's, too
}

func newCells(within int64) cells { return cells{within: within} }

func (w *cells) add(at int64, c cell) {
	w.expire(at)
	if w.shared {
		w.list, w.shared = slices.Clone(w.list), false
	}
	c.At, c.Begin = at, at
	w.sums.merge(c)
	if last := len(w.list) - 1; last >= 0 && (w.within == never || at-w.list[last].Begin <= w.grain) {
		w.list[last].merge(c)
		return
	}
	w.list = append(w.list, c)
	if len(w.list) > maxCells {
		w.coarsen()
	}
}

// coarsen doubles the grain until half of the cells are gone.
func (w *cells) coarsen() {
	w.grain = max(w.grain, w.within/(8*maxCells), 1)
	for len(w.list) > maxCells/2 && w.grain < never/4 {
		w.grain *= 2
		kept := w.list[:1]
		for _, c := range w.list[1:] {
			if last := &kept[len(kept)-1]; c.At-last.Begin <= w.grain {
				last.merge(c)
			} else {
				kept = append(kept, c)
			}
		}
		w.list = kept
	}
}

// expire drops what has left the window at a time.
func (w *cells) expire(at int64) { w.leave(at, func(cell) {}) }

// leave drops what has left the window at a time, telling of each cell.
func (w *cells) leave(at int64, gone func(cell)) {
	from := before(at, w.within)
	i := 0
	for ; i < len(w.list) && w.list[i].At <= from; i++ {
		c := w.list[i]
		w.sums.N -= c.N
		w.sums.Of -= c.Of
		w.sums.Both -= c.Both
		w.sums.Sum -= c.Sum
		gone(c)
	}
	if i == 0 {
		return
	}
	if w.list = w.list[i:]; len(w.list) == 0 {
		w.list, w.sums, w.grain = nil, cell{}, 0 // no error of rounding stays
	}
}

func (w *cells) total(at int64) cell {
	w.expire(at)
	return w.sums
}

// next returns when the oldest cell leaves the window.
func (w *cells) next(at int64) int64 {
	w.expire(at)
	if len(w.list) == 0 {
		return never
	}
	return after(w.list[0].At, w.within)
}

// first returns the time of the first record in the window that the rule is about, or at.
func (w *cells) first(at int64) int64 {
	for i := range w.list {
		if w.list[i].N > 0 {
			return w.list[i].Begin
		}
	}
	return at
}

func (w *cells) bytes() int { return 56 * len(w.list) }
