package scanner

import (
	"bytes"
	"slices"
	"sync"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// A result is what one block holds, in the order in which it stands there. Its memory is used again
// for other blocks once it is delivered.
type result struct {
	events []event
	groups []int // submatches of the candidates, which events refer to
	fields []tally.Field
	lines  int64 // line breaks in the block's own part
	cut    bool  // the own part does not end at a line break
}

// A worker scans blocks with one extractor. It keeps scratch memory and is not safe for
// concurrent use.
type worker struct {
	x     *Extractor
	run   runner
	judge judge
	hits  []literal.Hit
	cands []candidate // in order; those on later lines than their literal wait here
	// continued remembers for the lines of a block, by their beginning, whether they continue a record.
	continued map[int]bool
	group     []found
	beside    fieldMemo
	fields    []tally.Field // of the events
	memo      *memo         // nil: every line is searched
	results   *sync.Pool    // of *result
}

func newWorker(x *Extractor) *worker {
	w := &worker{
		x: x, run: runner{machines: make([]*automaton.Machine, x.patterns)}, judge: judge{x: x},
		continued: make(map[int]bool), memo: &memo{credit: maxCredit}, results: new(sync.Pool),
	}
	w.judge.run = &w.run
	return w
}

// A blockScan is the work on one block.
type blockScan struct {
	*worker
	b     *Block
	in    *Input
	res   *result
	times clock

	counted int   // up to where line breaks are counted
	breaks  int64 // of the own part
}

// scan finds everything in the block's own part. What it finds depends on the part of the input
// within lookAround of each finding only, so that no cut shows.
func (w *worker) scan(b *Block, in *Input) *result {
	res, ok := w.results.Get().(*result)
	if !ok {
		res = &result{}
	}
	res.events = res.events[:0]
	w.run.arena, w.fields = res.groups[:0], res.fields[:0]
	w.judge.base, w.judge.lo, w.judge.hi = b.Off, -1, -1
	w.beside.fields = nil // what it holds lies in another block
	clear(w.continued)
	s := blockScan{worker: w, b: b, in: in, res: res, times: newClock(in, b.Buf), counted: b.From}
	s.lines()
	res.lines, res.cut = s.breaks+int64(bytes.Count(b.Buf[s.counted:b.To], newline)), b.To > b.From && b.Buf[b.To-1] != '\n'
	setLater(res.events)
	res.groups, res.fields = w.run.arena, w.fields
	return res
}

// lines goes through the lines that hold a literal, or a code whose literal stands above.
func (s *blockScan) lines() {
	b := s.b
	from := max(0, b.From-patternReach)
	if b.From > 0 && b.Buf[b.From-1] != '\n' {
		// The line goes on from the block before: what it holds there decides about repeats.
		from = max(0, b.From-lineReach-patternReach)
	}
	s.hits = s.x.set.Append(s.hits[:0], b.Buf, from, min(len(b.Buf), b.To+recordReach+beforeReach))
	s.dropDigits()
	s.cands = s.cands[:0]
	liner := liner{buf: b.Buf}
	for hits := s.hits; len(hits) > 0 || len(s.cands) > 0; {
		waits := len(s.cands) > 0
		pos := 0
		switch {
		case !waits:
			pos = hits[0].Pos
		case len(hits) == 0:
			pos = s.cands[0].at
		default:
			pos = min(hits[0].Pos, s.cands[0].at)
		}
		line := liner.at(pos)
		n := 0
		for n < len(hits) && hits[n].Pos <= liner.next {
			n++
		}
		if !(waits && s.cands[0].at <= liner.next) && s.standsAlone(&line, liner.next) {
			s.shaped(&line, &liner, hits[:n])
		} else {
			s.search(&line, &liner, hits[:n])
		}
		hits = hits[n:]
	}
}

// dropDigits drops hits that are part of a longer number.
func (s *blockScan) dropDigits() {
	buf := s.b.Buf
	s.hits = slices.DeleteFunc(s.hits, func(h literal.Hit) bool {
		sh := &s.x.sharers[h.Lit]
		return sh.number && (h.Pos > 0 && isDigit(buf[h.Pos-1]) || h.Pos+sh.len < len(buf) && isDigit(buf[h.Pos+sh.len]))
	})
}

// search finds what is on a line without the help of memory.
func (s *blockScan) search(line *Line, liner *liner, hits []literal.Hit) {
	for _, h := range hits {
		s.collectAt(s.b.Buf, h.Lit, h.Pos)
	}
	s.sortCandidates()
	n, end := 0, liner.next
	group := s.group[:0]
	if len(s.cands) > 0 && s.cands[0].at <= end {
		line.findRecord(s.continued)
	}
	for n < len(s.cands) && s.cands[n].at <= end {
		// A line that is longer than a window looks different from each of its codes.
		l := liner.at(s.cands[n].at)
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
		e := s.add(event{found: *f})
		if !e.ok() { // that a call went well is only counted
			s.setTime(e, stamp{}, false)
			e.fields = s.withHost(s.fieldsOf(&e.found, s.x.fields.counted), s.in)
		}
	}
}

// add appends an event, and says where it stands.
func (s *blockScan) add(e event) *event {
	s.breaks += int64(bytes.Count(s.b.Buf[s.counted:e.c.at], newline))
	s.counted = e.c.at
	e.place, e.breaks = e.line.place(s.in.Name, s.b.Off, e.c.at), s.breaks
	s.res.events = append(s.res.events, e)
	return &s.res.events[len(s.res.events)-1]
}

// standsAlone reports whether all that decides about a line, of which the break is at next, is the line: it is whole and in the own part, and
// neither continues a record nor is continued.
func (s *blockScan) standsAlone(line *Line, next int) bool {
	buf := line.Buf
	return s.memo != nil && line.Whole && line.Lo >= s.b.From && line.Hi <= s.b.To && line.Hi-line.Lo <= maxShaped &&
		!mayContinue(buf[line.Lo:]) && (next+1 >= len(buf) || !mayContinue(buf[next+1:]))
}

// shaped finds what is on a line that stands alone, from memory if its shape is known.
func (s *blockScan) shaped(line *Line, liner *liner, hits []literal.Hit) {
	m, text := s.memo, line.Text()
	if !m.worthAsking() {
		s.search(line, liner, hits)
		return
	}
	m.shape.cut(text, &s.x.idWords)
	l, v := m.recall(text, line.Lo, hits)
	switch {
	case v != nil && !v.search:
		s.recalled(l, v, line, text)
	case v != nil || !m.wants(l):
		s.search(line, liner, hits)
	default:
		m.trace.begin(line.Buf, line.Lo, line.Hi, &m.shape)
		m.trace.noteWords(text, s.x.numbered)
		s.run.trace, s.beside.fields = &m.trace, nil
		at := len(s.res.events)
		s.search(line, liner, hits)
		s.run.trace = nil
		m.trace.spoilt = m.trace.spoilt || len(s.cands) > 0
		m.learn(l, text, line.Lo, hits, s.res.events[at:])
	}
}

// recalled adds the events that are known of a line.
func (s *blockScan) recalled(l *lesson, v *variant, line *Line, text []byte) {
	var at stamp
	known, asked := false, false
	for i := range v.events {
		o := &v.events[i]
		e := s.add(o.event(&s.memo.shape, line))
		if e.ok() {
			continue
		}
		if !asked {
			at, known = s.memo.shape.stampAt(&l.stamp, text)
			asked = true
		}
		s.setTime(e, at, known)
		n := len(s.fields)
		s.fields = o.appendFields(s.fields, &s.memo.shape, text)
		e.fields = s.withHost(s.fields[n:len(s.fields):len(s.fields)], s.in)
	}
}

// setTime gives an event its time: that of the stamp of its line, if that is known already.
func (s *blockScan) setTime(e *event, at stamp, known bool) {
	if !known && e.line.Whole {
		// Of a line that is longer than the window only a part is seen, which does not begin with a stamp.
		at, known = findStamp(e.line.Text())
	}
	e.place.Time, e.place.TimeGuessed = s.times.when(e.c.at, e.line.Lo, at, known)
}

var newline = []byte{'\n'}

// found is a candidate that was judged.
type found struct {
	c        candidate
	line     Line
	ruling   ruling
	accepted bool
	dropped  bool
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
