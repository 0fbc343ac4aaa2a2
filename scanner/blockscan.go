package scanner

import (
	"bytes"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// A result is what one block holds, in the order in which it stands there. Its memory is used again
// for other blocks once it is delivered.
type result struct {
	events []event
	beside carried
	groups []int // submatches of the candidates, which events refer to
	fields []tally.Field
	lines  int64 // line breaks in the block's own part
	cut    bool  // the own part does not end at a line break

	lengths measure // of the own part
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
	dense     bool          // most lines of the last block held a literal
	results   spareList[*result]
	later     countdowns
}

func newWorker(x *Extractor) *worker {
	w := &worker{
		x: x, judge: judge{x: x},
		continued: make(map[int]bool), memo: newMemo(), results: make(spareList[*result], maxSpares), later: countdowns{codes: make(map[tally.Key]int)},
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
	liner liner

	counted int   // up to where line breaks are counted
	breaks  int64 // of the own part
	told    int64 // lines that hold a literal
}

// scan finds everything in the block's own part. What it finds depends on the part of the input
// within lookAround of each finding only, so that no cut shows.
func (w *worker) scan(b *Block, in *Input) *result {
	res, ok := w.results.Get()
	if !ok {
		res = &result{}
	}
	res.events = res.events[:0]
	w.run.arena, w.fields = res.groups[:0], res.fields[:0]
	w.judge.base, w.judge.lo, w.judge.hi = b.Off, -1, -1
	w.beside.fields = nil // what it holds lies in another block
	w.cands = w.cands[:0]
	clear(w.continued)
	res.beside = carried{list: b.Carriers, base: b.Off}
	s := blockScan{worker: w, b: b, in: in, res: res, times: newClock(in, b.Buf, res.beside), liner: liner{buf: b.Buf}, counted: b.From}
	s.lines()
	res.lines, res.cut = s.breaks+int64(bytes.Count(b.Buf[s.counted:b.To], newline)), b.To > b.From && b.Buf[b.To-1] != '\n'
	res.lengths = measureOf(b.Buf[b.From:b.To])
	w.dense = 2*s.told > res.lines
	w.later.setLater(res.events)
	res.groups, res.fields = w.run.arena, w.fields
	return res
}

// lines goes through the lines that hold a literal, or a code whose literal stands above.
func (s *blockScan) lines() {
	b := s.b
	from, to := max(0, b.From-patternReach), min(len(b.Buf), b.To+recordReach+beforeReach)
	if b.From > 0 && b.Buf[b.From-1] != '\n' {
		// The line goes on from the block before: what it holds there decides about repeats.
		from = max(0, b.From-lineReach-patternReach)
	} else if s.dense && s.x.shapesTell && s.memo != nil && s.memo.lucky() {
		// Where most lines hold a literal, and are known, their shapes are looked at first.
		s.literals(from, b.From)
		s.each(b.From)
		s.literals(b.To, to)
		return
	}
	s.literals(from, to)
}

// literals goes through the lines of buf[from:to] that hold a literal, and those on which candidates wait.
func (s *blockScan) literals(from, to int) {
	s.hits = s.find(s.hits, from, to)
	for hits := s.hits; len(hits) > 0 || len(s.cands) > 0; {
		var pos int
		switch {
		case len(s.cands) == 0:
			pos = hits[0].Pos
		case len(hits) == 0:
			pos = s.cands[0].at
		default:
			pos = min(hits[0].Pos, s.cands[0].at)
		}
		if len(hits) == 0 && pos >= to && to < s.b.To {
			return // there are lines before it that were not looked at
		}
		line := s.liner.at(pos)
		n := 0
		for n < len(hits) && hits[n].Pos <= s.liner.next {
			n++
		}
		s.told++
		if s.standsAlone(&line, s.liner.next) {
			s.shaped(&line, hits[:n], true)
		} else {
			s.search(&line, hits[:n])
		}
		hits = hits[n:]
	}
}

// each goes through all lines of the own part, the first of which begins at pos.
func (s *blockScan) each(pos int) {
	buf := s.b.Buf
	for pos < s.b.To {
		next := len(buf)
		if i := bytes.IndexByte(buf[pos:], '\n'); i >= 0 {
			next = pos + i
		}
		line := Line{Buf: buf, Lo: pos, Hi: next, Whole: true, RecLo: pos, RecHi: next, brk: pos - 1}
		if next > pos && buf[next-1] == '\r' {
			line.Hi, line.RecHi = next-1, next-1
		}
		if next-pos <= maxShaped && s.standsAlone(&line, next) {
			s.shaped(&line, nil, false)
		} else if next > pos {
			s.literals(pos, next)
		}
		if next < s.b.To {
			s.breaks, s.counted = s.breaks+1, next+1
		}
		pos = next + 1
	}
}

// find returns the hits in buf[from:to], but for those that are part of a longer number.
func (s *blockScan) find(hits []literal.Hit, from, to int) []literal.Hit {
	buf := s.b.Buf
	hits = s.x.set.Append(hits[:0], buf, from, to)
	return slices.DeleteFunc(hits, func(h literal.Hit) bool {
		sh := &s.x.sharers[h.Lit]
		return sh.number && (h.Pos > 0 && isDigit(buf[h.Pos-1]) || h.Pos+len(sh.text) < len(buf) && isDigit(buf[h.Pos+len(sh.text)]))
	})
}

var newline = []byte{'\n'}
