package tally

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// clean makes a string fit to be kept: at most limit bytes of valid UTF-8, cut between runes.
// An invalid byte becomes the four characters \xNN, so names that differ in one stay different.
func clean(s string, limit int) string {
	if utf8.ValidString(s) {
		return cut(s, limit)
	}
	var b strings.Builder
	for s != "" && b.Len() < limit {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return cut(b.String(), limit)
}

// cut shortens a string to at most limit bytes without splitting a rune.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
