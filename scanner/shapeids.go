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

// An id is line[lo:hi], with the holes that the numbers in it would be.
type id struct {
	lo, hi      int
	first, last int // holes[first:last]
	kind        byte
}

// findIDs finds ids such as 4bf92f3577b34da6, 550e8400-e29b-41d4-a716-446655440000 and TnzlC5oWbEki11WPNOX9Au.
func (s *shape) findIDs(line []byte, words *words) {
	s.ids = s.ids[:0]
	for k := 0; k < len(s.holes); k++ {
		h := &s.holes[k]
		if h.lo == 0 || int(h.hi) == len(line) || !isLetter(line[h.lo-1]) || !isLetter(line[h.hi]) {
			continue
		}
		w := id{first: k, last: k + 1}
		w.lo, w.hi, w.kind = idAround(line, int(h.lo))
		for w.first > 0 && int(s.holes[w.first-1].lo) >= w.lo {
			w.first--
		}
		for w.last < len(s.holes) && int(s.holes[w.last].lo) < w.hi {
			w.last++
		}
		if w.kind != 0 && s.isID(line, &w, words) {
			s.ids = append(s.ids, w)
		}
		k = w.last - 1
	}
}

// isID reports whether what looks like an id holds none of the words. The last one that holds a word whole is remembered,
// because the names of functions are met again and again: HandleA2D2OnlineResponse.
func (s *shape) isID(line []byte, w *id, words *words) bool {
	text := line[w.lo:w.hi]
	if bytes.Equal(text, s.wordy) {
		return false
	}
	overlaps, whole := words.in(line, w.lo, w.hi, w.kind)
	if whole {
		s.wordy = append(s.wordy[:0], text...)
	}
	return !overlaps
}

// takeOut makes holes of the parts of an id, which are what stands between its dashes, instead of the numbers in it.
func (s *shape) takeOut(line []byte, w *id) {
	var room struct { // few ids have more parts
		text, kinds [16]byte
		ends        [16]int32
	}
	text, kinds, ends := room.text[:0], room.kinds[:0], room.ends[:0]
	for at := w.lo; at < w.hi; {
		end := w.hi
		if i := bytes.IndexByte(line[at:w.hi], '-'); i >= 0 {
			end = at + i
		}
		if text, kinds = append(text, w.kind), append(kinds, w.kind); end < w.hi {
			text = append(text, '-')
		}
		ends = append(ends, int32(at), int32(end))
		at = end + 1
	}
	lo, hi := s.inText(w.lo, w.first), s.inText(w.hi, w.last)
	s.text = slices.Replace(s.text, lo, hi, text...)
	s.edges = slices.Replace(s.edges, 1+2*w.first, 1+2*w.last, ends...)
	s.kinds = slices.Replace(s.kinds, w.first, w.last, kinds...)
	s.holes = holesOf(s.edges[1:])
}

// inText returns where in the text a place of the line is that has so many holes before it, each one byte of the text.
func (s *shape) inText(pos, holes int) int {
	for _, h := range s.holes[:holes] {
		pos -= int(h.hi-h.lo) - 1
	}
	return pos
}

// idAround returns the run of letters and digits, and single dashes between them, around a place, and the kind of holes
// that it has if it looks like an id, or 0.
func idAround(line []byte, at int) (lo, hi int, kind byte) {
	lo = at
	for lo > 0 && (class[line[lo-1]] != 0 || line[lo-1] == '-' && lo > 1 && class[line[lo-2]] != 0) {
		lo--
	}
	// How often digits and letters stand side by side nobody could predict: that is counted without branches.
	mixed, all, before := 0, uint8(0), uint8(0)
	for hi = lo; hi < len(line); hi++ {
		now := class[line[hi]]
		if now == 0 && (line[hi] != '-' || hi+1 == len(line) || class[line[hi+1]] == 0) {
			break
		}
		mixed += int((now&(before>>1) | now>>1&before) & aDigit)
		all |= now
		before = now
	}
	switch {
	case mixed < minMixed, hi-lo < minID, hi < len(line) && line[hi] == '_':
		return lo, hi, 0
	case all&beyondHex != 0:
		return lo, hi, wordID
	}
	return lo, hi, hexID
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
