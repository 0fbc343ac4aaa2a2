package dash

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/imtriage/imtriage/catalog"
)

// measure is the one measure of width here, the same as in package report, so that no setting of the
// environment moves a column.
var measure = displaywidth.Options{}

func columns(s string) int { return measure.String(s) }

// cut shortens text to at most so many columns.
func cut(s string, width int) string {
	if width < 1 {
		return "" // not even the ellipsis
	}
	return measure.TruncateString(s, width, "…")
}

// fit makes text exactly so wide: filled up with spaces, or cut with an ellipsis.
func fit(s string, width int) string {
	s = cut(s, width)
	return s + strings.Repeat(" ", max(width-columns(s), 0))
}

// fitRight does so with the spaces on the left, as numbers stand.
func fitRight(s string, width int) string {
	s = cut(s, width)
	return strings.Repeat(" ", max(width-columns(s), 0)) + s
}

// fitEnd cuts on the left: the end of a path tells more than its start.
func fitEnd(s string, width int) string {
	if columns(s) <= width || width < 1 {
		return fit(s, width)
	}
	over := columns(s) - width + 1
	rest := s
	for g := measure.StringGraphemes(s); over > 0 && g.Next(); {
		over -= g.Width()
		rest = rest[len(g.Value()):]
	}
	return fit("…"+rest, width)
}

// withoutLast leaves out the last character as a reader sees it.
func withoutLast(s string) string {
	last := 0
	for g := measure.StringGraphemes(s); g.Next(); {
		last = len(g.Value())
	}
	return s[:len(s)-last]
}

// A style is how a piece of a line looks. Colours are of the terminal's own sixteen, so that they suit
// a light one and a dark one; none of them alone says anything that no word says.
type style uint8

const (
	plain style = iota
	bold
	faint
	good
	bad
	fatal
	failed // of class error
	warning
	info
)

// styles are the terminal's words for that: SGR parameters.
var styles = [...]string{
	plain: "", bold: "1", faint: "2", good: "32", bad: "31",
	fatal: "1;31", failed: "31", warning: "33", info: "36",
}

func classStyle(c catalog.Class) style {
	switch c {
	case catalog.Fatal:
		return fatal
	case catalog.Error:
		return failed
	case catalog.Warning:
		return warning
	}
	return info
}

// A span is a piece of a line in one style. Its text is fit for a terminal.
type span struct {
	text  string
	style style
}

// draw makes a line of exactly so many columns.
func draw(width int, chosen bool, spans ...span) string {
	var b strings.Builder
	left := width
	put := func(s span) {
		sgr := styles[s.style]
		if chosen {
			sgr = strings.TrimPrefix(sgr+";7", ";") // reversed
		}
		if sgr == "" {
			b.WriteString(s.text)
			return
		}
		b.WriteString("\x1b[" + sgr + "m" + s.text + "\x1b[m")
	}
	for _, s := range spans {
		wide := columns(s.text)
		if wide > left {
			s.text, wide = fit(s.text, left), left
		}
		if s.text == "" {
			continue
		}
		left -= wide
		put(s)
	}
	if left > 0 {
		put(span{strings.Repeat(" ", left), plain})
	}
	return b.String()
}
