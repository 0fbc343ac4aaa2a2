package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sanitize makes text that comes from a log, a file name or an overlay fit for a terminal and for
// a page: one line of valid UTF-8 in which every character shows. Terminal sequences go as a
// whole, so no "[31m" stays behind; controls of both C0 and C1, bidi controls and zero-width
// characters go alone, so that nothing readable can be hidden behind an unterminated one; every
// kind of white space becomes a space.
func Sanitize(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if n := sequence(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			// 0x80 to 0x9F are C1 controls to a terminal that is not in UTF-8 mode.
			if s[i] >= 0xA0 {
				b.WriteRune(utf8.RuneError)
			}
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case !invisible(r):
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// plain reports whether the text is printable ASCII, as most log lines are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

// maxSequence bounds how far the end of a terminal sequence is looked for.
const maxSequence = 256

// sequence returns the length of the complete terminal sequence that s begins with, or 0.
func sequence(s string) int {
	body, ok := strings.CutPrefix(s, "\x1b")
	var kind byte
	switch {
	case ok && body != "":
		kind, body = body[0], body[1:]
	case strings.HasPrefix(s, "\u009b"), strings.HasPrefix(s, "\u009d"):
		kind, body = s[1]-0x40, s[2:] // the C1 form of ESC [ and ESC ]
	default:
		return 0
	}
	begin := len(s) - len(body)
	body = body[:min(len(body), maxSequence)]
	switch kind {
	case '[':
		for i := range len(body) {
			if c := body[i]; c >= 0x40 && c <= 0x7E {
				return begin + i + 1
			} else if c < 0x20 || c > 0x7E {
				return 0
			}
		}
	case ']', 'P', 'X', '^', '_': // strings that BEL or ST ends
		for i := range len(body) {
			switch {
			case body[i] == '\a':
				return begin + i + 1
			case strings.HasPrefix(body[i:], "\x1b\\"), strings.HasPrefix(body[i:], "\u009c"):
				return begin + i + 2
			case body[i] == '\n':
				return 0
			}
		}
	}
	return 0
}

// invisible reports whether a character shows nothing of its own but may change how others show:
// controls, bidi controls, zero-width characters, tags and other format characters.
func invisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F:
		return true
	case r < 0xAD:
		return false
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0: // joiner and fillers
		return true
	case r == 0x17B4, r == 0x17B5, r >= 0x180B && r <= 0x180F:
		return true
	case r == 0x2028, r == 0x2029, r >= 0xFFF0 && r <= 0xFFFB:
		return true
	case r >= 0xFE00 && r <= 0xFE0F: // variation selectors
		return true
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE: // no characters at all
		return true
	case r >= 0xE0000 && r <= 0xE0FFF: // tags
		return true
	}
	return unicode.Is(unicode.Cf, r)
}
