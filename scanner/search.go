package scanner

import (
	"bytes"
	"slices"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// found is a candidate that was judged.
type found struct {
	c        candidate
	line     Line
	ruling   ruling
	accepted bool
	dropped  bool
}

// search finds what is on a line without the help of memory.
func (s *blockScan) search(line *Line, hits []literal.Hit) {
	for _, h := range hits {
		s.collectAt(s.b.Buf, h.Lit, h.Pos)
	}
	s.sortCandidates()
	n, end := 0, s.liner.next
	group := s.group[:0]
	if len(s.cands) > 0 && s.cands[0].at <= end {
		line.findRecord(s.continued)
	}
	for n < len(s.cands) && s.cands[n].at <= end {
		// A line that is longer than a window looks different from each of its codes.
		l := s.liner.at(s.cands[n].at)
		if l.Whole {
			l.RecLo, l.RecHi = line.RecLo, max(line.RecHi, l.Hi)
		}
		var f found
		if f, n = s.weighAll(&l, n); f.accepted {
			group = append(group, f)
		}
	}
	s.cands = s.cands[:copy(s.cands, s.cands[n:])]
	s.group = group
	if len(group) > 1 {
		s.dropOuter(group)
		dropRepeats(group)
	}
	for i := range group {
		f := &group[i]
		if f.dropped || f.c.at < s.b.From || f.c.at >= s.b.To {
			continue
		}
		e := s.add(f, f.c.at)
		e.place = f.line.place(s.in.Name, s.b.Off, f.c.at)
		if !e.ok() { // that a call went well is only counted
			s.setTime(e, stamp{}, false)
			e.fields = s.withHost(s.fieldsOf(&e.found, s.x.fields.counted), e.host)
		}
	}
}

// add appends an event that stands at pos.
func (s *blockScan) add(f *found, pos int) *event {
	s.breaks += int64(bytes.Count(s.b.Buf[s.counted:pos], newline))
	s.counted = pos
	n := len(s.res.events)
	if n == cap(s.res.events) {
		s.res.events = slices.Grow(s.res.events, 1)
	}
	s.res.events = s.res.events[:n+1]
	e := &s.res.events[n] // of a block before, whose memory is used again
	e.found, e.fields, e.breaks, e.later = *f, nil, s.breaks, 0
	e.host = s.res.beside.host(pos, s.in)
	return e
}

// setTime gives an event its time: that of the stamp of its line, if that is known already.
func (s *blockScan) setTime(e *event, at stamp, known bool) {
	if !known && e.line.Whole {
		// Of a line that is longer than the window only a part is seen, which does not begin with a stamp.
		at, known = findStamp(e.line.Text())
	}
	e.place.Time, e.place.TimeGuessed = s.times.when(e.c.at, e.line.Lo, at, known)
}

// sortCandidates puts candidates in order of position, then rank. They nearly are: a number stands within the reach of
// its literal.
func (w *worker) sortCandidates() {
	for i := 1; i < len(w.cands); i++ {
		for j := i; j > 0 && w.cands[j].before(&w.cands[j-1]); j-- {
			w.cands[j], w.cands[j-1] = w.cands[j-1], w.cands[j]
		}
	}
}

// weighAll judges the candidates of one position in order of rank and returns the first that is
// accepted and the index of the next position.
func (w *worker) weighAll(line *Line, n int) (f found, next int) {
	next = n
	for at := w.cands[n].at; next < len(w.cands) && w.cands[next].at == at; next++ {
		if f.accepted {
			continue
		}
		c := &w.cands[next]
		if v := w.judge.weigh(line.Buf, c, line.RecLo, line.RecHi, nil); v.accepted() {
			f = found{c: *c, line: *line, ruling: v, accepted: true}
		}
	}
	return f, next
}
