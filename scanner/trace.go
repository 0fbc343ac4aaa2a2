package scanner

import (
	"slices"

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
		t.holes = append(t.holes, automaton.Hole{Lo: int(h.lo), Hi: int(h.hi), Alphabet: s.alphabet(i)})
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
