package scanner

import (
	"bytes"
	"slices"
	"unsafe"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// A lesson is what lines of one shape have in common, but for those in which a number happens to be a literal.
type lesson struct {
	text []byte
	pins []pin
	open []int // holes in which a literal of digits would not be in vain
	// Variants that were known last.
	recent [1 << recentVariantBits]*variant
	// How often a line was known, and how often one was learned from.
	known, learned int
	long           bool // of lines beyond some windows, which look different to [judge.message]
	hash           uint64
	hits           []hitSpot
	stamp          stampSpots
}

type hitSpot struct {
	lit int
	at  spot
}

// recentVariantBits makes room for the lengths that a user's name and a number have in most lines.
const recentVariantBits = 3

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
