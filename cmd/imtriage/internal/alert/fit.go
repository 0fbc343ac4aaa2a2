package alert

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What is longer than that is cut before a message is made: no receiver has room for more, and a text
// of any length must not cost more than its reading.
const (
	mostEvidence = 4 << 10 // bytes
	mostText     = 2 << 10
	mostSteps    = 20
	mostLinks    = 10
)

// How short a part may become before another one is shortened.
const (
	leastEvidence = 160 // bytes
	leastStep     = 240
	leastLine     = 160
	leastFact     = 200
	leastTitle    = 120
)

// cut shortens a text to at most so many bytes, on the edge of a character.
func cut(s string, size int) string {
	const dots = "…"
	if len(s) <= size {
		return s
	}
	size = max(size-len(dots), 0)
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return strings.TrimRight(s[:size], " ") + dots
}

// fit shortens a letter until it is not too long: excess says by how much it is, in bytes or
// characters, and is 0 or less once it fits. Evidence gives way first, then the end of a digest,
// then long texts; steps and links go last, because they are what a reader needs.
func (l letter) fit(excess func(letter) int) letter {
	l.facts, l.list = slices.Clone(l.facts), slices.Clone(l.list)
	l.steps, l.links = slices.Clone(l.steps), slices.Clone(l.links)
	for over := excess(l); over > 0; over = excess(l) {
		if !l.shorten(over) {
			break
		}
	}
	return l
}

// shorten makes the next part shorter and reports whether there was one.
func (l *letter) shorten(over int) bool {
	switch {
	case len(l.evidence) > leastEvidence:
		l.evidence = cut(l.evidence, max(len(l.evidence)-over-4, leastEvidence))
	case halve(l.list, leastLine):
	case len(l.list) > 1:
		n := max(min(over/leastLine, len(l.list)/8), 1) // escaped, a line may be much longer
		l.list, l.more = l.list[:len(l.list)-n], l.more+n
	case l.shortenFact(over):
	case len(l.title) > leastTitle:
		l.title = cut(l.title, max(len(l.title)-over-4, leastTitle))
	case halve(l.steps, leastStep):
	case l.evidence != "":
		l.evidence, l.place = "", ""
	case len(l.steps) > 3:
		l.steps = l.steps[:len(l.steps)-1]
	case len(l.links) > 1:
		l.links = l.links[:len(l.links)-1] // one that is cut leads nowhere
	case len(l.links) == 1 && len(l.links[0]) > leastStep:
		l.links = nil
	case len(l.notes) > 1:
		l.notes = l.notes[1:]
	case len(l.steps) > 1:
		l.steps = l.steps[:len(l.steps)-1]
	default:
		return false
	}
	return true
}

// halve cuts the texts that are longer than half of the longest one to that, but not below a size,
// and reports whether there was one to cut.
func halve(list []string, least int) bool {
	longest := 0
	for _, s := range list {
		longest = max(longest, len(s))
	}
	if longest <= least {
		return false
	}
	for i := range list {
		list[i] = cut(list[i], max(longest/2, least))
	}
	return true
}

func (l *letter) shortenFact(over int) bool {
	for i := range l.facts {
		if f := &l.facts[i]; len(f.text) > leastFact {
			f.text = cut(f.text, max(len(f.text)-over-4, leastFact))
			return true
		}
	}
	return false
}
