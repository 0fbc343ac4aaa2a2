package scanner

import (
	"bytes"
	"slices"
	"sync"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

const (
	// minMixed is how often a digit and a letter must stand side by side for a word to be an id: numbers with
	// a unit have one such place, words such as c2c and V2TIM two.
	minMixed = 3
	minID    = 8 // bytes
)

// findIDs makes holes of the parts of ids such as 4bf92f3577b34da6, 550e8400-e29b-41d4-a716-446655440000 and
// TnzlC5oWbEki11WPNOX9Au: what stands between their dashes. It reports whether there are any, and leaves all holes in parts.
func (s *shape) findIDs(line []byte, words *words) (found bool) {
	s.parts = s.parts[:0]
	for _, h := range holesOf(s.edges[1:]) {
		s.parts = append(s.parts, part{h, decimal})
	}
	for k := 0; k < len(s.parts); k++ {
		h := &s.parts[k]
		if h.lo == 0 || int(h.hi) == len(line) || !isLetter(line[h.lo-1]) || !isLetter(line[h.hi]) {
			continue
		}
		lo, hi := idAround(line, int(s.parts[k].lo), int(s.parts[k].hi))
		first, last := k, k+1
		for first > 0 && int(s.parts[first-1].lo) >= lo {
			first--
		}
		for last < len(s.parts) && int(s.parts[last].lo) < hi {
			last++
		}
		if kind := idKind(line, lo, hi); kind != 0 && !s.holdsWord(line, lo, hi, kind, words) {
			var room [16]part
			parts := room[:0]
			for at := lo; at < hi; {
				end := hi
				if i := bytes.IndexByte(line[at:hi], '-'); i >= 0 {
					end = at + i
				}
				parts = append(parts, part{hole{int32(at), int32(end)}, kind})
				at = end + 1
			}
			s.parts = slices.Replace(s.parts, first, last, parts...)
			last = first + len(parts)
			found = true
		}
		k = last - 1
	}
	return found
}

// holdsWord reports whether one of the words overlaps the id line[lo:hi]. The last one that holds a word whole is
// remembered, because the names of functions are met again and again: HandleA2D2OnlineResponse.
func (s *shape) holdsWord(line []byte, lo, hi int, kind byte, words *words) bool {
	id := line[lo:hi]
	if bytes.Equal(id, s.wordy) {
		return true
	}
	overlaps, whole := words.in(line, lo, hi, kind)
	if whole {
		s.wordy = append(s.wordy[:0], id...)
	}
	return overlaps
}

// idAround returns the run of letters and digits, and single dashes between them, around line[lo:hi].
func idAround(line []byte, lo, hi int) (int, int) {
	for lo > 0 && (class[line[lo-1]] != 0 || line[lo-1] == '-' && lo > 1 && class[line[lo-2]] != 0) {
		lo--
	}
	for hi < len(line) && (class[line[hi]] != 0 || line[hi] == '-' && hi+1 < len(line) && class[line[hi+1]] != 0) {
		hi++
	}
	return lo, hi
}

// idKind returns the kind of the holes of an id, or 0 if line[lo:hi] does not look like one.
func idKind(line []byte, lo, hi int) byte {
	if hi-lo < minID || hi < len(line) && line[hi] == '_' {
		return 0
	}
	// Without branches, which nobody could predict.
	mixed, all, before := 0, uint8(0), uint8(0)
	for _, c := range line[lo:hi] {
		now := class[c]
		mixed += int((now&(before>>1) | now>>1&before) & aDigit)
		all |= now
		before = now
	}
	switch {
	case mixed < minMixed:
		return 0
	case all&beyondHex != 0:
		return wordID
	}
	return hexID
}

// class tells what the bytes of an id are, in bits.
var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case isDigit(byte(c)):
			t[c] = aDigit
		case 'a' <= c && c <= 'f':
			t[c] = aLetter
		case isLetter(byte(c)):
			t[c] = aLetter | beyondHex
		}
	}
	return t
}()

const (
	aDigit  = 1 << iota
	aLetter // beside a digit: one is the other shifted by one
	beyondHex
)

// Words are literals that may overlap an id: all that have a letter or digit, and of these the ones that are nothing but
// hexadecimal. What else could overlap an id in hexadecimal shows in what stands beside it, see [besideWords].
type words struct {
	hex     [][]byte // few
	all     func() *literal.Set
	texts   []string // of all
	longest int
}

// in reports whether one of the words overlaps the id line[lo:hi], and whether one stands whole in it.
func (w *words) in(line []byte, lo, hi int, kind byte) (overlaps, whole bool) {
	if kind == hexID {
		in := slices.ContainsFunc(w.hex, func(word []byte) bool { return bytes.Contains(line[lo:hi], word) })
		return in, in
	}
	var room [16]literal.Hit
	for _, h := range w.all().Append(room[:0], line, lo-w.longest, hi) {
		end := h.Pos + len(w.texts[h.Lit])
		overlaps, whole = overlaps || end > lo, whole || h.Pos >= lo && end <= hi
	}
	return overlaps, whole
}

// newWords picks those of the literals, and of those that matter in hexadecimal.
func newWords(literals, inHex []string) (w words) {
	for _, l := range literals {
		if !slices.ContainsFunc([]byte(l), isAlphanumeric) || slices.Contains(w.texts, l) {
			continue
		}
		w.texts, w.longest = append(w.texts, l), max(w.longest, len(l))
		if !slices.ContainsFunc([]byte(l), func(c byte) bool { return !isHex(c) }) && slices.Contains(inHex, l) {
			w.hex = append(w.hex, []byte(l))
		}
	}
	texts := w.texts
	w.all = sync.OnceValue(func() *literal.Set {
		set, err := literal.New(texts)
		if err != nil {
			panic("scanner: words that were in sets before: " + err.Error())
		}
		return set
	})
	return w
}

func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }
