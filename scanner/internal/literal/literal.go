// Package literal finds every occurrence of many short literals in one pass.
//
// A kernel runs over the text and says where a literal may begin; only there literals are compared. The kernels are
// Teddy with AVX-512 VBMI, AVX2 or NEON, see https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy
// for the idea: literals are put into buckets, and tables say for each of the first four bytes which buckets have
// it there. What goes into which bucket decides how often a kernel is wrong, so that it is learned from a sample of
// log lines. Where a processor has no such instructions, the same tables are read byte by byte.
//
// Letters are matched without regard to ASCII case; everything else, UTF-8 included, byte for byte.
package literal

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// MinLen is the least length of a literal in bytes.
const MinLen = 3

// A Hit is one occurrence: literal number Lit begins at Pos.
type Hit struct{ Pos, Lit int }

// A Set is a compiled list of literals. It is read-only and safe for concurrent use.
type Set struct {
	index  index
	tables tables
	kernel kernel
}

// New compiles the literals; hits carry their indexes.
func New(texts []string) (*Set, error) {
	if len(texts) > 1<<15 {
		return nil, fmt.Errorf("%d literals are too many", len(texts))
	}
	for _, text := range texts {
		if len(text) < MinLen {
			return nil, fmt.Errorf("literal %q is shorter than %d bytes", text, MinLen)
		}
	}
	s := &Set{kernel: fastest}
	heads := s.index.fill(texts)
	s.tables.fill(heads, partition(heads, fastest.halves()))
	return s, nil
}

// Append appends every hit that begins in b[from:to] to dst, ordered by position, then literal. A literal
// may reach beyond to, not beyond b.
func (s *Set) Append(dst []Hit, b []byte, from, to int) []Hit {
	return s.AppendBy(dst, b, from, to, len(b))
}

// AppendBy appends the hits that begin in b[from:to] and end by end. It is quicker than Append with a b that is cut
// there, because kernels read on.
func (s *Set) AppendBy(dst []Hit, b []byte, from, to, end int) []Hit {
	var tail [maxTail + overrun]byte
	var out [2 * slack]uint32
	end = min(end, len(b))
	from, to = max(from, 0), min(to, end-MinLen+1)
	for from < to {
		view, n := window(&tail, b, from, to)
		for at := 0; at < n; {
			var places []uint32
			places, at = s.places(view, n, at, out[:])
			dst = s.index.verify(dst, view, b, from, end, places)
		}
		from += n
	}
	return dst
}

// Places appends where in b[from:to] a hit may begin, in order; [Set.Any] tells. Whoever needs few of the hits saves
// most of the work. Of b, 4 GiB are seen at most.
func (s *Set) Places(dst []uint32, b []byte, from, to int) []uint32 {
	var tail [maxTail + overrun]byte
	from, to = max(from, 0), min(to, len(b)-MinLen+1, math.MaxUint32)
	for from < to {
		view, n := window(&tail, b, from, to)
		for at := 0; at < n; {
			var places []uint32
			had := len(dst)
			dst = slices.Grow(dst, 2*slack)
			places, at = s.places(view, n, at, dst[had:had+2*slack])
			places = s.index.sift(view, places)
			for i := range places {
				places[i] += uint32(from)
			}
			dst = dst[:had+len(places)]
		}
		from += n
	}
	return dst
}

// Any reports whether one of the literals that stand at a place counts.
func (s *Set) Any(b []byte, place int, counts func(lit int) bool) bool {
	if len(b)-place >= wide {
		return s.index.any(binary.LittleEndian.Uint64(b[place:]), b, place, counts)
	}
	var word [wide]byte
	copy(word[:], b[place:])
	return s.index.any(binary.LittleEndian.Uint64(word[:]), b, place, counts)
}

// places writes where literals may begin in view[at:n] to out, and returns where to go on.
func (s *Set) places(view []byte, n, at int, out []uint32) (places []uint32, next int) {
	wrote, next := s.kernel.run(&s.tables, view, n, at, out)
	for wrote > 0 && int(out[wrote-1]) >= n {
		wrote--
	}
	return out[:wrote], next
}

// window returns what a kernel is shown of b[from:to], and how much of it to look at. It sees the last bytes of b, at
// most maxTail, in a copy because it reads beyond them.
func window(tail *[maxTail + overrun]byte, b []byte, from, to int) (view []byte, n int) {
	view = b[from:][:min(len(b)-from, maxView)]
	if n = len(view) - overrun; n < to-from && to-from <= maxTail {
		copy(tail[:], view)
		return tail[:], to - from
	}
	return view, min(n, to-from)
}
