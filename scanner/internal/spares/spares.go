// Package spares keeps memory that is used again.
package spares

// A List keeps values, as many as it has room for: make(spares.List[T], n). Unlike a sync.Pool it keeps them over a
// garbage collection, of which a scan has many; what is more is dropped. It is safe for concurrent use.
type List[T any] chan T

// Get returns a spare, if there is one.
func (s List[T]) Get() (spare T, ok bool) {
	select {
	case spare = <-s:
		return spare, true
	default:
		return spare, false
	}
}

// Put keeps a spare.
func (s List[T]) Put(spare T) {
	select {
	case s <- spare:
	default:
	}
}
