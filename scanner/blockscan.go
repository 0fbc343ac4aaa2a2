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

// An event is a finding or a mark; line counts from the beginning of the block's own part, from 0.
type event struct {
	finding tally.Finding
	mark    tally.Mark
	isMark  bool
	found   found // what the event was made of: see [worker.detail]
	line    int64
}

// A worker scans blocks with one extractor. It keeps scratch memory and is not safe for
// concurrent use.
type worker struct {
	x     *Extractor
	run   runner
	judge judge
	hits  []literal.Hit
	cands []candidate
	// continued remembers for the lines of a block, by their beginning, whether they continue a record.
	continued map[int]bool
	group     []found
	memo      fieldMemo
	fields    []tally.Field // of the events
	results   *sync.Pool    // of *result
}

func newWorker(x *Extractor) *worker {
	w := &worker{
		x: x, run: runner{machines: make([]*automaton.Machine, x.patterns)}, judge: judge{x: x},
		continued: make(map[int]bool), results: new(sync.Pool),
	}
	w.judge.run = &w.run
	return w
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
	w.memo.fields = nil // its values lie in another block
	from := max(0, b.From-patternReach)
	if b.From > 0 && b.Buf[b.From-1] != '\n' {
		// The line goes on from the block before: what it holds there decides about repeats.
		from = max(0, b.From-lineReach-patternReach)
	}
	w.collect(b.Buf, from, min(len(b.Buf), b.To+recordReach+beforeReach))
	res.lines, res.cut = int64(bytes.Count(b.Buf[b.From:b.To], newline)), b.To > b.From && b.Buf[b.To-1] != '\n'
	times := newClock(in, b.Buf)
	liner := liner{buf: b.Buf}
	clear(w.continued)
	counted, lines := b.From, int64(0)
	for n := 0; n < len(w.cands); {
		// One line at a time: its codes and marks decide about each other.
		group := w.group[:0]
		line := liner.at(w.cands[n].at)
		line.findRecord(w.continued)
		for brk, record := line.brk, line; n < len(w.cands); {
			if line = liner.at(w.cands[n].at); line.brk != brk {
				break
			}
			if line.Whole {
				line.RecLo, line.RecHi = record.RecLo, max(record.RecHi, line.Hi)
			}
			var f found
			if f, n = w.weighAll(&line, n); f.accepted {
				group = append(group, f)
			}
		}
		w.group = group
		if len(group) > 1 {
			w.dropOuter(group)
			dropRepeats(group)
		}
		for i := range group {
			f := &group[i]
			if f.dropped || f.c.at < b.From || f.c.at >= b.To {
				continue
			}
			lines += int64(bytes.Count(b.Buf[counted:f.c.at], newline))
			counted = f.c.at
			place := f.line.place(in.Name, b.Off, f.c.at)
			if f.c.event == "" && f.c.code == 0 {
				// That a call went well is only counted; whoever asks for more gets it from the block.
				res.events = append(res.events, event{line: lines, found: *f, isMark: true, mark: tally.Mark{Place: place, Event: tally.MarkOK}})
				continue
			}
			place.Time, place.TimeGuessed = times.when(f.c.at, f.line.Lo, f.line.Hi, f.line.Whole)
			res.events = append(res.events, w.event(f, place, in, lines))
		}
	}
	setLater(res.events)
	res.groups, res.fields = w.run.arena, w.fields
	return res
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

// collect gathers the candidates whose literal begins in buf[from:to], by position, then rank.
func (w *worker) collect(buf []byte, from, to int) {
	w.cands = w.cands[:0]
	w.hits = w.x.set.Append(w.hits[:0], buf, from, to)
	for _, h := range w.hits {
		w.collectAt(buf, h.Lit, h.Pos)
	}
	// They are nearly in order: a number stands within the reach of its literal.
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

// event builds the finding or mark for an accepted candidate. The details wait.
func (w *worker) event(f *found, place tally.Place, in *Input, line int64) event {
	s := &w.x.specs[f.c.spec]
	text := f.line.excerpt(f.c.at, f.c.end)
	fields := w.fieldsOf(f, in, w.x.fields.counted)
	if f.c.event != "" {
		return event{line: line, found: *f, isMark: true, mark: tally.Mark{Place: place, Event: f.c.event, Fields: fields, Extractor: s.Name, Text: text}}
	}
	return event{line: line, found: *f, finding: tally.Finding{
		Place: place, Code: f.c.code, Family: f.ruling.family, Alternatives: f.ruling.others, Entry: f.ruling.entry,
		Fields: fields, Extractor: s.Name, Text: text,
	}}
}

// detail returns what only those need who show a finding or a mark.
func (w *worker) detail(e *event, in *Input) (string, tally.Fields) {
	w.run.arena, w.fields, w.memo.fields = w.run.arena[:0], w.fields[:0], nil
	return level(e.found.line.Text()), w.fieldsOf(&e.found, in, w.x.fields.all)
}

// detailMark fills in what a mark was left without: of a call that went well that is all but its place.
func (w *worker) detailMark(m *tally.Mark, e *event, in *Input) {
	f := &e.found
	if m.Event == tally.MarkOK {
		times := newClock(in, f.line.Buf)
		m.Time, m.TimeGuessed = times.when(f.c.at, f.line.Lo, f.line.Hi, f.line.Whole)
		m.Extractor, m.Text = w.x.specs[f.c.spec].Name, f.line.excerpt(f.c.at, f.c.end)
	}
	m.Level, m.Fields = w.detail(e, in)
}

// setLater counts for each finding those of the same code that come behind it in the order of places.
func setLater(events []event) {
	codes := make(map[tally.Key][]*tally.Finding)
	for i := range events {
		if f := &events[i].finding; !events[i].isMark {
			key := tally.Key{Family: f.Family, Code: f.Code}
			codes[key] = append(codes[key], f)
		}
	}
	order := func(a, b *tally.Finding) int { return a.Compare(b.Place) }
	for _, list := range codes {
		if !slices.IsSortedFunc(list, order) { // stamps of two layouts differ by a millisecond
			slices.SortFunc(list, order)
		}
		for i, f := range list {
			f.Later = len(list) - 1 - i
		}
	}
}
