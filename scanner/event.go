package scanner

import (
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An event is what a finding or a mark is made of when it is delivered. It is small, and all that its block or its shape
// knows stays there: a dense log has thousands in a block, which another processor delivers.
type event struct {
	kind *found // but for the places, which are those of the event
	sec  int64  // Unix time, or noTime
	nsec int32

	lit, at, end         int32 // in the block, as all places here
	lo, hi, recLo, recHi int32 // the line and its record
	brk                  int32 // the break before the line
	seenLo, seenHi       int32 // what was looked at
	fields, nfields      int32 // of the block: those that a tally counts; none of a code 0
	breaks               int32 // line breaks before it in the own part of the block
	later                int32 // findings of the same code in the block that come behind it in the order of places
	whole, guessed       bool  // of the line, and of the time
}

// noTime is the Unix time of the zero [time.Time].
const noTime = -62135596800

// found returns what was found, in the block.
func (e *event) found(buf []byte) found {
	f := *e.kind
	f.c.lit, f.c.at, f.c.end = int(e.lit), int(e.at), int(e.end)
	f.line = Line{Buf: buf, Lo: int(e.lo), Hi: int(e.hi), Whole: e.whole, RecLo: int(e.recLo), RecHi: int(e.recHi), brk: int(e.brk)}
	f.ruling.lo, f.ruling.hi = int(e.seenLo), int(e.seenHi)
	return f
}

// setLine sets the line that the event is on.
func (e *event) setLine(l *Line) {
	e.lo, e.hi, e.recLo, e.recHi, e.brk, e.whole = int32(l.Lo), int32(l.Hi), int32(l.RecLo), int32(l.RecHi), int32(l.brk), l.Whole
}

// text returns the text of the line.
func (e *event) text(buf []byte) []byte { return buf[e.lo:e.hi] }

// before reports whether e comes before o in the order of time and place.
func (e *event) before(o *event) bool {
	if e.sec != o.sec {
		return e.sec < o.sec
	}
	return e.nsec < o.nsec || e.nsec == o.nsec && e.at < o.at
}

// compare is before for [slices.SortStableFunc].
func (e *event) compare(o *event) int {
	switch {
	case e.before(o):
		return -1
	case o.before(e):
		return 1
	}
	return 0
}

// ok reports whether the event is a result with code 0.
func (e *event) ok() bool { return e.kind.c.event == "" && e.kind.c.code == 0 }

// isMark reports whether the event is a mark.
func (e *event) isMark() bool { return e.kind.c.event != "" || e.kind.c.code == 0 }

// place fills in where an event of the input stands; its line is the caller's to tell. A code 0 has no time.
func (r *result) place(p *tally.Place, e *event, in *Input) {
	p.Time, p.TimeGuessed, p.Source, p.Offset, p.Piece = time.Unix(e.sec, int64(e.nsec)).UTC(), e.guessed, in.Name, r.beside.base+int64(e.at), in.Off
	if p.Column = 0; e.whole {
		p.Column = int(e.at-e.lo) + 1
	}
}

// finding makes the finding f of an event; its line and its Detail are the caller's.
func (w *worker) finding(f *tally.Finding, e *event, r *result, in *Input) {
	k := e.kind
	// One by one: a literal would be made elsewhere first, and copied.
	r.place(&f.Place, e, in)
	f.Code, f.Family, f.Alternatives, f.Entry = k.c.code, k.ruling.family, k.ruling.others, k.ruling.entry
	f.Level, f.Fields, f.Extractor, f.Text, f.Later = "", r.fieldsOf(e), w.x.specs[k.c.spec].Name, excerpt(r.buf, e), int(e.later)
}

// mark makes the mark m of an event, as finding does.
func (w *worker) mark(m *tally.Mark, e *event, r *result, in *Input) {
	r.place(&m.Place, e, in)
	if m.Level = ""; e.ok() {
		m.Event, m.Fields, m.Extractor, m.Text = tally.MarkOK, nil, "", ""
		return
	}
	k := e.kind
	m.Event, m.Fields, m.Extractor, m.Text = k.c.event, r.fieldsOf(e), w.x.specs[k.c.spec].Name, excerpt(r.buf, e)
}

// fieldsOf returns the fields of an event of the block.
func (r *result) fieldsOf(e *event) tally.Fields {
	return r.fields[e.fields : e.fields+e.nfields : e.fields+e.nfields]
}

// detail returns what only those need who show a finding or a mark, of a block and the host that its line comes from.
func (w *worker) detail(e *event, buf []byte, host string) (string, tally.Fields) {
	w.run.arena, w.fields, w.beside.fields = w.run.arena[:0], w.fields[:0], nil
	f := e.found(buf)
	return level(e.text(buf)), w.withHost(w.fieldsOf(&f, w.x.fields.all), host)
}

// detailOf is detail of an event of the block.
func (w *worker) detailOf(e *event, r *result, in *Input) (string, tally.Fields) {
	return w.detail(e, r.buf, r.beside.host(int(e.at), in))
}

// detailMark fills in what a mark was left without: of a call that went well that is all but its place.
func (w *worker) detailMark(m *tally.Mark, e *event, r *result, in *Input) {
	if e.ok() {
		times := newClock(in, r.buf, r.beside)
		at, known := stamp{}, false
		if e.whole {
			at, known = findStamp(e.text(r.buf))
		}
		m.Time, m.TimeGuessed = times.when(int(e.at), int(e.lo), at, known)
		m.Extractor, m.Text = w.x.specs[e.kind.c.spec].Name, excerpt(r.buf, e)
	}
	m.Level, m.Fields = w.detailOf(e, r, in)
}

// A keptEvent does not need its block any more.
type keptEvent struct {
	event
	kind   found
	buf    []byte
	host   string
	detail func(*keptEvent, *tally.Finding)
}

// Detail implements [tally.Kept].
func (e *keptEvent) Detail(f *tally.Finding) { e.detail(e, f) }

// A keptDetail is of an event that would take too much of its block.
type keptDetail struct {
	level  string
	fields tally.Fields
}

// Detail implements [tally.Kept].
func (k keptDetail) Detail(f *tally.Finding) { f.Level, f.Fields = k.level, k.fields }

// maxCopy bounds the part of a block that is copied to describe a finding later, in bytes.
const maxCopy = 8 << 10

// keep returns a copy of an event, or nil if it would take too much of the block. The copy is made in c, unless that is nil.
func (w *worker) keep(c *keptEvent, e *event, r *result, in *Input) *keptEvent {
	lo := max(0, min(int(e.lo), int(e.recLo), int(e.seenLo), int(e.lit)-beforeReach))
	hi := max(int(e.hi), int(e.recHi), int(e.seenHi), int(e.end))
	if w.x.specs[e.kind.c.spec].Lines > 1 {
		hi = min(len(r.buf), max(hi, int(e.lit)+patternReach)) // its pattern sees more than the line
	}
	if hi-lo > maxCopy {
		return nil
	}
	if c == nil {
		c = new(keptEvent)
	}
	c.event, c.kind, c.buf, c.host = *e, *e.kind, append(c.buf[:0], r.buf[lo:hi]...), r.beside.host(int(e.at), in)
	for _, at := range []*int32{&c.lo, &c.hi, &c.recLo, &c.recHi, &c.brk, &c.seenLo, &c.seenHi, &c.lit, &c.at, &c.end} {
		*at -= int32(lo)
	}
	c.event.kind = &c.kind
	c.kind.c.groups = nil // they are found again
	return c
}

// detailKept is detail of an event that was kept.
func (w *worker) detailKept(e *keptEvent) (string, tally.Fields) {
	return w.detail(&e.event, e.buf, e.host)
}
