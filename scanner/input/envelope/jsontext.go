package envelope

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// stringEnd returns where the string ends that begins behind the quote before i: the place of its closing quote, or -1.
func stringEnd(b []byte, i int) int {
	for at := i; ; {
		q := bytes.IndexByte(b[at:], '"')
		if q < 0 {
			return -1
		}
		q += at
		if oddBackslashes(b[i:q]) {
			at = q + 1
			continue
		}
		return q
	}
}

// oddBackslashes reports whether b ends in the first half of an escape.
func oddBackslashes(b []byte) bool {
	n := len(b)
	for n > 0 && b[n-1] == '\\' {
		n--
	}
	return (len(b)-n)%2 == 1
}

// unescape appends what the inside of a JSON string stands for; false if that is no JSON. Half a surrogate pair
// becomes U+FFFD, bytes that are no UTF-8 stay as they are.
func unescape(dst, b []byte) (_ []byte, ok bool) {
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			return append(dst, b...), true
		}
		if i+1 >= len(b) {
			return dst, false
		}
		dst = append(dst, b[:i]...)
		c := escapes[b[i+1]]
		switch {
		case c != 0:
			dst, b = append(dst, c), b[i+2:]
			continue
		case b[i+1] != 'u':
			return dst, false
		}
		r, ok := unicode(b[i:])
		if !ok {
			return dst, false
		}
		b = b[i+6:]
		if utf16.IsSurrogate(r) {
			if low, ok := unicode(b); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				r, b = utf16.DecodeRune(r, low), b[6:]
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
}

// escapes are what a byte behind a backslash stands for; 0 for none.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unicode reads \u00e9.
func unicode(b []byte) (r rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		switch {
		case isDigit(c):
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// blanks returns where the white space at i ends.
func blanks(b []byte, i int) int {
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// valueEnd returns where the JSON value at i ends, or -1 if b is over before. It looks at brackets and strings alone.
func valueEnd(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = stringEnd(b, i+1); i < 0 {
				return -1
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	if depth > 0 {
		return -1
	}
	return i
}

// appendOneLine appends JSON without the line breaks outside of its strings and the indentation behind them.
func appendOneLine(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '\n')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, bytes.TrimRight(b[:i], " \t\r")...)
		b = b[blanks(b, i):]
	}
}
