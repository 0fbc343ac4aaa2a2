package rules

import (
	"container/heap"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// maxWaiting bounds the records that wait for earlier ones. Beyond, the earliest is judged.
const maxWaiting = 1 << 16

// A queue holds records that wait, so that those of several sources are judged in the order of
// time: the earliest stands first.
type queue []*tally.Record

// Len, Less, Swap, Push and Pop implement [heap.Interface].
func (q queue) Len() int { return len(q) }

// Less orders as a report does.
func (q queue) Less(i, j int) bool { return q[i].Compare(q[j].Place) < 0 }

// Swap exchanges two records.
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push adds a record at the end.
func (q *queue) Push(x any) { *q = append(*q, x.(*tally.Record)) }

// Pop takes the last record away.
func (q *queue) Pop() any {
	last := len(*q) - 1
	r := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return r
}

// wait lets a record wait until nothing earlier is expected.
func (e *Engine) wait(r *tally.Record) {
	heap.Push(&e.waiting, r.Clone())
	if r.Time.After(e.newest) {
		e.newest = r.Time
	}
	e.release(e.newest.Add(-e.lateness), maxWaiting)
}

// release judges the records that waited and are earlier than a time, and as many more as exceed a number.
func (e *Engine) release(before time.Time, leave int) {
	for len(e.waiting) > 0 && (len(e.waiting) > leave || e.waiting[0].Time.Before(before)) {
		e.judge(heap.Pop(&e.waiting).(*tally.Record))
	}
}
