package tally

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
)

// Bounds of what a sample keeps, in bytes.
const (
	maxText      = 4 << 10
	maxLevel     = 32
	maxExtractor = 128
	maxFields    = 24 // fields
	maxFieldKey  = 64
	maxField     = 512
)

// A sample is a finding kept as evidence. Its strings lie one after the other in one buffer that
// is used again when the sample makes room for a later one.
type sample struct {
	ns      int64
	source  string // owned by the tally
	off     int64
	piece   int64
	line    int64
	column  int
	guessed bool

	buf  []byte // text, level, extractor, then keys and values in turn
	ends []int  // where each of them ends

	// waits, if set, has still to be asked for all but the text.
	waits     Kept
	extractor string
}

// fill makes s a copy of the finding.
func (s *sample) fill(ns int64, source string, f *Finding) {
	s.ns, s.source, s.off = ns, source, f.Offset
	s.piece, s.line, s.column = f.Piece, f.Line, f.Column
	s.guessed = f.TimeGuessed
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	s.push(f.Text, maxText)
	if f.Detail != nil && f.Keep != nil {
		if s.waits = f.Keep(s.waits); s.extractor != f.Extractor {
			s.extractor = strings.Clone(f.Extractor)
		}
		return
	}
	s.waits = nil
	f.Complete()
	s.describe(f)
}

// settle describes what waits.
func (s *sample) settle() {
	if s.waits != nil {
		f := Finding{Extractor: s.extractor}
		s.waits.Detail(&f)
		s.waits = nil
		s.describe(&f)
	}
}

// describe keeps what a finding says beside its text.
func (s *sample) describe(f *Finding) {
	s.push(f.Level, maxLevel)
	s.push(f.Extractor, maxExtractor)
	for i := range f.Fields[:min(len(f.Fields), maxFields)] {
		s.push(f.Fields[i].Key, maxFieldKey)
		s.push(f.Fields[i].Value, maxField)
	}
}

func (s *sample) push(v string, limit int) {
	s.buf = append(s.buf, clean(v, limit)...)
	s.ends = append(s.ends, len(s.buf))
}

// part returns a copy of the i-th string.
func (s *sample) part(i int) string {
	begin := 0
	if i > 0 {
		begin = s.ends[i-1]
	}
	return string(s.buf[begin:s.ends[i]])
}

func (s *sample) clone() *sample {
	s.settle()
	c := *s
	c.buf, c.ends = bytes.Clone(s.buf), slices.Clone(s.ends)
	return &c
}

// place compares s with a finding's place.
func (s *sample) place(ns int64, source string, off int64) int {
	return cmp.Or(cmp.Compare(s.ns, ns), strings.Compare(s.source, source), cmp.Compare(s.off, off))
}

// compare is a total order: by place, and by content should two findings share one. Places are
// identities, so the second only matters to callers who count something twice.
func (s *sample) compare(o *sample) int {
	if c := cmp.Or(s.place(o.ns, o.source, o.off), cmp.Compare(s.column, o.column)); c != 0 {
		return c
	}
	s.settle()
	o.settle()
	return bytes.Compare(s.buf, o.buf)
}

// evidence returns the sample as it may leave the tally. What came out of a partial is redacted
// again, because that may have been made with less redaction.
func (s *sample) evidence(r *redact.Redactor) Sample {
	s.settle()
	out := Sample{
		Source: s.source, Line: s.line, Column: s.column, Offset: s.off,
		Time: fromStamp(s.ns), TimeGuessed: s.guessed,
		Text: s.part(0), Level: s.part(1), Extractor: s.part(2),
	}
	for i := 3; i+1 < len(s.ends); i += 2 {
		out.Fields = append(out.Fields, Field{s.part(i), s.part(i + 1)})
	}
	out.Text, out.Fields = settled(r, out.Text, out.Fields, maxText, maxField)
	byKey := func(a, b Field) int { return strings.Compare(a.Key, b.Key) }
	slices.SortStableFunc(out.Fields, byKey)
	out.Fields = slices.CompactFunc(out.Fields, func(a, b Field) bool { return a.Key == b.Key })
	return out
}

// samples keeps the first ⌈k/2⌉ and the last ⌊k/2⌋ of the samples offered, in order.
type samples struct {
	k     int
	list  []*sample
	spare *sample
	// first is the stamp of the last of the first ones, once the list is full; 0 before.
	first int64
}

// middle is the index at which a list of k+1 loses one to become the right k again.
func (l *samples) middle() int { return (l.k + 1) / 2 }

// add offers a finding. Nearly all are told at once to be neither among the first nor among the last.
func (l *samples) add(ns int64, source string, f *Finding) {
	if l.first == 0 || ns <= l.first || f.Later < l.k/2 {
		l.offer(ns, source, f)
	}
}

func (l *samples) offer(ns int64, source string, f *Finding) {
	if l.k == 0 {
		return
	}
	if m := l.middle(); len(l.list) == l.k && l.list[m-1].place(ns, source, f.Offset) < 0 &&
		(f.Later >= l.k-m || l.list[m].place(ns, source, f.Offset) > 0) {
		return
	}
	s := l.spare
	if s == nil {
		s = new(sample)
	}
	l.spare = nil
	s.fill(ns, source, f)
	l.insert(s)
}

// insert offers a sample, which belongs to l from then on.
func (l *samples) insert(s *sample) {
	i := len(l.list)
	for i > 0 && l.list[i-1].compare(s) > 0 {
		i--
	}
	l.list = slices.Insert(l.list, i, s)
	l.trim()
}

func (l *samples) trim() {
	for len(l.list) > l.k {
		m := l.middle()
		l.spare = l.list[m]
		l.list = slices.Delete(l.list, m, m+1)
	}
	if l.first = 0; l.k > 0 && len(l.list) == l.k {
		l.first = l.list[l.middle()-1].ns
	}
}

// merge offers the samples of o and leaves o alone.
func (l *samples) merge(o *samples) {
	for _, s := range o.list {
		if l.k > 0 {
			l.insert(s.clone())
		}
	}
}

// lower makes k smaller.
func (l *samples) lower(k int) {
	l.k = k
	l.trim()
}
