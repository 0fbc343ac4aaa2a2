package rules

import (
	"math/bits"
	"slices"
)

// A trail is the newest records of one kind in a group: enough to tell a window's count up to the
// bounds that rules set on it, and whom an episode had hit before it was raised.
type trail struct {
	ring []step // its length is a power of two, and grows to the limit
	n    int64  // records so far; the newest stands at n-1 modulo the ring's length
	seq  int64  // of the arrival that was pushed last

	shared bool // ring is another engine's, too
}

// A step is a record as a trail keeps it.
type step struct {
	At   int64  `json:"at"`             // nanoseconds since 1970
	User uint64 `json:"user,omitempty"` // 0 for none
	What uint32 `json:"what,omitempty"` // number of its code or event
}

const (
	leastTrail = 32
	maxTrail   = 10_001
	stepBytes  = 24
)

// ringSize returns the length of a ring for so many records.
func ringSize(keep int) int { return 1 << bits.Len(uint(keep-1)) }

// push adds a record and returns by how many bytes the trail grew.
func (t *trail) push(s step, limit int) (grown int) {
	if t.shared {
		t.ring, t.shared = slices.Clone(t.ring), false
	}
	if t.n == int64(len(t.ring)) && len(t.ring) < limit {
		size := min(max(2, 2*len(t.ring)), ringSize(limit))
		ring := make([]step, size)
		copy(ring, t.ring)
		grown = (size - len(t.ring)) * stepBytes
		t.ring = ring
	}
	t.ring[t.n&int64(len(t.ring)-1)] = s
	t.n++
	return grown
}

// kept returns how many records are at hand.
func (t *trail) kept() int64 { return min(t.n, int64(len(t.ring))) }

// back returns the i-th record from the newest, which is number 0. It must be kept.
func (t *trail) back(i int64) *step { return &t.ring[(t.n-1-i)&int64(len(t.ring)-1)] }

// window counts the records after from and up to to, as far as they are kept, and returns the first
// time among them, or to.
func (t *trail) window(from, to int64) (count, first int64) {
	first = to
	for i := range t.kept() {
		s := t.back(i)
		if s.At <= from {
			break
		}
		if s.At <= to {
			count++
			first = s.At
		}
	}
	return count, first
}

// before returns the end of a window's length of time, without running over.
func before(at, within int64) int64 {
	if within == never {
		return -never
	}
	return at - within
}

// after returns the time a length of time later, or never.
func after(at, length int64) int64 {
	if length == never || at > never-length {
		return never
	}
	return at + length
}
