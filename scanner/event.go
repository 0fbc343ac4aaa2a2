package scanner

import (
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An event is what a finding or a mark is made of when it is delivered. It lies in the block's buffer.
type event struct {
	found
	place  tally.Place  // of a code 0 without a time
	fields tally.Fields // those that a tally counts; none of a code 0
	host   string       // that the line comes from, if the record names none
	breaks int64        // line breaks before it in the own part of the block
	later  int          // findings of the same code in the block that come behind it in the order of places
}

// ok reports whether the event is a result with code 0.
func (e *event) ok() bool { return e.c.event == "" && e.c.code == 0 }

// isMark reports whether the event is a mark.
func (e *event) isMark() bool { return e.c.event != "" || e.c.code == 0 }

// finding makes the finding; its Detail is the caller's.
func (w *worker) finding(e *event) tally.Finding {
	return tally.Finding{
		Place: e.place, Code: e.c.code, Family: e.ruling.family, Alternatives: e.ruling.others, Entry: e.ruling.entry,
		Fields: e.fields, Extractor: w.x.specs[e.c.spec].Name, Text: e.line.excerpt(e.c.at, e.c.end), Later: e.later,
	}
}

// mark makes the mark; its Detail is the caller's.
func (w *worker) mark(e *event) tally.Mark {
	if e.ok() {
		return tally.Mark{Place: e.place, Event: tally.MarkOK}
	}
	return tally.Mark{
		Place: e.place, Event: e.c.event, Fields: e.fields, Extractor: w.x.specs[e.c.spec].Name, Text: e.line.excerpt(e.c.at, e.c.end),
	}
}

// detail returns what only those need who show a finding or a mark.
func (w *worker) detail(e *event) (string, tally.Fields) {
	w.run.arena, w.fields, w.beside.fields = w.run.arena[:0], w.fields[:0], nil
	return level(e.line.Text()), w.withHost(w.fieldsOf(&e.found, w.x.fields.all), e.host)
}

// detailMark fills in what a mark of a block was left without: of a call that went well that is all but its place.
func (w *worker) detailMark(m *tally.Mark, e *event, in *Input, beside carried) {
	if line := &e.line; e.ok() {
		times := newClock(in, line.Buf, beside)
		at, known := stamp{}, false
		if line.Whole {
			at, known = findStamp(line.Text())
		}
		m.Time, m.TimeGuessed = times.when(e.c.at, line.Lo, at, known)
		m.Extractor, m.Text = w.x.specs[e.c.spec].Name, line.excerpt(e.c.at, e.c.end)
	}
	m.Level, m.Fields = w.detail(e)
}

// maxCopy bounds the part of a block that is copied to describe a finding later, in bytes.
const maxCopy = 8 << 10

// copy returns an event that does not need the block any more, or false if it would take too much of it.
func (e *event) copy() (event, bool) {
	buf := e.line.Buf
	lo := max(0, min(e.line.Lo, e.line.RecLo, e.ruling.lo, e.c.lit-beforeReach))
	hi := min(len(buf), max(e.line.Hi, e.line.RecHi, e.ruling.hi, e.c.end, e.c.lit+patternReach))
	if hi-lo > maxCopy {
		return event{}, false
	}
	c := *e
	c.line.Buf = slices.Clone(buf[lo:hi])
	for _, at := range []*int{&c.line.Lo, &c.line.Hi, &c.line.RecLo, &c.line.RecHi, &c.line.brk, &c.ruling.lo, &c.ruling.hi, &c.c.lit, &c.c.at, &c.c.end} {
		*at -= lo
	}
	c.c.groups = nil // they are found again
	return c, true
}
