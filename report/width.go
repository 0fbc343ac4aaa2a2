package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// measure is the one measure of width in this package. Packages that wrap it (x/ansi,
// tablewriter) let the environment decide how wide ambiguous characters are; then the same report
// would look different from one shell to the next.
var measure = displaywidth.Options{ControlSequences: true}

// displayed returns the columns that text takes; terminal styles take none.
func displayed(s string) int { return measure.String(s) }

// A cluster is what a reader sees as one character.
type cluster struct {
	text  string
	width int
}

// clusters calls yield for one cluster after the other.
func clusters(s string) func(yield func(cluster) bool) {
	return func(yield func(cluster) bool) {
		g := measure.StringGraphemes(s)
		for g.Next() {
			if !yield(cluster{g.Value(), g.Width()}) {
				return
			}
		}
	}
}

// truncate shortens text to at most width columns, with an ellipsis where something is missing.
func truncate(text string, width int) string {
	return measure.TruncateString(text, max(width, 0), "…")
}

// truncateStart does so from the left: the end of a path tells more than its start.
func truncateStart(text string, width int) string {
	if over := displayed(text) - width; over > 0 {
		return "…" + skip(text, over+1)
	}
	return text
}

// skip leaves out the clusters that begin in the first n columns.
func skip(text string, n int) string {
	at := 0
	for c := range clusters(text) {
		if n <= 0 {
			break
		}
		n -= c.width
		at += len(c.text)
	}
	return strings.TrimLeft(text[at:], " ")
}
