package scanner

import (
	"bytes"
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
			res.events = append(res.events, event{found: *f, place: f.line.place(in.Name, b.Off, f.c.at), breaks: lines})
			if e := &res.events[len(res.events)-1]; !e.ok() { // that a call went well is only counted
				e.place.Time, e.place.TimeGuessed = times.when(f.c.at, f.line.Lo, f.line.Hi, f.line.Whole)
				e.fields = w.fieldsOf(&e.found, in, w.x.fields.counted)
			}
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
