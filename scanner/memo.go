package scanner

import (
	"bytes"
	"slices"
	"unsafe"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
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

// A lesson is what lines of one shape have in common, but for those in which a number happens to be a literal.
type lesson struct {
	hash  uint64
	text  []byte
	long  bool // of lines beyond some windows, which look different to [judge.message]
	hits  []hitSpot
	pins  []pin
	stamp stampSpots
	open  []int // holes in which a literal of digits would not be in vain
	// How often a line was known, and how often one was learned from.
	known, learned int
	last           *variant // that was known last
}

type hitSpot struct {
	lit int
	at  spot
}

// A pin is a hole that makes a difference.
type pin struct {
	hole        int
	need        automaton.Need
	first, last *automaton.Kinds // nil where the need does not name them
}

func (p pin) same(o pin) bool {
	kinds := func(a, b *automaton.Kinds) bool { return a == b || a != nil && b != nil && *a == *b }
	return p.hole == o.hole && p.need == o.need && kinds(p.first, o.first) && kinds(p.last, o.last)
}

// A variant is what the lines of a lesson with the same pinned parts came to.
type variant struct {
	of     *lesson
	key    []uint64 // the pinned parts
	search bool     // more than these makes a difference: such lines have to be searched
	events []outcome
	ok     int // how many of these are results with code 0
}

// An outcome is an event without its places.
type outcome struct {
	lit, at, end spot
	ok           bool // a result with code 0
	fields       []fieldSpot
	kind         found // behind what is read of each line
}

type fieldSpot struct {
	key    string
	lo, hi spot
}

// newMemo returns a memo that knows nothing yet, but expects to.
func newMemo() *memo { return &memo{credit: maxCredit, luck: halfLuck} }

// recall returns what is known of a line whose shape was cut last.
func (m *memo) recall(line []byte) (*lesson, *variant) {
	m.credit = min(m.credit+1, maxCredit)
	m.luck -= m.luck >> luckBits
	l := m.lesson(len(line) > agreeReach)
	if l == nil {
		return nil, nil
	}
	m.key = m.shape.pinned(m.key[:0], line, l.pins)
	v := l.last
	if v == nil || !slices.Equal(v.key, m.key) {
		if v = m.variant(l); v == nil {
			return l, nil
		}
		l.last = v
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

// learn keeps what the line that was asked for last came to.
func (m *memo) learn(l *lesson, line []byte, base int, hits []literal.Hit, open []int, res *result, events []event) {
	t := &m.trace
	outcomes := make([]outcome, len(events))
	for i := range events {
		outcomes[i] = m.outcome(&events[i], base, res)
	}
	var spots []hitSpot
	for _, h := range hits {
		spots = append(spots, hitSpot{h.Lit, m.spot(h.Pos - base)})
	}
	var had []pin
	if l != nil {
		had = l.pins
	}
	pins, possible := t.pins(had)
	possible = possible && !t.spoilt
	if l == nil || !slices.EqualFunc(pins, had, pin.same) {
		// What was known of the shape until now knew less of what makes a difference, and is found no more.
		n := &lesson{hash: m.hash, text: bytes.Clone(m.shape.text), long: len(line) > agreeReach, hits: spots, pins: pins, stamp: m.shape.stampSpots(line), open: open}
		if l != nil {
			n.known, n.learned = l.known, l.learned
		}
		l = n
		m.recent[m.shape.brief()] = l
		keep(&m.lessons, l.hash, l, func(o *lesson) bool { return o.hash == l.hash && o.long == l.long && bytes.Equal(o.text, l.text) })
	}
	l.learned++
	v := &variant{of: l, key: m.shape.pinned(nil, line, l.pins), search: !possible}
	if possible {
		v.events = outcomes
		for i := range outcomes {
			if outcomes[i].ok {
				v.ok++
			}
		}
	}
	keep(&m.variants, l.place(v.key), v, func(*variant) bool { return false })
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

// outcome takes the places out of an event.
func (m *memo) outcome(e *event, base int, res *result) outcome {
	o := outcome{kind: *e.kind, ok: e.ok(), lit: m.spot(int(e.lit) - base), at: m.spot(int(e.at) - base), end: m.spot(int(e.end) - base)}
	o.kind.c.groups, o.kind.line = nil, Line{}
	buf := res.buf
	for _, f := range res.fieldsOf(e) {
		lo := int(uintptr(unsafe.Pointer(unsafe.StringData(f.Value))) - uintptr(unsafe.Pointer(unsafe.SliceData(buf))))
		if lo < 0 || lo > len(buf) {
			continue // the host of the input
		}
		o.fields = append(o.fields, fieldSpot{f.Key, m.spot(lo - base), m.spot(lo + len(f.Value) - base)})
	}
	return o
}

// spot returns the spot of a place in the line, and notes that it counts.
func (m *memo) spot(pos int) spot {
	m.trace.noteEdge(pos)
	return m.shape.spot(pos)
}

// cuts reports whether a value of the variant would be cut in another line.
func (v *variant) cuts(s *shape) bool {
	for i := range v.events {
		for _, f := range v.events[i].fields {
			if s.pos(f.hi)-s.pos(f.lo) > valueReach {
				return true
			}
		}
	}
	return false
}

// appendFields appends the values of the outcome in another line.
func (o *outcome) appendFields(dst tally.Fields, s *shape, line []byte) tally.Fields {
	for i := range o.fields {
		f := &o.fields[i]
		dst = append(dst, tally.Field{Key: f.key, Value: view(line[s.pos(f.lo):s.pos(f.hi)])})
	}
	return dst
}
