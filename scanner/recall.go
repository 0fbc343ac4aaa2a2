package scanner

import (
	"slices"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// standsAlone reports whether all that decides about a line, of which the break is at next, is the line: it is whole and
// in the own part with its break or before it, neither continues a record nor is continued, and no candidate waits on it.
func (s *blockScan) standsAlone(line *Line, next int) bool {
	buf := line.Buf
	return s.memo != nil && (len(s.cands) == 0 || s.cands[0].at > next) && line.Whole && (line.Lo >= s.b.From && next < s.b.To || next < s.b.From) &&
		line.Hi-line.Lo <= maxShaped && !mayContinue(buf[line.Lo:]) && (next+1 >= len(buf) || !mayContinue(buf[next+1:])) &&
		(isAlphanumeric(buf[line.Lo]) || !opens(line.Text()))
}

// shaped finds what is on a line that stands alone, from memory if its shape is known. A literal leads to the line, or lead
// is -1, and it may hold none. A line before the own part has no events, and teaches nothing.
func (s *blockScan) shaped(line *Line, lead int) {
	m, text, told := s.memo, line.Text(), lead >= 0
	if told && !m.worthAsking() {
		s.search(line, s.find(line.Lo, line.Hi))
		return
	}
	m.shape.cut(text, &s.x.idWords)
	l, v := m.recall(text)
	known, before := v != nil && !v.search, line.Lo < s.b.From
	if known && s.x.shapesTell && !m.shape.holds(text, l.open, s.x.numbers) {
		if !told && len(l.hits) > 0 {
			s.told++
		}
		s.recalled(l, v, line, lead)
		return
	}
	hits := s.find(line.Lo, line.Hi)
	if !told {
		s.liner.at(line.Lo)
		if len(hits) > 0 {
			s.told++
		}
	}
	switch {
	case l != nil && !m.shape.shows(l.hits, line.Lo, hits):
		s.search(line, hits) // a number of it is a literal
	case known:
		s.recalled(l, v, line, lead)
	case v != nil || before || !m.wants(l):
		s.search(line, hits)
	default:
		m.trace.begin(line.Buf, line.Lo, line.Hi, &m.shape)
		m.trace.noteWords(text, s.x.beside)
		s.run.trace, s.beside.fields = &m.trace, nil
		at := len(s.res.events)
		s.search(line, hits)
		s.run.trace = nil
		m.trace.spoilt = m.trace.spoilt || len(s.cands) > 0
		s.res.fields = s.fields
		m.learn(l, text, line.Lo, hits, s.open(text, &m.shape), s.res, s.res.events[at:])
	}
}

// recalled adds the events that are known of a line, to which a literal at lead leads.
func (s *blockScan) recalled(l *lesson, v *variant, line *Line, lead int) {
	m, text := s.memo, line.Text()
	if line.Lo < s.b.From {
		return // it leaves nothing to lines below, or it would not be known
	}
	if v.ok == len(v.events) && (s.sumOK || v.ok == 0) {
		if s.res.ok += int64(v.ok); lead >= 0 && m.shape.plain {
			m.templates.learn(line.Buf[line.Lo:s.liner.next], lead-line.Lo, &m.shape, l, v.ok)
		}
		return
	}
	var when stamp
	known, asked := false, false
	for i := range v.events {
		o := &v.events[i]
		e := s.add(&o.kind, line.Lo+m.shape.pos(o.lit), line.Lo+m.shape.pos(o.at), line.Lo+m.shape.pos(o.end))
		e.setLine(line)
		e.seenLo, e.seenHi = int32(line.RecLo), int32(line.RecHi)
		if o.ok {
			s.someOK = true
			continue
		}
		if !asked {
			when, known = m.shape.stampAt(&l.stamp, text)
			asked = true
		}
		s.setTime(e, when, known)
		n := len(s.fields)
		s.fields = o.appendFields(s.fields, &m.shape, text)
		s.setFields(e, s.fields[n:len(s.fields):len(s.fields)])
	}
}

// open returns the holes of a line's shape in which a literal of digits might not be in vain: what stands before them, up
// to the hole before, does not rule it out.
func (w *worker) open(line []byte, shape *shape) (open []int) {
	from := 0
	for i, h := range shape.holes {
		before := line[from:h.lo]
		from = int(h.hi)
		if slices.ContainsFunc(w.x.numbers, func(sh *sharers) bool { return !w.ruledOut(sh, before) }) {
			open = append(open, i)
		}
	}
	return open
}

// ruledOut reports whether no spec of a literal of digits takes it for one of its own behind a text, whatever stands before
// that.
func (w *worker) ruledOut(sh *sharers, text []byte) bool {
	return !slices.ContainsFunc(sh.specs, func(n int) bool {
		s := &w.x.specs[n]
		m := w.run.machine(s.before)
		b := text[max(0, len(text)-s.left):]
		return m == nil || m.MatchEnd(b) != automaton.No || m.NeedsEnd(b, nil, nil) < 0
	})
}
