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
	buf    []byte // of the block
	beside carried
	kinds  []found // of events that were searched for
	groups []int   // submatches of the candidates, which kinds refer to
	fields []tally.Field
	ok     int64 // results with code 0 that are no events
	lines  int64 // line breaks in the block's own part
	cut    bool  // the own part does not end at a line break

	lengths measure // of the own part
}

// A worker scans blocks with one extractor. It keeps scratch memory and is not safe for
// concurrent use.
type worker struct {
	x      *Extractor
	run    runner
	judge  judge
	hits   []literal.Hit
	places []uint32    // where they may begin
	cands  []candidate // in order; those on later lines than their literal wait here
	// continued remembers for the lines of a block, by their beginning, whether they continue a record.
	continued map[int]bool
	group     []found
	beside    fieldMemo
	fields    []tally.Field // of the events
	kinds     []found       // of the events that were searched for
	memo      *memo         // nil: every line is searched
	dense     bool          // most lines of the last block held a literal
	sumOK     bool          // results with code 0 are counted, and make no events
	results   *spareList[*result]
	later     countdowns
}

func newWorker(x *Extractor) *worker {
	w := &worker{
		x: x, judge: judge{x: x},
		continued: make(map[int]bool), memo: newMemo(), results: &spareList[*result]{Most: maxSpares}, later: countdowns{codes: make(map[tally.Key]int)},
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

	someOK bool // an event is a result with code 0
}

// scan finds everything in the block's own part. What it finds depends on the part of the input
// within lookAround of each finding only, so that no cut shows.
func (w *worker) scan(b *Block, in *Input) *result {
	res, ok := w.results.Get()
	if !ok {
		res = &result{}
	}
	res.events, res.ok = res.events[:0], 0
	w.run.arena, w.fields, w.kinds = res.groups[:0], res.fields[:0], res.kinds[:0]
	w.judge.base, w.judge.lo, w.judge.hi = b.Off, -1, -1
	w.beside.fields = nil // what it holds lies in another block
	w.cands = w.cands[:0]
	clear(w.continued)
	res.buf, res.beside = b.Buf, carried{list: b.Carriers, base: b.Off}
	s := blockScan{worker: w, b: b, in: in, res: res, times: newClock(in, b.Buf, res.beside), liner: liner{buf: b.Buf}, counted: b.From}
	s.lines()
	res.lines, res.cut = s.breaks+int64(bytes.Count(b.Buf[s.counted:b.To], newline)), b.To > b.From && b.Buf[b.To-1] != '\n'
	res.lengths = measureOf(b.Buf[b.From:b.To])
	w.dense = 2*s.told > res.lines
	if w.sumOK && s.someOK {
		res.sumOK()
	}
	w.later.setLater(res.events)
	res.groups, res.fields, res.kinds = w.run.arena, w.fields, w.kinds
	return res
}

// sumOK makes a sum of the results with code 0 that are events.
func (r *result) sumOK() {
	found := len(r.events)
	r.events = slices.DeleteFunc(r.events, func(e event) bool { return e.ok() })
	r.ok += int64(found - len(r.events))
}

// lines goes through the lines that hold a literal, or a code whose literal stands above.
func (s *blockScan) lines() {
	b := s.b
	from, to := max(0, b.From-patternReach), b.To
	if b.To > b.From && b.Buf[b.To-1] != '\n' {
		to = min(len(b.Buf), b.To+recordReach+beforeReach) // the line goes on, and what it holds there decides, too
	}
	if b.From > 0 && b.Buf[b.From-1] != '\n' {
		// The line goes on from the block before: what it holds there decides about repeats.
		from = max(0, b.From-lineReach-patternReach)
	} else if s.dense && s.x.shapesTell && s.memo != nil && s.memo.lucky() {
		// Where most lines hold a literal, and are known, their shapes are looked at first.
		s.literals(from, b.From)
		s.each(b.From, to)
		return
	}
	s.literals(from, to)
}

// literals goes through the lines of buf[from:to] that hold a literal, and those on which candidates wait. One literal of
// a line is looked for, for it is the shape that tells the others of most lines.
func (s *blockScan) literals(from, to int) {
	s.places = s.x.leads.Places(s.places[:0], s.b.Buf, from, to)
	for places := s.places; len(places) > 0 || len(s.cands) > 0; {
		var pos int
		if len(s.cands) == 0 {
			if next := s.repeated(int(places[0])); next >= 0 {
				places = placesBehind(places, next)
				continue
			}
		}
		switch {
		case len(places) == 0 || len(s.cands) > 0 && s.cands[0].at <= int(places[0]):
			if pos = s.cands[0].at; len(places) == 0 && pos >= to && to < s.b.To {
				return // there are lines before it that were not looked at
			}
		case s.leads(int(places[0])):
			pos = int(places[0])
		default:
			places = places[1:]
			continue
		}
		line := s.liner.at(pos)
		s.told++
		if s.standsAlone(&line, s.liner.next) {
			s.shaped(&line, pos)
		} else {
			s.search(&line, s.find(max(from, s.liner.prev+1), min(to, s.liner.next)))
		}
		places = placesBehind(places, s.liner.next)
	}
}

// placesBehind returns the places that are behind one.
func placesBehind(places []uint32, place int) []uint32 {
	for len(places) > 0 && int(places[0]) <= place {
		places = places[1:]
	}
	return places
}

// repeated finds what is on the line around a place if it has a template, and returns its break, or else -1. No candidate
// may wait.
func (s *blockScan) repeated(place int) (next int) {
	if s.memo == nil || !s.x.shapesTell {
		return -1
	}
	buf := s.b.Buf
	t, next := s.memo.templates.match(buf, place, s.b.From, s.b.To)
	if t == nil || next+1 < len(buf) && mayContinue(buf[next+1:]) {
		return -1
	}
	s.told++
	s.res.ok += t.ok
	return next
}

// leads reports whether a literal stands at a place that leads to a line.
func (s *blockScan) leads(place int) bool {
	return s.x.leads.Any(s.b.Buf, place, func(lit int) bool {
		return !s.inVain(literal.Hit{Pos: place, Lit: s.x.leading[lit]})
	})
}

// each goes through all lines of the own part, the first of which begins at pos; of one that goes on it sees what stands
// before to.
func (s *blockScan) each(pos, to int) {
	buf := s.b.Buf
	for pos < s.b.To {
		next := len(buf)
		if i := bytes.IndexByte(buf[pos:], '\n'); i >= 0 {
			next = pos + i
		}
		s.counted = min(next, s.b.To) // there is no line break to count before it
		line := Line{Buf: buf, Lo: pos, Hi: next, Whole: true, RecLo: pos, RecHi: next, brk: pos - 1}
		if next > pos && buf[next-1] == '\r' {
			line.Hi, line.RecHi = next-1, next-1
		}
		if next-pos <= maxShaped && s.standsAlone(&line, next) {
			s.shaped(&line, -1)
		} else if next > pos {
			s.literals(pos, min(next, to))
		}
		if next < s.b.To {
			s.breaks, s.counted = s.breaks+1, next+1
		}
		pos = next + 1
	}
}

// find returns the hits in buf[from:to], but for those in vain.
func (s *blockScan) find(from, to int) []literal.Hit {
	s.hits = slices.DeleteFunc(s.x.set.Append(s.hits[:0], s.b.Buf, from, to), s.inVain)
	return s.hits
}

// inVain reports whether a hit is but a part of a longer number or of an id, or a number before which nothing stands that
// makes it one of ours.
func (s *blockScan) inVain(h literal.Hit) bool {
	sh := &s.x.sharers[h.Lit]
	if sh.bounds == nil {
		return false
	}
	buf, end := s.b.Buf, h.Pos+len(sh.text)
	if h.Pos > 0 && sh.bounds.before[buf[h.Pos-1]] || end < len(buf) && sh.bounds.after[buf[end]] {
		return true
	}
	for _, n := range sh.specs {
		if _, _, ok := s.leftOf(&s.x.specs[n], buf, h.Pos); ok {
			return false
		}
	}
	return true
}

var newline = []byte{'\n'}
