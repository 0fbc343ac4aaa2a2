package timeline

import (
	"slices"
)

// A kept holds the first and the last of the rows that were offered, in order. Which ones these are depends on the set
// of rows alone.
type kept struct {
	limit int
	rows  []*row
	full  bool // some were left out
}

// middle is the index at which a list that is one too long loses a row.
func (k *kept) middle() int { return (k.limit + 1) / 2 }

func (k *kept) insert(r *row) {
	at, _ := slices.BinarySearchFunc(k.rows, r, (*row).compare)
	if m := k.middle(); len(k.rows) == k.limit && at == m {
		k.full = true // it would be the one to go
		r.forget()
		return
	}
	k.rows = slices.Insert(k.rows, at, r)
	if m := k.middle(); len(k.rows) > k.limit {
		k.rows[m].forget()
		k.rows = slices.Delete(k.rows, m, m+1)
		k.full = true
	}
}

// A queue holds rows of which it is not known yet whose they are, in the order of a source.
type queue struct {
	rows []*row
	// What had to be left out of it.
	left, records int64
}

// shorten leaves out the row in the middle.
func (q *queue) shorten() *row {
	m := len(q.rows) / 2
	r := q.rows[m]
	q.rows = slices.Delete(q.rows, m, m+1)
	q.left++
	q.records += r.Count
	return r
}

// join makes one row of two that are one run, but that it was not known before whose one of them is.
func (c *Collector) join() {
	if c.users.all() {
		return
	}
	open := map[*lane][]*row{}
	at, gap := -1, c.out.Gap
	c.kept.rows = slices.DeleteFunc(c.kept.rows, func(r *row) bool {
		if at++; at == gap {
			clear(open)
		}
		list := open[r.lane]
		ends := turns(r.Event) && !r.lane.mixed
		if ends {
			list = list[max(0, len(list)-1):]
		}
		for _, o := range list {
			if o.what == r.what && o.goesOn(r.Time) {
				o.absorb(r)
				if c.rows--; at < gap {
					c.out.Gap--
				}
				return true
			}
		}
		if ends {
			list = nil
		}
		open[r.lane] = append(list, r)
		return false
	})
}
