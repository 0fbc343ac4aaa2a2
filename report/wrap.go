package report

import (
	"strings"
	"unicode/utf8"
)

// Characters that Chinese and Latin typography keep away from the start or the end of a line.
const (
	noLineStart = "，。、；：！？）」』】〉》〕’”…—·％℃,.;:!?)]}>%"
	noLineEnd   = "（「『【〈《〔‘“([{<$#"
)

// Wrap breaks text into lines of at most width columns; a width below 2 counts as 2. Text should
// be [Sanitize]d. Lines break at spaces and between Chinese characters, never within a number or
// an identifier unless it is longer than a line, and none starts with a closing mark such as "，".
// Nothing is lost but the spaces at which lines break; runs of spaces become one. There is always
// at least one line.
func Wrap(text string, width int) []string {
	width = max(width, 2)
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for _, a := range atoms(text) {
		gap := 0
		if a.spaced && used > 0 {
			gap = 1
		}
		if used > 0 && used+gap+a.width > width {
			flush()
			gap = 0
		}
		if a.width > width {
			pieces := split(a.text, width)
			for _, p := range pieces[:len(pieces)-1] {
				line.WriteString(p)
				flush()
			}
			a.text = pieces[len(pieces)-1]
			a.width = displayed(a.text)
		}
		if gap > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(a.text)
		used += gap + a.width
	}
	if used > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// An atom is text within which no line may break.
type atom struct {
	text   string
	width  int
	spaced bool // a space stands before it
}

// atoms cuts text at every place where a line may break.
func atoms(text string) []atom {
	var out []atom
	begin, width := 0, 0 // of the atom that grows
	spaced := false
	var last cluster
	end := func(at int) {
		if begin < at {
			out = append(out, atom{text[begin:at], width, spaced})
		}
		begin, width, spaced = at, 0, false
	}
	i := 0
	for c := range clusters(text) {
		next := i + len(c.text)
		if c.text == " " {
			end(i)
			begin, spaced = next, true
		} else {
			if width > 0 && breakable(last, c) {
				end(i)
			}
			width += c.width
			last = c
		}
		i = next
	}
	end(len(text))
	return out
}

// breakable reports whether a line may break between two neighbours. Quotation marks are narrow on
// a terminal, and yet end a word as a wide mark does: without a break around them, a quotation in
// Chinese text would glue the words on both its sides into one. ’ is an apostrophe too, so it is
// part of a word.
func breakable(a, b cluster) bool {
	if b.width == 0 || startsWith(b.text, noLineStart) || startsWith(a.text, noLineEnd) {
		return false
	}
	return a.width > 1 || b.width > 1 || startsWith(a.text, "”") || startsWith(b.text, "“")
}

func startsWith(s, set string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(set, r)
}

// split cuts an atom that is longer than a line into pieces of at most width columns. Where it
// can, a piece leaves a character to the next one that keeps a closing mark from starting it.
func split(text string, width int) []string {
	var out []string
	begin, prev, at, used := 0, 0, 0, 0
	for c := range clusters(text) {
		if used > 0 && used+c.width > width {
			cut := at
			if startsWith(c.text, noLineStart) && prev > begin && displayed(text[prev:at])+c.width <= width {
				cut = prev
			}
			out = append(out, text[begin:cut])
			begin = cut
			used = displayed(text[begin:at])
		}
		prev = at
		at += len(c.text)
		used += c.width
	}
	return append(out, text[begin:])
}
