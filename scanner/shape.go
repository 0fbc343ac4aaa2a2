package scanner

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unsafe"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
	"github.com/imtriage/imtriage/scanner/internal/outline"
)

// A shape is what the lines of one statement of a program have in common: the line without its numbers. Every
// run of digits is a hole, and so is every part of an id of letters and digits.
type shape struct {
	text  []byte  // with one byte for each hole, its kind: other digits are not left in it
	edges []int32 // the beginning of the line, then both ends of each hole
	holes []hole  // in order; they lie in edges
	kinds []byte  // of the holes; none where all are decimal
	ids   []id
	plain bool   // no number has a letter on either side, so that it has no ids whatever the digits are
	wordy []byte // the last word that looked like an id and was none
}

// A hole is a part of a line, line[lo:hi], that other lines of the shape fill with other bytes of its alphabet.
type hole struct{ lo, hi int32 }

// maxShaped bounds the lines that have a shape, in bytes. Most windows in which something is looked for are longer.
const maxShaped = 900

// numberLen is how long a literal of digits is that a shape can tell from other numbers, in bytes.
const numberLen = 3

// The kinds of holes.
const (
	decimal = '0'
	hexID   = '1' // digits, and letters a to f
	wordID  = '2' // digits and letters
)

// kind returns the kind of a hole.
func (s *shape) kind(hole int) byte {
	if len(s.kinds) == 0 {
		return decimal
	}
	return s.kinds[hole]
}

// alphabet returns the bytes that a hole may be filled with.
func (s *shape) alphabet(hole int) string {
	const all = hexAlphabet + "ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	switch s.kind(hole) {
	case decimal:
		return digitAlphabet
	case hexID:
		return hexAlphabet
	}
	return all
}

const (
	digitAlphabet = "0123456789"
	hexAlphabet   = digitAlphabet + "abcdef"
)

// cut finds the shape of a line. Ids that hold one of the words, or a part of one, stay as they are but for their digits.
func (s *shape) cut(line []byte, words *words) {
	if need := 2*len(line) + 128; cap(s.text) < need {
		s.text, s.edges = make([]byte, 0, need), make([]int32, 0, len(line)+65)
	}
	var inside bool // a number has a letter on either side
	s.text, s.edges, inside = outline.Append(s.text[:0], append(s.edges[:0], 0), line)
	s.holes, s.kinds = holesOf(s.edges[1:]), s.kinds[:0]
	if s.plain = !inside; s.plain {
		return
	}
	if s.findIDs(line, words); len(s.ids) == 0 {
		return
	}
	for range s.holes {
		s.kinds = append(s.kinds, decimal)
	}
	for i := range s.ids {
		s.takeOut(line, &s.ids[len(s.ids)-1-i]) // the last one first, so that the numbers of holes before it stay
	}
}

// holesOf returns pairs of edges as holes.
func holesOf(edges []int32) []hole {
	return unsafe.Slice((*hole)(unsafe.Pointer(unsafe.SliceData(edges))), len(edges)/2)
}

// recentBits is how many bits [shape.brief] has.
const recentBits = 11

// brief tells most shapes of a log from one another by little of them.
func (s *shape) brief() uint64 {
	n := len(s.text)
	if n < 2*wordBytes {
		return 0
	}
	word := func(at int) uint64 { return binary.LittleEndian.Uint64(s.text[at:]) }
	ends, middle := word(0)+word(n-wordBytes), word(n/2)^word(n/4)
	return spread(spread(ends+uint64(len(s.edges)))^middle+uint64(n)) >> (64 - recentBits)
}

// spot returns the spot of a place in the line.
func (s *shape) spot(pos int) spot {
	e := len(s.edges) - 1
	for int(s.edges[e]) > pos {
		e--
	}
	return spot{uint16(e), uint16(pos - int(s.edges[e]))}
}

// pos returns the place of a spot.
func (s *shape) pos(p spot) int { return int(s.edges[p.edge]) + int(p.off) }

// holds reports whether one of the literals that are numbers fills one of the holes.
func (s *shape) holds(line []byte, holes []int, numbers []*sharers) bool {
	for _, k := range holes {
		h := &s.holes[k]
		if h.hi-h.lo == numberLen && slices.ContainsFunc(numbers, func(sh *sharers) bool { return sh.text == string(line[h.lo:h.hi]) }) {
			return true
		}
	}
	return false
}

// shows reports whether the literals at hits, in a line that begins at base, stand where they are wanted.
func (s *shape) shows(want []hitSpot, base int, hits []literal.Hit) bool {
	if len(hits) != len(want) {
		return false
	}
	for i := range hits {
		if hits[i].Lit != want[i].lit || hits[i].Pos-base != s.pos(want[i].at) {
			return false
		}
	}
	return true
}

// pinned appends the pinned parts of the line. For the same pins, the same words come of the same parts only.
func (s *shape) pinned(dst []uint64, line []byte, pins []pin) []uint64 {
	for i := range pins {
		p := &pins[i]
		h := &s.holes[p.hole]
		if p.need&(automaton.First|automaton.Last) != 0 {
			var first, last uint8
			if p.first != nil {
				first = p.first[line[h.lo]]
			}
			if p.last != nil {
				last = p.last[line[h.hi-1]]
			}
			dst = append(dst, uint64(first)<<8|uint64(last))
		}
		switch n := h.hi - h.lo; {
		case p.need&automaton.Bytes != 0 && n < wordBytes:
			dst = append(dst, uint64(n)<<56|wordAt(line, int(h.lo))<<(64-8*n)>>(64-8*n))
		case p.need&automaton.Bytes != 0:
			dst = append(dst, uint64(n)<<32|wordBytes<<56)
			for part := line[h.lo:h.hi]; len(part) > 0; part = part[min(wordBytes, len(part)):] {
				dst = append(dst, wordAt(part, 0))
			}
		case p.need&automaton.Length != 0:
			dst = append(dst, uint64(n))
		}
	}
	return dst
}

// wordBytes is the length of a word in bytes.
const wordBytes = 8

// wordAt returns the eight bytes at pos, the first one in the low bits, with 0 for those behind the end of the line.
func wordAt(line []byte, pos int) uint64 {
	switch at := len(line) - wordBytes; {
	case pos <= at:
		return binary.LittleEndian.Uint64(line[pos:])
	case at >= 0:
		return binary.LittleEndian.Uint64(line[at:]) >> (8 * (pos - at))
	}
	var word [wordBytes]byte
	copy(word[:], line[pos:])
	return binary.LittleEndian.Uint64(word[:])
}

// A spot is a place in a line, counted from an edge of its shape.
type spot struct{ edge, off uint16 }

// spread makes every bit of a hash depend on all others.
func spread(h uint64) uint64 {
	hi, lo := bits.Mul64(h, 0x9E3779B97F4A7C15)
	return hi ^ lo
}
