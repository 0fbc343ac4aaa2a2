package scanner

import (
	"bytes"
	"slices"

	"github.com/imtriage/imtriage/scanner/internal/outline"
)

// A memo remembers what lines came to by their shape, so that the next line of the shape need not be searched and
// weighed again: few statements write most lines of a log. What it answers is what a search would have found, for a
// [trace] told on which holes that depends, and lines that differ in these are told apart.
//
// It is a cache, bounded, and not safe for concurrent use.
type memo struct {
	lessons  [memoSize]*lesson
	variants [memoSize]*variant
	recent   [recentSize]*lesson // those that were asked for last, by little of their shapes
	seen     [memoSize]uint32    // shapes that were met once
	credit   int
	luck     int // how many of the last lines were known
	asked    int

	shape shape // of the line that was asked for last
	hash  uint64
	key   []uint64
	trace trace

	templates templates
}

const (
	memoSize   = 1 << 12
	memoWays   = 8 // places that a hash may have
	recentSize = 1 << recentBits
	// A lesson costs as much as a few lines that are searched. Those that are known pay for it, and each that is not a
	// little, so that a log that never repeats itself is not learned in vain.
	lessonPrice = 64
	knownPays   = 8
	maxCredit   = 512 * lessonPrice
	// minTries is how often a lesson is learned before it has to have been of use.
	minTries = 16
	// luckBits makes luck follow the last 64 lines.
	luckBits = 6
	halfLuck = 1 << (2*luckBits - 1) // when half of them were known
)

// newMemo returns a memo that knows nothing yet, but expects to.
func newMemo() *memo {
	return &memo{credit: maxCredit, luck: halfLuck, templates: templates{credit: templateCredit}}
}

// recall returns what is known of a line whose shape was cut last.
func (m *memo) recall(line []byte) (*lesson, *variant) {
	m.credit = min(m.credit+1, maxCredit)
	m.luck -= m.luck >> luckBits
	l := m.lesson(len(line) > agreeReach)
	if l == nil {
		return nil, nil
	}
	m.key = m.shape.pinned(m.key[:0], line, l.pins)
	recent := l.recentOf(m.key)
	v := *recent
	if v == nil || !slices.Equal(v.key, m.key) {
		if v = m.variant(l); v == nil {
			return l, nil
		}
		*recent = v
	}
	if len(line) > valueReach && v.cuts(&m.shape) {
		return l, nil
	}
	l.known++
	m.credit = min(m.credit+knownPays, maxCredit)
	m.luck += 1 << luckBits
	return l, v
}

// lesson returns the lesson of the shape that was cut last, or nil.
func (m *memo) lesson(long bool) *lesson {
	recent := &m.recent[m.shape.brief()]
	if l := *recent; l != nil && l.long == long && bytes.Equal(l.text, m.shape.text) {
		m.hash = l.hash
		return l
	}
	if m.hash = outline.Hash(m.shape.text); long {
		m.hash = ^m.hash
	}
	for i := range uint64(memoWays) {
		l := m.lessons[(m.hash+i)%memoSize]
		if l != nil && l.hash == m.hash && l.long == long && bytes.Equal(l.text, m.shape.text) {
			*recent = l
			return l
		}
	}
	return nil
}

// variant returns the variant of a lesson that has the key, or nil.
func (m *memo) variant(l *lesson) *variant {
	at := l.place(m.key)
	for i := range uint64(memoWays) {
		if v := m.variants[(at+i)%memoSize]; v != nil && v.of == l && slices.Equal(v.key, m.key) {
			return v
		}
	}
	return nil
}

// worthAsking reports whether the next line should be asked for: of a log of which nothing is known, few are.
func (m *memo) worthAsking() bool {
	m.asked++
	return m.luck >= halfLuck/8 || m.asked%8 == 0
}

// lucky reports whether most lines are known.
func (m *memo) lucky() bool { return m.luck >= halfLuck+halfLuck/4 }

// recentOf is where that of the variants that were known last is which may have the key, by little of that.
func (l *lesson) recentOf(key []uint64) **variant {
	h := uint64(0)
	for _, w := range key {
		h = (h + w) * 0x9E3779B97F4A7C15
	}
	return &l.recent[h>>(64-recentVariantBits)]
}

// place is where a variant of the lesson is looked for.
func (l *lesson) place(key []uint64) uint64 {
	h := spread(l.hash)
	for _, w := range key {
		h = spread(h ^ w)
	}
	return h
}

// wants reports whether to learn from the line that was asked for last, of which the lesson is known or nil.
func (m *memo) wants(l *lesson) bool {
	if l == nil {
		if s, tag := &m.seen[m.hash%memoSize], uint32(m.hash>>32); *s != tag {
			*s = tag
			return false
		}
	}
	if l != nil && l.learned > minTries && l.known < 2*l.learned || m.credit < lessonPrice {
		return false
	}
	m.credit -= lessonPrice
	return true
}

// keep puts something into one of its places: that of what it replaces, a free one, or any.
func keep[T any](table *[memoSize]*T, at uint64, v *T, replaces func(*T) bool) {
	best := (at + at>>32%memoWays) % memoSize
	for i := range uint64(memoWays) {
		place := (at + i) % memoSize
		if o := table[place]; o == nil || replaces(o) {
			best = place
			if o != nil {
				break
			}
		}
	}
	table[best] = v
}
