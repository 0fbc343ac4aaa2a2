package automaton

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// MatchEnd reports whether the pattern of a reverse program matches an end of b.
func (m *Machine) MatchEnd(b []byte) Result {
	leads, classes := m.leads, &m.p.bytes
	st, i := 0, len(b)
	for {
		lead := uint32(unknown)
		for i > 0 {
			if lead = leads[st+int(classes[b[i-1]])]; lead >= flagged {
				break
			}
			st = int(lead)
			i--
		}
		if lead == dead {
			break
		}
		class, width := m.last(b, i)
		switch lead = leads[st+class]; {
		case lead < flagged:
			st = int(lead)
			i -= width
			continue
		case lead == unknown && m.compute(uint32(st), class):
			leads = m.leads
			continue
		case lead == unknown:
			m.stepped += len(b) - i
			if m.drop() {
				return m.MatchEnd(b)
			}
			return Unsure
		case m.steps[lead-flagged].matched != 0:
			m.stepped += len(b) - i
			return Yes
		}
		break
	}
	m.stepped += len(b) - i
	return No
}

// last returns the class of the rune that ends before b[i], or that of the end, and its width.
func (m *Machine) last(b []byte, i int) (class, width int) {
	if i <= 0 {
		return m.p.end(), 0
	}
	if c := b[i-1]; c < utf8.RuneSelf {
		return int(m.p.bytes[c]), 1
	}
	r, width := utf8.DecodeLastRune(b[:i])
	return m.p.classOf(r), width
}

// reversed returns the tree that matches the mirror images of what re matches. Captures are lost.
func reversed(re *syntax.Regexp) *syntax.Regexp {
	out := *re
	switch re.Op {
	case syntax.OpCapture:
		return reversed(re.Sub[0])
	case syntax.OpLiteral:
		out.Rune = slices.Clone(re.Rune)
		slices.Reverse(out.Rune)
	case syntax.OpBeginText:
		out.Op = syntax.OpEndText
	case syntax.OpEndText:
		out.Op = syntax.OpBeginText
	case syntax.OpBeginLine:
		out.Op = syntax.OpEndLine
	case syntax.OpEndLine:
		out.Op = syntax.OpBeginLine
	}
	out.Sub = make([]*syntax.Regexp, len(re.Sub))
	for i, sub := range re.Sub {
		out.Sub[i] = reversed(sub)
	}
	if re.Op == syntax.OpConcat {
		slices.Reverse(out.Sub)
	}
	return &out
}

// orbit lists what folds to a rune, itself left out.
func orbit(r rune) (list []rune) {
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		list = append(list, f)
	}
	return list
}
