package envelope

import "bytes"

// A skeleton follows the brackets and strings of a JSON value over any number of pieces. It tells where the value ends,
// and where it cannot be JSON: a bracket closes another kind, a string is followed by what cannot follow, or there are
// bytes outside of strings that are none of JSON's. That is enough to find a quote that was lost at the next string.
type skeleton struct {
	due   []byte // closing brackets, the next one last
	state skeletonState
}

type skeletonState uint8

const (
	between skeletonState = iota // values and their marks
	inString
	escaped // in a string, behind a backslash
	behind  // a string
)

// verdicts of a skeleton.
type verdict uint8

const (
	goesOn verdict = iota
	complete
	broken
)

// maxDepth bounds the nesting of a value.
const maxDepth = 4096

func (s *skeleton) reset() { s.due, s.state = s.due[:0], between }

// scan takes the next piece, and returns how much of it belongs to the value or was sound. The first piece begins with
// the bracket or quote of the value.
func (s *skeleton) scan(b []byte) (n int, v verdict) {
	for i := 0; i < len(b); {
		switch s.state {
		case escaped:
			s.state = inString
			i++
		case inString:
			q := bytes.IndexByte(b[i:], '"')
			if q < 0 {
				if oddBackslashes(b[i:]) {
					s.state = escaped
				}
				return len(b), goesOn
			}
			if odd := oddBackslashes(b[i : i+q]); !odd {
				s.state = behind
				if len(s.due) == 0 {
					return i + q + 1, complete
				}
			}
			i += q + 1
		case behind:
			for i < len(b) && isBlank(b[i]) {
				i++
			}
			if i == len(b) {
				return i, goesOn
			}
			if c := b[i]; c != ':' && c != ',' && c != '}' && c != ']' {
				return i, broken
			}
			s.state = between
		default:
			if i, v = s.marks(b, i); v != goesOn {
				return i, v
			}
		}
	}
	return len(b), goesOn
}

// marks goes on from i to the next string.
func (s *skeleton) marks(b []byte, i int) (int, verdict) {
	for ; i < len(b); i++ {
		switch c := b[i]; kinds[c] {
		case mark:
		case quote:
			s.state = inString
			return i + 1, goesOn
		case opening:
			if len(s.due) == maxDepth {
				return i, broken
			}
			s.due = append(s.due, c+2) // ] stands two behind [, and } behind {
		case closing:
			top := len(s.due) - 1
			if top < 0 || s.due[top] != c {
				return i, broken
			}
			if s.due = s.due[:top]; top == 0 {
				return i + 1, complete
			}
		default:
			return i, broken
		}
	}
	return i, goesOn
}

// kinds are what a byte is outside of a string.
const (
	foreign = iota
	mark
	quote
	opening
	closing
)

var kinds = func() (k [256]uint8) {
	for _, c := range []byte(" \t\r\n,:+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		k[c] = mark
	}
	k['"'], k['{'], k['['], k['}'], k[']'] = quote, opening, opening, closing, closing
	return k
}()

// held takes the feed's next value, which begins with a bracket or a quote. It is complete when all of it is in the
// feed; it goes on when it is too long or the input is over.
func (s *skeleton) held(f *feed) (n int, v verdict) {
	s.reset()
	for {
		b := f.rest()
		m, v := s.scan(b[n:])
		if n += m; v != goesOn || !f.more() {
			return n, v
		}
	}
}
