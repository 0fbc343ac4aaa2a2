package scanner

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// A trace follows what is done with a line and notes on which of its holes the outcome depends. Whatever looks at
// digits or letters of the line beside the literals of specs tells it.
type trace struct {
	buf    []byte // the block
	lo, hi int    // the line
	holes  []automaton.Hole
	needs  []pin
	spoilt bool // the outcome depends on more than the line

	shifted []automaton.Hole
}

// begin starts a trace of the line buf[lo:hi].
func (t *trace) begin(buf []byte, lo, hi int, s *shape) {
	t.buf, t.lo, t.hi, t.spoilt = buf, lo, hi, false
	t.holes = t.holes[:0]
	for i := range s.holes {
		h := &s.holes[i]
		t.holes = append(t.holes, automaton.Hole{Lo: int(h.lo), Hi: int(h.hi), Alphabet: h.alphabet()})
	}
	t.needs = append(t.needs[:0], make([]pin, len(t.holes))...)
}

// note notes what is needed of a hole.
func (t *trace) note(hole int, n automaton.Need, kinds *automaton.Kinds) {
	p := &t.needs[hole]
	p.need |= n
	if n&automaton.First != 0 {
		p.first = refined(p.first, kinds)
	}
	if n&automaton.Last != 0 {
		p.last = refined(p.last, kinds)
	}
	if t.holes[hole].Alphabet != digitAlphabet {
		return
	}
	if p.need&^automaton.Length != 0 { // of a number it is never only one digit
		*p = pin{need: automaton.Bytes}
	}
}

// refined returns kinds that tell apart what both do. What it is given stays as it is.
func refined(a, b *automaton.Kinds) *automaton.Kinds {
	if a == nil {
		return b
	}
	both := *a
	both.Refine(b)
	return &both
}

// noteAll notes that the outcome depends on where everything stands.
func (t *trace) noteAll() {
	for i := range t.needs {
		t.note(i, automaton.Length, nil)
	}
}

// noteBytes notes that the outcome depends on what stands in buf[lo:hi].
func (t *trace) noteBytes(lo, hi int) {
	for i := range t.holes {
		if h := &t.holes[i]; h.Lo < hi-t.lo && lo-t.lo < h.Hi {
			t.note(i, automaton.Bytes, nil)
		}
	}
}

// noteEdge notes that a position in the line counts: inside a hole it is counted from where that begins.
func (t *trace) noteEdge(pos int) {
	for i := range t.holes {
		if h := &t.holes[i]; h.Lo < pos && pos < h.Hi {
			t.note(i, automaton.Length, nil)
		}
	}
}

// noteWords notes holes that could hold a part of one of the words: beside them stands what stands beside that part.
func (t *trace) noteWords(line []byte, all *besideWords) {
	for i := range t.holes {
		var list []beside // that no word overlaps an id of all letters was seen when it was found
		switch t.holes[i].Alphabet {
		case digitAlphabet:
			list = all.numbers
		case hexAlphabet:
			list = all.hex
		}
		for _, w := range list {
			if t.follows(line, i, w.right) && t.precedes(line, i, w.left) {
				t.note(i, automaton.Bytes, nil)
				break
			}
		}
	}
}

// follows reports whether a folded text could stand behind hole i, as far as the next hole, which could hold what follows.
func (t *trace) follows(line []byte, i int, text string) bool {
	end := len(line)
	if i+1 < len(t.holes) {
		end = t.holes[i+1].Lo
	}
	for n, pos := 0, t.holes[i].Hi; n < len(text); n, pos = n+1, pos+1 {
		if pos == end {
			word := text[n:]
			if to := strings.IndexFunc(word, notAlphanumeric); to >= 0 {
				word = word[:to]
			}
			return end < len(line) && t.couldHold(i+1, word, text[n])
		}
		if fold(line[pos]) != text[n] {
			return false
		}
	}
	return true
}

// precedes reports whether a folded text could stand before hole i.
func (t *trace) precedes(line []byte, i int, text string) bool {
	begin := 0
	if i > 0 {
		begin = t.holes[i-1].Hi
	}
	for n, pos := len(text)-1, t.holes[i].Lo-1; n >= 0; n, pos = n-1, pos-1 {
		if pos < begin {
			word := text[:n+1]
			word = word[strings.LastIndexFunc(word, notAlphanumeric)+1:]
			return begin > 0 && t.couldHold(i-1, word, text[n])
		}
		if fold(line[pos]) != text[n] {
			return false
		}
	}
	return true
}

// couldHold reports whether a hole could hold the part of a word of which the edge lies at that of the hole: an id holds
// letters and digits up to the next other character, a number holds digits alone.
func (t *trace) couldHold(i int, part string, edge byte) bool {
	if t.holes[i].Alphabet == digitAlphabet {
		return isDigit(edge)
	}
	return part != "" && strings.Trim(part, t.holes[i].Alphabet) == ""
}

