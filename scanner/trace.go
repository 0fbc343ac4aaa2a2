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
	needs  []automaton.Need
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
	t.needs = append(t.needs[:0], make([]automaton.Need, len(t.holes))...)
}

func (t *trace) note(hole int, n automaton.Need) { t.needs[hole] = max(t.needs[hole], n) }

// noteAll notes that the outcome depends on where everything stands.
func (t *trace) noteAll() {
	for i := range t.needs {
		t.note(i, automaton.Length)
	}
}

// noteBytes notes that the outcome depends on what stands in buf[lo:hi].
func (t *trace) noteBytes(lo, hi int) {
	for i := range t.holes {
		if h := &t.holes[i]; h.Lo < hi-t.lo && lo-t.lo < h.Hi {
			t.note(i, automaton.Bytes)
		}
	}
}

// noteEdge notes that a position in the line counts: inside a hole it is counted from where that begins.
func (t *trace) noteEdge(pos int) {
	for i := range t.holes {
		if h := &t.holes[i]; h.Lo < pos && pos < h.Hi {
			t.note(i, automaton.Length)
		}
	}
}

// noteWords notes holes that could make one of the words: what stands beside them is what stands beside its digits.
func (t *trace) noteWords(line []byte, all []besideDigits) {
	for i := range t.holes {
		h := &t.holes[i]
		for _, w := range all {
			if h.Lo >= len(w.left) && h.Hi+len(w.right) <= len(line) &&
				equalFold(line[h.Lo-len(w.left):h.Lo], w.left) && equalFold(line[h.Hi:h.Hi+len(w.right)], w.right) {
				t.note(i, automaton.Bytes)
				break
			}
		}
	}
}

// besideDigits is what stands on either side of a run of digits in a word, folded.
type besideDigits struct{ left, right string }

// digitsOf lists the digits of words.
func digitsOf(words []string) (all []besideDigits) {
	for _, w := range words {
		from := 0 // behind the digits before
		for lo := 0; lo < len(w); lo++ {
			hi := lo
			for hi < len(w) && isDigit(w[hi]) {
				hi++
			}
			if hi == lo {
				continue
			}
			end := hi
			for end < len(w) && !isDigit(w[end]) {
				end++
			}
			if b := (besideDigits{w[from:lo], w[hi:end]}); !slices.Contains(all, b) {
				all = append(all, b)
			}
			from, lo = hi, hi
		}
	}
	return all
}

// equalFold compares with a folded text of the same length as literals are compared.
func equalFold(b []byte, folded string) bool {
	for i, c := range b {
		if lower := c | 0x20; c != folded[i] && (lower != folded[i] || !isLetter(c)) {
			return false
		}
	}
	return true
}

// noteLetters notes that the outcome depends on the letters of the line.
func (t *trace) noteLetters() {
	for i := range t.holes {
		if len(t.holes[i].Alphabet) > len("0123456789") {
			t.note(i, automaton.Bytes)
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
	switch reached := m.NeedsEnd(b, t.at(at), t.note); {
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

// pins returns the holes that make a difference, those that did before among them.
func (t *trace) pins(before []pin) (pins []pin) {
	for _, p := range before {
		t.note(p.hole, p.need)
	}
	for i, n := range t.needs {
		if n != automaton.Nothing {
			pins = append(pins, pin{i, n})
		}
	}
	return pins
}
