// Package spares keeps memory that is used again.
package spares

import "sync"

// A List keeps values that nobody uses now. What came last goes first, because it is the likeliest to be in a processor's
// cache still. Unlike a sync.Pool it keeps them over a garbage collection, of which a scan has many, and not one for each
// processor. It is safe for concurrent use, and ready to be used.
type List[T any] struct {
	Most int // that it keeps, 0 for two: enough for two who work at the same time; what is more is dropped

	mu   sync.Mutex
	list []T
}

// Get returns a spare, if there is one.
func (l *List[T]) Get() (spare T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.list) - 1
	if n < 0 {
		return spare, false
	}
	spare = l.list[n]
	clear(l.list[n:]) // or it would be kept by two
	l.list = l.list[:n]
	return spare, true
}

// Put keeps a spare.
func (l *List[T]) Put(spare T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	most := l.Most
	if most == 0 {
		most = 2
	}
	if len(l.list) < most {
		l.list = append(l.list, spare)
	}
}
