package scanner

// Spares keep memory that is used again. Unlike a sync.Pool they keep it over a garbage collection, of which a scan
// has many; what is more than they hold is dropped. They are safe for concurrent use.
type spares[T any] chan T

// maxSpares bounds them: with few workers no more blocks are on their way.
const maxSpares = 16

// Get returns a spare, if there is one.
func (s spares[T]) Get() (spare T, ok bool) {
	select {
	case spare = <-s:
		return spare, true
	default:
		return spare, false
	}
}

// Put keeps a spare.
func (s spares[T]) Put(spare T) {
	select {
	case s <- spare:
	default:
	}
}
