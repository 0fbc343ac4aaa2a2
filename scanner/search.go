package scanner

import (
	"bytes"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
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
		s.kinds = append(s.kinds, *f)
		f = &s.kinds[len(s.kinds)-1]
		e := s.add(f, f.c.lit, f.c.at, f.c.end)
		e.setLine(&f.line)
		e.seenLo, e.seenHi = int32(f.ruling.lo), int32(f.ruling.hi)
		if e.ok() {
			s.someOK = true // that a call went well is only counted
			continue
		}
		s.setTime(e, stamp{}, false)
		s.setFields(e, s.fieldsOf(f, s.x.fields.counted))
	}
}

// add appends an event that stands at a place.
func (s *blockScan) add(kind *found, lit, at, end int) *event {
	if at > s.counted {
		s.breaks += int64(bytes.Count(s.b.Buf[s.counted:at], newline))
		s.counted = at
	}
	s.res.events = append(s.res.events, event{kind: kind, sec: noTime, lit: int32(lit), at: int32(at), end: int32(end), breaks: int32(s.breaks)})
	return &s.res.events[len(s.res.events)-1]
}

// setTime gives an event its time: that of the stamp of its line, if that is known already.
func (s *blockScan) setTime(e *event, at stamp, known bool) {
	if !known && e.whole {
		// Of a line that is longer than the window only a part is seen, which does not begin with a stamp.
		at, known = findStamp(e.text(s.b.Buf))
	}
	var t time.Time
	t, e.guessed = s.times.when(int(e.at), int(e.lo), at, known)
	e.sec, e.nsec = t.Unix(), int32(t.Nanosecond())
}

// setFields gives an event its fields, which are the last ones of the worker, and the host that its line comes from.
func (s *blockScan) setFields(e *event, fields tally.Fields) {
	fields = s.withHost(fields, s.res.beside.host(int(e.at), s.in))
	e.fields, e.nfields = int32(len(s.fields)-len(fields)), int32(len(fields))
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
