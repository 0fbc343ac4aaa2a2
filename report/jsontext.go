package report

import (
	"fmt"
	"unicode/utf8"
)

// escapeHidden replaces every invisible character of an encoded JSON text by its \u escape: the
// value stays the same, and the text can be shown on a terminal. Only strings hold such
// characters, and encoding/json has escaped C0 before.
func escapeHidden(b []byte) []byte {
	if plainJSON(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/16)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r >= 0x7F && invisible(r) {
			out = appendEscape(out, r)
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

func plainJSON(b []byte) bool {
	for _, c := range b {
		if c >= 0x7F {
			return false
		}
	}
	return true
}

// appendString appends a JSON string in which invalid UTF-8 became U+FFFD, and whatever does not
// show is an escape.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7F && c != '"' && c != '\\' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && n == 1
		if c > 0x7F && !bad && !invisible(r) {
			i += n
			continue
		}
		b = append(b, s[from:i]...)
		switch {
		case bad:
			b = utf8.AppendRune(b, utf8.RuneError)
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		default:
			b = appendEscape(b, r)
		}
		i += n
		from = i
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

// appendEscape appends a character as \uXXXX, beyond the first plane as a surrogate pair.
func appendEscape(b []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(b, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
}
