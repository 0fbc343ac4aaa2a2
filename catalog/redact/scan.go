package redact

// A scan is one pass over one text.
type scan struct {
	s     string
	kinds kindSet
	spans []Span

	done      int // everything before is dealt with: no span may begin earlier
	keepTo    int // a value that is kept by request ends here
	seen6     int // runs of hex and colons before this were judged as addresses
	lineEnd   int // cached by endOfLine, -1 before the first use
	jwtTo     int // runs before this were judged as tokens
	hexTo     int // runs of hex before this were judged as keys
	sendAt    int // where the record first tells of a send, its length if nowhere
	far       [32]value
	context   contexts
	contextOK bool
}

// A class says why a byte may be interesting.
type class uint8

const (
	plain     class = iota
	digit           // phone numbers, IPv4, hex keys, the 2 of C2C
	separator       // : and =, keys and IPv6
	wide            // first byte of a full-width colon
	at              // e-mail, credentials in a URL
	percent         // an escaped @ or quote
	letterE         // eJw… tickets, eyJ… tokens
	letterA         // AKID…
	letterB         // Bearer
	dash            // -----BEGIN
)

var classes = func() (t [256]class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = digit
	}
	t[':'], t['='] = separator, separator
	t[0xEF] = wide
	t['@'], t['%'], t['e'], t['A'] = at, percent, letterE, letterA
	t['b'], t['B'], t['-'] = letterB, letterB, dash
	return t
}()

func (x *scan) run() {
	s := x.s
	for i := 0; i < len(s); {
		next := i + 1
		switch classes[s[i]] {
		case plain:
			i++
			continue
		case digit:
			next = x.number(i)
		case separator:
			next = x.pair(i, 1)
			if s[i] == ':' && next == i+1 {
				next = x.address6(i)
			}
		case wide:
			if hasAt(s, i, "：") {
				next = x.pair(i, len("："))
			}
		case at:
			next = x.at(i, 1)
		case percent:
			if hasAt(s, i, "%40") {
				next = x.at(i, 3)
			} else {
				next = x.escaped(i)
			}
		case letterE:
			next = x.ticket(i)
		case letterA:
			next = x.secretID(i)
		case letterB:
			next = x.bearer(i)
		case dash:
			next = x.pem(i)
		}
		i = max(next, i+1)
	}
}

// emit records s[start:end] as a find if the kind is wanted, and otherwise lets the pass
// look inside. It returns where to go on.
func (x *scan) emit(start, end int, k Kind) int {
	start = max(start, x.done)
	if start >= end || !x.kinds.has(k) || start < x.keepTo && !secretKinds.has(k) {
		return start
	}
	x.spans = append(x.spans, Span{start, end, k})
	x.done = end
	return end
}

// endOfLine returns the end of the line that holds i. Asked with rising i it is linear in all.
func (x *scan) endOfLine(i int) int {
	if x.lineEnd < i {
		j := i
		for j < len(x.s) && x.s[j] != '\n' {
			j++
		}
		x.lineEnd = j
	}
	return x.lineEnd
}

func hasAt(s string, i int, lit string) bool {
	return len(s)-i >= len(lit) && s[i:i+len(lit)] == lit
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isLetter(c byte) bool { return (c|0x20)-'a' < 26 }

func isHex(c byte) bool { return isDigit(c) || (c|0x20)-'a' < 6 }

// isWord reports whether c can be part of an identifier; other bytes bound words, Chinese
// letters included, since Chinese text puts no spaces around a UserID.
func isWord(c byte) bool { return isDigit(c) || isLetter(c) || c == '_' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
