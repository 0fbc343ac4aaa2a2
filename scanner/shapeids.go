package scanner

import (
	"bytes"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

const (
	// minMixed is how often a digit and a letter must stand side by side for hexadecimal digits to be an id: numbers with
	// a unit have one such place, words such as c2c two.
	minMixed = 3
	minID    = 8 // bytes
)

// findIDs makes holes of the parts of ids such as 4bf92f3577b34da6 and 550e8400-e29b-41d4-a716-446655440000: what stands
// between their dashes.
func (s *shape) findIDs(line []byte, words *words) {
	for k := 0; k < len(s.holes); k++ {
		lo, hi := idAround(line, int(s.holes[k].lo), int(s.holes[k].hi))
		last := k + 1
		for last < len(s.holes) && int(s.holes[last].lo) < hi {
			last++
		}
		if kind := idKind(line, lo, hi); kind != 0 && !words.in(line, lo, hi) {
			var parts [16]hole
			list := parts[:0]
			for at := lo; at < hi; {
				end := hi
				if i := bytes.IndexByte(line[at:hi], '-'); i >= 0 {
					end = at + i
				}
				list = append(list, hole{int32(at), int32(end), kind})
				at = end + 1
			}
			s.holes = slices.Replace(s.holes, k, last, list...)
			last = k + len(list)
		}
		k = last - 1
	}
}

// idAround returns the run of hexadecimal digits, and single dashes between them, around line[lo:hi].
func idAround(line []byte, lo, hi int) (int, int) {
	for lo > 0 && (isHex(line[lo-1]) || line[lo-1] == '-' && lo > 1 && isHex(line[lo-2])) {
		lo--
	}
	for hi < len(line) && (isHex(line[hi]) || line[hi] == '-' && hi+1 < len(line) && isHex(line[hi+1])) {
		hi++
	}
	return lo, hi
}

// idKind returns the kind of the holes of an id, or 0 if line[lo:hi] is none.
func idKind(line []byte, lo, hi int) byte {
	if hi-lo < minID || hi < len(line) && isWordByte(line[hi]) ||
		lo > 0 && isWordByte(line[lo-1]) && line[lo-1] != '_' && (line[lo-1] != 'x' || lo < 2 || line[lo-2] != '0') {
		return 0
	}
	mixed, lower, upper := 0, false, false
	for i := lo; i < hi; i++ {
		c := line[i]
		lower, upper = lower || 'a' <= c, upper || 'A' <= c && c <= 'F'
		if i > lo && c != '-' && line[i-1] != '-' && isDigit(c) != isDigit(line[i-1]) {
			mixed++
		}
	}
	switch {
	case mixed < minMixed || lower == upper:
		return 0
	case lower:
		return lowerHex
	}
	return upperHex
}

// Words are literals that may overlap an id.
type words struct {
	set     *literal.Set
	texts   []string
	longest int
}

// in reports whether one of the words overlaps line[lo:hi].
func (w *words) in(line []byte, lo, hi int) bool {
	var room [8]literal.Hit
	for _, h := range w.set.Append(room[:0], line, lo-w.longest, hi) {
		if h.Pos+len(w.texts[h.Lit]) > lo {
			return true
		}
	}
	return false
}

// newIDWords picks those of the literals of which a part can stand in an id.
func newIDWords(literals []string) (w words, err error) {
	for _, l := range literals {
		if inID(l) {
			w.texts, w.longest = append(w.texts, l), max(w.longest, len(l))
		}
	}
	w.set, err = literal.New(w.texts)
	return w, err
}

// inID reports whether a part of a literal can stand in an id, and what stands beside that part beside the id.
func inID(l string) bool {
	for lo := 0; lo < len(l); lo++ {
		hi := lo
		for hi < len(l) && isHex(l[hi]) {
			hi++
		}
		left := lo == 0 || !isWordByte(l[lo-1]) || strings.IndexByte("_xX", l[lo-1]) >= 0
		if hi > lo && left && (hi == len(l) || !isWordByte(l[hi])) {
			return true
		}
		lo = hi
	}
	return false
}
