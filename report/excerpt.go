package report

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// excerpt shortens a log record to at most width columns of sanitized text, so that the number of
// one of the codes can be seen.
func excerpt(text string, width int, codes ...tally.Key) string {
	text = Sanitize(strings.TrimSpace(text))
	if displayed(text) <= width {
		return text
	}
	at, n := findCode(text, codes)
	right := displayed(text[:at+n])
	if right <= width-1 {
		return truncate(text, width)
	}
	// Leave a third of the room for what follows the number.
	left := max(right-width*2/3, 1)
	return truncate("…"+skip(text, left), width)
}

// findCode returns where the first of the numbers stands that is no part of a longer one.
func findCode(text string, codes []tally.Key) (at, n int) {
	for _, k := range codes {
		number := strconv.Itoa(k.Code)
		for from := 0; ; {
			i := strings.Index(text[from:], number)
			if i < 0 {
				break
			}
			i += from
			from = i + len(number)
			if (i == 0 || !digit(text[i-1])) && (from == len(text) || !digit(text[from])) {
				return i, len(number)
			}
		}
	}
	return 0, 0
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// place names where a sample stands, as file:line, in at most width columns.
func place(s *tally.Sample, width int) string {
	at := ":" + strconv.FormatInt(s.Line, 10)
	if s.Line == 0 {
		at = " @" + strconv.FormatInt(s.Offset, 10) // the line is not known, the byte is
	}
	return truncateStart(Sanitize(s.Source), width-len(at)) + at
}