func notAlphanumeric(r rune) bool { return r >= utf8.RuneSelf || !isAlphanumeric(byte(r)) }

// besideWords lists what stands beside the parts of words that could lie in a hole: their numbers, and what of them
// is hexadecimal between other characters.
type besideWords struct{ numbers, hex []beside }

// beside is what stands on either side of a part of a word, folded.
type beside struct{ left, right string }

func besideAll(words []string) *besideWords {
	var all besideWords
	for _, w := range words {
		all.numbers = besideParts(all.numbers, w, isDigit)
		for _, b := range besideParts(nil, w, isHex) {
			ends := b.right == "" || !isAlphanumeric(b.right[0])
			begins := b.left == "" || !isAlphanumeric(b.left[len(b.left)-1])
			if ends && begins && b != (beside{}) && !slices.Contains(all.hex, b) {
				all.hex = append(all.hex, b)
			}
		}
	}
	return &all
}

// besideParts adds what stands beside the parts of a word whose bytes are in.
func besideParts(all []beside, w string, in func(byte) bool) []beside {
	for lo := 0; lo < len(w); lo++ {
		hi := lo
		for hi < len(w) && in(w[hi]) {
			hi++
		}
		if b := (beside{w[:lo], w[hi:]}); hi > lo && !slices.Contains(all, b) {
			all = append(all, b)
		}
		lo = hi
	}
	return all
}

// fold folds a byte as literals are compared.
func fold(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// noteLetters notes that the outcome depends on the letters of the line.
func (t *trace) noteLetters() {
	for i := range t.holes {
		if t.holes[i].Alphabet != digitAlphabet {
			t.note(i, automaton.Bytes, nil)
		}
	}
}

// offset returns where b, a part of the block, begins in the line.
func (t *trace) offset(b []byte) int { return cap(t.buf) - cap(b) - t.lo }

// at returns the holes as they lie in a text that begins at that offset of the line.
func (t *trace) at(offset int) []automaton.Hole {
	t.shifted = append(t.shifted[:0], t.holes...)
	for i := range t.shifted {
		t.shifted[i].Lo -= offset
		t.shifted[i].Hi -= offset
	}
	return t.shifted
}

// forward follows a pattern on b, a part of the block, and returns how far it looked.
func (t *trace) forward(m *automaton.Machine, b []byte) (reached int) {
	at := t.offset(b)
	reached = m.Needs(b, t.at(at), t.note)
	switch end := t.hi - t.lo - at; {
	case len(b) > end:
		t.spoilt = t.spoilt || reached > end
	case len(b) < end && reached > len(b):
		t.noteAll() // it saw where a window ends
	}
	return reached
}

// backward follows a pattern that is to end where b does.
func (t *trace) backward(m *automaton.Machine, b []byte) {
	at := t.offset(b)
	reached := m.NeedsEnd(b, t.at(at), t.note)
	for i := range t.shifted {
		if h := &t.shifted[i]; h.Lo >= 0 && h.Lo > reached && h.Hi <= len(b) {
			t.note(i, automaton.Length, nil) // behind a longer one the window would end before that
		}
	}
	switch {
	case at < 0:
		t.spoilt = true
	case at > 0 && reached < 0:
		t.noteAll()
	}
}

// whole notes that the outcome depends on all of b, a part of the block.
func (t *trace) whole(b []byte) {
	at := t.offset(b)
	t.spoilt = t.spoilt || at < 0 || at+len(b) > t.hi-t.lo
	t.noteBytes(t.lo+at, t.lo+at+len(b))
}

// number notes what parseCode and endsNumber look at: the number buf[lo:hi] and what follows.
func (t *trace) number(lo, hi int) {
	t.noteBytes(lo, hi)
	if hi < len(t.buf) && slices.Contains([]byte(".%-/:"), t.buf[hi]) {
		t.noteBytes(hi+1, hi+3)
	}
}

// pins returns the holes that make a difference, those that did before among them. It is not possible if that is what
// stands in an id: no other line has the same.
func (t *trace) pins(before []pin) (pins []pin, possible bool) {
	for i := range before {
		p := &before[i]
		t.note(p.hole, p.need&^(automaton.First|automaton.Last), nil)
		if p.first != nil {
			t.note(p.hole, automaton.First, p.first)
		}
		if p.last != nil {
			t.note(p.hole, automaton.Last, p.last)
		}
	}
	possible = true
	for i := range t.needs {
		p := t.needs[i]
		if t.holes[i].Alphabet != digitAlphabet && p.need&automaton.Bytes != 0 {
			possible = false
			p.need &^= automaton.Bytes
		}
		if p.hole = i; p.need != 0 {
			pins = append(pins, p)
		}
	}
	return pins, possible
}
