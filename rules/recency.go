package rules

import (
	"maps"
	"slices"
)

// A recency is a set of values, each with the time when it was last seen. It keeps the newest ones
// up to a limit.
type recency struct {
	limit int
	last  map[uint64]int64
	order []sighting // by time; outlived where last says another time
	gone  int64      // values that made room

	shared bool // last and order are another engine's, too
}

type sighting struct {
	Value uint64 `json:"value"`
	At    int64  `json:"at"`
}

func newRecency(limit int) recency {
	return recency{limit: max(limit, 1), last: make(map[uint64]int64)}
}

// see notes a value and reports whether it is new.
func (s *recency) see(value uint64, at int64) (unseen bool) {
	old, known := s.last[value]
	if known && old == at {
		return false
	}
	s.own()
	s.last[value] = at
	s.order = append(s.order, sighting{value, at})
	if len(s.last) > s.limit {
		s.pop()
		s.gone++
	}
	if len(s.order) > 2*len(s.last)+64 {
		kept := s.order[:0]
		for _, x := range s.order {
			if s.current(x) {
				kept = append(kept, x)
			}
		}
		s.order = kept
	}
	return !known
}

// own makes what is shared its own.
func (s *recency) own() {
	if s.shared {
		s.last, s.order, s.shared = maps.Clone(s.last), slices.Clone(s.order), false
	}
}

func (s *recency) current(x sighting) bool {
	at, known := s.last[x.Value]
	return known && at == x.At
}

// oldest returns the value that was not seen for the longest time.
func (s *recency) oldest() (x sighting, ok bool) {
	for len(s.order) > 0 {
		if s.current(s.order[0]) {
			return s.order[0], true
		}
		s.order = s.order[1:]
	}
	return sighting{}, false
}

func (s *recency) pop() {
	if x, ok := s.oldest(); ok {
		s.own()
		delete(s.last, x.Value)
		s.order = s.order[1:]
	}
}

// forget drops what was last seen at from or before.
func (s *recency) forget(from int64) {
	for {
		x, ok := s.oldest()
		if !ok || x.At > from {
			return
		}
		s.pop()
	}
}

func (s *recency) bytes() int { return 72 * len(s.last) }
