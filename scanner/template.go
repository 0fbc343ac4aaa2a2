package scanner

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// Templates are lines that came to a sum alone: to nothing, or to results with code 0. A line that differs from one only in
// digits on which nothing depends comes to the same, and its bytes tell: no literal is verified, no shape is cut. Of the
// calls of a healthy service most go well, and write lines of few lengths.
//
// They are part of a [memo]: a cache, bounded, and not safe for concurrent use.
type templates struct {
	sets   [1 << templateBits]templateSet
	credit int
}

// A templateSet has the templates whose first literal begins alike.
type templateSet struct {
	spans [templateWays]span
	all   [templateWays]template
	used  int // how many there are
	next  int // to be replaced
}

const (
	templateBits = 6
	templateWays = 8 // the lengths of their numbers tell lines of one shape apart
	// A template that is learned costs what some that are met save. Those pay for it, so that a log of which no line is
	// like another learns few in vain.
	templatePrice  = 4
	templateCredit = 512 * templatePrice
)

// A span is how far the breaks on either side of a line are from its first literal, in bytes.
type span struct{ before, behind int32 }

// A template is a line of which some digits may be others.
type template struct {
	words []templateWord // the last one ends with the line
	ok    int64          // results with code 0
}

// A templateWord is eight bytes of a line. Their difference from those of another line, by exclusive or, is 0 in each byte
// that has to be the same, and 0 to 9 where any digit may stand and text has the digit 0. What rest adds to each of the
// bytes carries into its high bit if it is more.
type templateWord struct{ text, rest uint64 }

const (
	highBit   = 0x80
	restFixed = highBit - 1
	restDigit = highBit - 10
)

// set returns where the templates are with these bytes at their first literal.
func (t *templates) set(word uint64) *templateSet {
	return &t.sets[spread(word)>>(64-templateBits)]
}

// match returns the template of the line around a place, and where its break is, or nil. The line and the break before it
// lie in buf[from:to].
func (t *templates) match(buf []byte, place, from, to int) (_ *template, next int) {
	if place < from || len(buf)-place < wordBytes {
		return nil, 0
	}
	set := t.set(binary.LittleEndian.Uint64(buf[place:]))
	own, at := buf[from:to], place-from
	for i := range set.spans[:set.used] {
		lo, hi := at-int(set.spans[i].before), at+int(set.spans[i].behind)
		if uint(lo) < uint(len(own)) && uint(hi) < uint(len(own)) && (own[lo]^'\n')|(own[hi]^'\n') == 0 && set.all[i].matches(own[lo+1:hi]) {
			t.credit = min(t.credit+1, templateCredit)
			return &set.all[i], from + hi
		}
	}
	return nil, 0
}

// matches reports whether a line that is as long as the template is like it.
func (l *template) matches(line []byte) bool {
	last := len(l.words) - 1
	bad := l.words[last].differs(binary.LittleEndian.Uint64(line[len(line)-wordBytes:]))
	for i, at := 0, 0; i < last && at+wordBytes <= len(line); i, at = i+1, at+wordBytes {
		bad |= l.words[i].differs(binary.LittleEndian.Uint64(line[at : at+wordBytes]))
	}
	return bad&(highBit*eachByte) == 0
}

// differs sets the high bit of each byte that is not as it should be.
func (w *templateWord) differs(word uint64) uint64 {
	x := word ^ w.text
	return x | (x&^(highBit*eachByte) + w.rest)
}

// learn makes a template of a line without its break, to which a first literal leads, if that may pay. The line has the
// shape, in which there are no ids, and came to so many results with code 0 by what is known of that.
func (t *templates) learn(line []byte, lead int, shape *shape, known *lesson, ok int) {
	if t.credit < templatePrice || len(line)-lead < wordBytes {
		return
	}
	set, where := t.set(binary.LittleEndian.Uint64(line[lead:])), span{int32(lead + 1), int32(len(line) - lead)}
	for i := range set.spans[:set.used] {
		if set.spans[i] == where && set.all[i].matches(line) {
			return // it was not asked for: a line that begins a block has no break before it there
		}
	}
	t.credit -= templatePrice
	i := set.next
	set.next, set.used, set.spans[i] = (i+1)%templateWays, max(set.used, i+1), where
	text, rest := bytes.Clone(line), bytes.Repeat([]byte{restFixed}, len(line))
	for k, h := range shape.holes {
		if !known.dependsOn(k, int(h.hi-h.lo)) {
			for at := h.lo; at < h.hi; at++ {
				text[at], rest[at] = '0', restDigit
			}
		}
	}
	l := &set.all[i]
	l.ok, l.words = int64(ok), l.words[:0]
	for at := 0; at < len(line); at += wordBytes {
		at := min(at, len(line)-wordBytes)
		l.words = append(l.words, templateWord{binary.LittleEndian.Uint64(text[at:]), binary.LittleEndian.Uint64(rest[at:])})
	}
}

// dependsOn reports whether what a line comes to that has n digits in a hole depends on which they are.
func (l *lesson) dependsOn(hole, n int) bool {
	return n == numberLen && slices.Contains(l.open, hole) ||
		slices.ContainsFunc(l.pins, func(p pin) bool { return p.hole == hole && p.need&^automaton.Length != 0 })
}
