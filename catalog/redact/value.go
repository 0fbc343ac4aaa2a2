package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A value is what stands behind a separator: s[start:end], without its quotes.
type value struct {
	start, end int
	next       int // where the text goes on behind the closing quote
}

// maxGap is how many spaces may stand around a separator, as in aligned banners.
const maxGap = 16

// valueStart skips from behind a separator to the value: spaces, Go's and Swift's Optional(,
// PHP's string(5).
func (x *scan) valueStart(i int, arrow bool) int {
	s := x.s
	for n := 0; i < len(s) && n < maxGap && (s[i] == ' ' || s[i] == '\t' || arrow && isSpace(s[i])); n++ {
		i++
	}
	for _, wrap := range []string{"Optional(", "string("} {
		if !hasAt(s, i, wrap) {
			continue
		}
		j := i + len(wrap)
		if wrap == "string(" {
			for j < len(s) && isDigit(s[j]) {
				j++
			}
			if !hasAt(s, j, `) "`) {
				continue
			}
			j += 2
		}
		return j
	}
	return i
}

// quoteAt recognises an opening quote with the backslashes before it.
func quoteAt(s string, i int) (quote byte, slashes, open int) {
	j := i
	for j < len(s) && j-i < 15 && s[j] == '\\' {
		j++
	}
	if j < len(s) && (s[j] == '"' || s[j] == '\'' || s[j] == '`') {
		return s[j], j - i, j + 1
	}
	return 0, 0, i
}

// quotedValue reads the value whose quote, with its backslashes, opens before open. A quote
// that never closes, as in a record that was cut, closes at the end of the line.
//
// A quote on the same line closes; an apostrophe only if what follows could follow a value. JSON
// breaks no line within a string, dumps do: with lines set, a quote on a later line closes
// too, under the same condition.
func (x *scan) quotedValue(open int, quote byte, slashes int, doubled, lines bool) value {
	s := x.s
	if doubled = doubled && quote == '"' && hasAt(s, open, `"`); doubled {
		open++
	}
	eol := x.endOfLine(open)
	far := x.farOf(quote, slashes, doubled)
	limit := len(s)
	switch known := far.next > open; {
	case quote == '\'' && known:
		limit = open
	case quote != '\'' && (known || !lines):
		limit = eol
	}
	cut := value{start: open, end: eol, next: eol}
	for j := open; j < limit; j++ {
		n := strings.IndexByte(s[j:limit], quote)
		if n < 0 {
			break
		}
		j += n
		end, next, ok := closes(s, j, slashesBefore(s, j, open), slashes, doubled)
		if ok && (j <= eol && quote != '\'' || bounds(s, next)) {
			if j > eol || quote == '\'' {
				*far = value{end: end, next: next}
			}
			if j > eol && !lines {
				return cut
			}
			return value{start: open, end: end, next: next}
		}
		if doubled && hasAt(s, j+1, `"`) {
			j++
		}
	}
	if far.next <= open && limit == len(s) {
		*far = value{end: -1, next: len(s) + 1}
	}
	if far.next <= open || far.end < 0 || !lines && far.next > eol {
		return cut
	}
	return value{start: open, end: far.end, next: far.next}
}

// farOf returns the place to remember a far closing quote of a sort in. Values that open before
// it close there too, or never; not searching again keeps the whole pass linear.
func (x *scan) farOf(quote byte, slashes int, doubled bool) *value {
	sort := min(slashes, 7)
	switch {
	case doubled:
		sort += 8
	case quote == '\'':
		sort += 16
	case quote != '"':
		sort += 24
	}
	return &x.far[sort]
}

// closes reports whether the quote at j, with its count of backslashes, closes a value opened
// with the given count. A JSON text within a JSON text doubles every backslash and adds one
// to the quote, so at depth d a closing quote has 2^d-1 of them, or that and a multiple of
// 2^(d+1); fewer mean that the text around ends.
func closes(s string, j, before, slashes int, doubled bool) (end, next int, ok bool) {
	if doubled {
		return j, j + 2, before%2 == 0 && hasAt(s, j+1, `"`)
	}
	if before < slashes {
		return j - before, j + 1, true
	}
	return j - slashes, j + 1, before%(2*(slashes+1)) == slashes
}

func slashesBefore(s string, j, low int) int {
	n := 0
	for j-n > low && s[j-n-1] == '\\' {
		n++
	}
	return n
}

// bounds reports whether a quoted value can end before i.
func bounds(s string, i int) bool {
	return i >= len(s) || isSpace(s[i]) || strings.IndexByte(`,;|&)]}>"'\`, s[i]) >= 0
}

// bareEnd returns the end of an unquoted value that begins at i. Separators end an id but
// not a password or a token.
func bareEnd(s string, i int, f flags, kind Kind) int {
	id := idKinds.has(kind) || kind == Host
	start := i
	if kind == Phone {
		for i < len(s) && i-start < 24 && (isDigit(s[i]) || strings.IndexByte("+-().*", s[i]) >= 0) {
			i++
		}
		return trimTail(s, start, i)
	}
	for i < len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) || f&password == 0 && !id {
				return i
			}
			i += n
			continue
		case c <= ' ' || c == 0x7f:
			return trimTail(s, start, i)
		case strings.IndexByte("\"'`|&<>\\", c) >= 0:
			return trimTail(s, start, i)
		case f&password != 0 && strings.IndexByte(",;", c) >= 0:
			if i+1 >= len(s) || isSpace(s[i+1]) || keyAhead(s, i+1) {
				return trimTail(s, start, i)
			}
		case f&password == 0 && strings.IndexByte(",;()[]{}", c) >= 0:
			return trimTail(s, start, i)
		case id && (c == '=' || c == ':') && kind != Device:
			return trimTail(s, start, i)
		}
		i++
	}
	return trimTail(s, start, i)
}

// trimTail takes the punctuation of the sentence or the dump around a value off its end.
func trimTail(s string, start, end int) int {
	for end > start && strings.IndexByte(".,;:)]}!?", s[end-1]) >= 0 {
		end--
	}
	return end
}

// keyAhead reports whether a key with its separator stands at i.
func keyAhead(s string, i int) bool {
	j := i
	for j < len(s) && j-i < maxKey && (isWord(s[j]) || s[j] == '-') {
		j++
	}
	return j > i && j < len(s) && (s[j] == '=' || s[j] == ':')
}
