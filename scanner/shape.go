package scanner

import (
	"encoding/binary"
	"math/bits"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// A shape is what the lines of one statement of a program have in common: the line without its numbers. Every
// run of digits is a hole, and so is every part of an id of letters and digits.
type shape struct {
	text  []byte  // with one byte for each hole, its kind: other digits are not left in it
	holes []hole  // in order
	edges []int32 // the beginning of the line, then both ends of each hole
	hash  uint64  // of text
}

// A hole is a part of a line, line[lo:hi], that other lines of the shape fill with other bytes of its alphabet.
type hole struct {
	lo, hi int32
	kind   byte
}

// maxShaped bounds the lines that have a shape, in bytes. Most windows in which something is looked for are longer.
const maxShaped = 900

// maxNumber bounds the literals of digits that a shape can tell from other numbers, in bytes.
const maxNumber = 3

// The kinds of holes.
const (
	decimal = '0'
	hexID   = '1' // digits, and letters a to f
	wordID  = '2' // digits and letters
)

func (h *hole) alphabet() string {
	const all = digitAlphabet + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	switch h.kind {
	case decimal:
		return digitAlphabet
	case hexID:
		return all[:16]
	}
	return all
}

const digitAlphabet = "0123456789"

// cut finds the shape of a line. Ids that hold one of the words, or a part of one, stay as they are but for their digits.
func (s *shape) cut(line []byte, words *words) {
	s.holes = s.holes[:0]
	inside := -1 // the first hole with a letter on either side
	for base := 0; base < len(line); base += 64 {
		for digits := digitBits(line[base:min(len(line), base+64)]); digits != 0; {
			at := bits.TrailingZeros64(digits)
			n := bits.TrailingZeros64(^(digits >> at))
			lo, hi := base+at, base+at+n
			digits = digits >> at >> n << n << at
			last := len(s.holes) - 1
			if last >= 0 && int(s.holes[last].hi) == lo {
				s.holes[last].hi = int32(hi) // it goes over the edge of 64 bytes
			} else {
				s.holes = append(s.holes, hole{int32(lo), int32(hi), decimal})
				last++
			}
			if inside < 0 && hi < len(line) && isLetter(line[hi]) && s.letterBefore(line, last) {
				inside = last
			}
		}
	}
	if inside >= 0 {
		s.findIDs(line, inside, words)
	}
	s.fill(line)
}

func (s *shape) letterBefore(line []byte, k int) bool {
	lo := s.holes[k].lo
	return lo > 0 && isLetter(line[lo-1])
}

// fill makes the text, its hash and the edges.
func (s *shape) fill(line []byte) {
	if need := len(line) + 16; cap(s.text) < need {
		s.text = make([]byte, 0, 2*need)
	}
	s.text, s.edges = s.text[:0], append(s.edges[:0], 0)
	from := 0
	for _, h := range s.holes {
		s.text = append(appendShort(s.text, line, from, int(h.lo)), h.kind)
		s.edges = append(s.edges, h.lo, h.hi)
		from = int(h.hi)
	}
	s.text = appendShort(s.text, line, from, len(line))
	s.hash = hashOf(s.text)
}

// appendShort appends b[from:to], which is mostly a few bytes. There must be room.
func appendShort(dst, b []byte, from, to int) []byte {
	n := len(dst)
	if to-from <= 16 && from+16 <= len(b) {
		dst = dst[:n+16]
		*(*[16]byte)(dst[n:]) = *(*[16]byte)(b[from:])
		return dst[:n+to-from]
	}
	return append(dst, b[from:to]...)
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

// holds reports whether one of the numbers stands in the line by itself.
func (s *shape) holds(line []byte, numbers []string) bool {
	for i := range s.holes {
		h := &s.holes[i]
		if h.hi-h.lo > maxNumber {
			continue
		}
		for _, n := range numbers {
			if n[0] == line[h.lo] && n == string(line[h.lo:h.hi]) {
				return true
			}
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

// pinned appends the pinned parts of the line.
func (s *shape) pinned(dst, line []byte, pins []pin) []byte {
	for i := range pins {
		p := &pins[i]
		h := &s.holes[p.hole]
		if p.need&(automaton.Length|automaton.Bytes) != 0 {
			dst = append(dst, byte(h.hi-h.lo), byte((h.hi-h.lo)>>8))
		}
		if p.need&automaton.First != 0 {
			dst = append(dst, p.first[line[h.lo]])
		}
		if p.need&automaton.Last != 0 {
			dst = append(dst, p.last[line[h.hi-1]])
		}
		if p.need&automaton.Bytes != 0 {
			dst = append(dst, line[h.lo:h.hi]...)
		}
	}
	return dst
}

// A spot is a place in a line, counted from an edge of its shape.
type spot struct{ edge, off uint16 }

// spread makes the high bits of a hash depend on all others.
func spread(h uint64) uint64 {
	hi, lo := bits.Mul64(h, 0x9E3779B97F4A7C15)
	return hi ^ lo
}

// hashOf spreads texts over a table. Strangers can make texts that share a hash, which costs them their place.
func hashOf(b []byte) uint64 {
	const k = 0x9E3779B97F4A7C15
	h := uint64(len(b)) * k
	for ; len(b) >= 8; b = b[8:] {
		hi, lo := bits.Mul64(h^binary.LittleEndian.Uint64(b), k)
		h = hi ^ lo
	}
	var last uint64
	for i, c := range b {
		last |= uint64(c) << (8 * i)
	}
	hi, lo := bits.Mul64(h^last, k)
	return hi ^ lo
}

// digitBits tells which of at most 64 bytes are digits, a bit each.
func digitBits(b []byte) (mask uint64) {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		mask |= digitsIn(binary.LittleEndian.Uint64(b[i:])) << i
	}
	for ; i < len(b); i++ {
		if isDigit(b[i]) {
			mask |= 1 << i
		}
	}
	return mask
}

// digitsIn is digitBits of the eight bytes of a word.
func digitsIn(w uint64) uint64 {
	const (
		each = 0x0101010101010101
		high = 0x80 * each
	)
	w ^= '0' * each // now digits are 0 to 9
	w = ^((w&^high + (0x80-10)*each) | w) & high
	return w * 0x0002040810204081 >> 56 // the high bit of byte i becomes bit i
}
