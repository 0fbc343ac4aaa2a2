package scanner

import (
	"bytes"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

const (
	// minMixed is how often a digit and a letter must stand side by side for a word to be an id: numbers with
	// a unit have one such place, words such as c2c and V2TIM two.
	minMixed = 3
	minID    = 8 // bytes
)

// findIDs makes holes of the parts of ids such as 4bf92f3577b34da6, 550e8400-e29b-41d4-a716-446655440000 and
// TnzlC5oWbEki11WPNOX9Au: what stands between their dashes. It begins with hole k.
func (s *shape) findIDs(line []byte, k int, words *words) {
	for ; k < len(s.holes); k++ {
		if h := &s.holes[k]; int(h.hi) == len(line) || !isLetter(line[h.hi]) || !s.letterBefore(line, k) {
			continue
		}
		lo, hi := idAround(line, int(s.holes[k].lo), int(s.holes[k].hi))
		first, last := k, k+1
		for first > 0 && int(s.holes[first-1].lo) >= lo {
			first--
		}
		for last < len(s.holes) && int(s.holes[last].lo) < hi {
			last++
		}
		if isID(line, lo, hi) && !words.in(line, lo, hi) {
			var room [16]hole
			parts := room[:0]
			for at := lo; at < hi; {
				end := hi
				if i := bytes.IndexByte(line[at:hi], '-'); i >= 0 {
					end = at + i
				}
				parts = append(parts, hole{int32(at), int32(end), ofID})
				at = end + 1
			}
			s.holes = slices.Replace(s.holes, first, last, parts...)
			last = first + len(parts)
		}
		k = last - 1
	}
}

// idAround returns the run of letters and digits, and single dashes between them, around line[lo:hi].
func idAround(line []byte, lo, hi int) (int, int) {
	in := func(i int) bool { return i >= 0 && i < len(line) && (isDigit(line[i]) || isLetter(line[i])) }
	for in(lo-1) || lo > 0 && line[lo-1] == '-' && in(lo-2) {
		lo--
	}
	for in(hi) || hi < len(line) && line[hi] == '-' && in(hi+1) {
		hi++
	}
	return lo, hi
}

// isID reports whether line[lo:hi] looks like an id.
func isID(line []byte, lo, hi int) bool {
	if hi-lo < minID || hi < len(line) && line[hi] == '_' {
		return false
	}
	mixed := 0
	for i := lo + 1; i < hi; i++ {
		if c, before := line[i], line[i-1]; c != '-' && before != '-' && isDigit(c) != isDigit(before) {
			mixed++
		}
	}
	return mixed >= minMixed
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

// newWords picks those of the literals of which a part can stand in an id.
func newWords(literals []string) (w words, err error) {
	for _, l := range literals {
		if inID(l) && !slices.Contains(w.texts, l) {
			w.texts, w.longest = append(w.texts, l), max(w.longest, len(l))
		}
	}
	w.set, err = literal.New(w.texts)
	return w, err
}

// inID reports whether a part of a literal can stand in an id, and what stands beside that part beside the id.
func inID(l string) bool {
	for part := range strings.FieldsFuncSeq(l, func(r rune) bool { return r >= 0x80 || !isWordByte(byte(r)) }) {
		// Behind an underscore may stand an id, before one none.
		if last := part[strings.LastIndexByte(part, '_')+1:]; last != "" {
			return true
		}
	}
	return false
}
