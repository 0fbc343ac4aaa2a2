package scanner

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// A result is what one block holds, in the order in which it stands there.
type result struct {
	events []event
	lines  int64 // line breaks in the block's own part
	cut    bool  // the own part does not end at a line break
}

// An event is a finding or a mark; line counts from the beginning of the block's own part, from 0.
type event struct {
	finding *tally.Finding
	mark    *tally.Mark
	line    int64
}

// A worker scans blocks with one extractor. It keeps scratch memory and is not safe for
// concurrent use.
type worker struct {
	x     *Extractor
	judge judge
	hits  []literal.Hit
	cands []candidate
	// continued remembers for the lines of a block, by their beginning, whether they continue a record.
	continued map[int]bool
}

func newWorker(x *Extractor) *worker { return &worker{x: x, judge: judge{x: x}} }

// scan finds everything in the block's own part. What it finds depends on the part of the input
// within lookAround of each finding only, so that no cut shows.
func (w *worker) scan(b *Block, in *Input) result {
	w.judge.base, w.judge.lo, w.judge.hi = b.Off, -1, -1
	from := max(0, b.From-patternReach)
	if b.From > 0 && b.Buf[b.From-1] != '\n' {
		// The line goes on from the block before: what it holds there decides about repeats.
		from = max(0, b.From-lineReach-patternReach)
	}
	w.collect(b.Buf, from, min(len(b.Buf), b.To+recordReach+beforeReach))
	res := result{lines: int64(bytes.Count(b.Buf[b.From:b.To], newline)), cut: b.To > b.From && b.Buf[b.To-1] != '\n'}
	times := newClock(in, b.Buf)
	liner := liner{buf: b.Buf}
	w.continued = map[int]bool{}
	counted, lines := b.From, int64(0)
	for n := 0; n < len(w.cands); {
		// One line at a time: its codes and marks decide about each other.
		var group []found
		line := liner.at(w.cands[n].at)
		line.findRecord(w.continued)
		for brk, record := line.brk, line; n < len(w.cands); {
			if line = liner.at(w.cands[n].at); line.brk != brk {
				break
			}
			if line.Whole {
				line.RecLo, line.RecHi = record.RecLo, record.RecHi
			}
			var f found
			f, n = w.weighAll(&line, n)
			if f.c != nil {
				group = append(group, f)
			}
		}
		w.dropOuter(group)
		dropRepeats(group)
		for i := range group {
			f := &group[i]
			if f.dropped || f.c.at < b.From || f.c.at >= b.To {
				continue
			}
			lines += int64(bytes.Count(b.Buf[counted:f.c.at], newline))
			counted = f.c.at
			place := f.line.place(in.Name, b.Off, f.c.at)
			place.Time, place.TimeGuessed = times.when(f.c.at, f.line.Lo, f.line.Hi, f.line.Whole)
			res.events = append(res.events, w.event(f, place, in, lines))
		}
	}
	return res
}

var newline = []byte{'\n'}

// found is a candidate that was accepted.
type found struct {
	c       *candidate
	line    Line
	ruling  ruling
	dropped bool
}

// collect gathers the candidates whose literal begins in buf[from:to], by position, then rank.
func (w *worker) collect(buf []byte, from, to int) {
	w.cands = w.cands[:0]
	w.hits = w.x.set.Append(w.hits[:0], buf, from, to)
	for _, h := range w.hits {
		if c, ok := w.x.match(buf, w.x.owner[h.Lit], h.Pos); ok {
			w.cands = append(w.cands, c)
		}
	}
	slices.SortStableFunc(w.cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.spec, b.spec))
	})
}

// match runs a spec where one of its literals begins.
func (x *Extractor) match(buf []byte, n, pos int) (candidate, bool) {
	s := &x.specs[n]
	c := candidate{spec: n, lit: pos, at: pos, end: pos, event: s.Event}
	// The pattern rejects most candidates, and it is anchored; what stands left has to be searched.
	if c.groups = s.re.FindSubmatchIndex(x.window(s, buf, pos)); c.groups == nil {
		return c, false
	}
	c.end = pos + c.groups[1]
	beforeLo, left, ok := s.leftOf(buf, pos)
	if !ok {
		return c, false
	}
	for _, side := range []struct {
		names  []string
		groups []int
		base   int
	}{{s.re.SubexpNames(), c.groups, pos}, {beforeNames(s), left, beforeLo}} {
		for i, name := range side.names {
			if side.groups == nil || side.groups[2*i] < 0 {
				continue
			}
			lo, hi := side.base+side.groups[2*i], side.base+side.groups[2*i+1]
			switch name {
			case "event":
				c.event = string(buf[lo:hi])
			case "code":
				code, err := parseCode(buf[lo:hi])
				if err != nil || !endsNumber(buf, hi) {
					return c, false
				}
				c.code, c.at, c.end = code, lo, hi
			}
		}
	}
	return c, true
}

// leftOf runs the before and unless patterns on what stands left of pos in its line, and returns where that
// begins and the submatches of before.
func (s *spec) leftOf(buf []byte, pos int) (lo int, groups []int, ok bool) {
	if s.before == nil && s.unless == nil {
		return pos, nil, true
	}
	lo = max(0, pos-s.left)
	if i := bytes.LastIndexByte(buf[lo:pos], '\n'); i >= 0 {
		lo += i + 1
	}
	if s.before != nil {
		if groups = s.before.FindSubmatchIndex(buf[lo:pos]); groups == nil {
			return lo, nil, false
		}
	}
	return lo, groups, s.unless == nil || !s.unless.Match(buf[lo:pos])
}

func beforeNames(s *spec) []string {
	if s.before == nil {
		return nil
	}
	return s.before.SubexpNames()
}

// window returns what the spec's pattern may see from pos on.
func (x *Extractor) window(s *spec, buf []byte, pos int) []byte {
	rest := buf[pos:min(len(buf), pos+patternReach)]
	end := 0
	for range max(s.Lines, 1) {
		i := bytes.IndexByte(rest[end:], '\n')
		if i < 0 {
			return rest
		}
		end += i + 1
	}
	end--
	if end > 0 && rest[end-1] == '\r' {
		end--
	}
	return rest[:end]
}

// weighAll judges the candidates of one position in order of rank and returns the first that is
// accepted and the index of the next position.
func (w *worker) weighAll(line *Line, n int) (f found, next int) {
	next = n
	for at := w.cands[n].at; next < len(w.cands) && w.cands[next].at == at; next++ {
		if f.c != nil {
			continue
		}
		c := &w.cands[next]
		if v := w.judge.weigh(line.Buf, c, line.RecLo, line.RecHi, nil); v.accepted() {
			f = found{c: c, line: *line, ruling: v}
		}
	}
	return f, next
}

// dropOuter marks the codes whose spec yields to one that found a code nearby on the line.
func (w *worker) dropOuter(group []found) {
	last := map[string]int{} // spec → where it found something
	visit := func(i int) {
		f := &group[i]
		s := w.x.specs[f.c.spec]
		if at, found := last[s.Yields]; found && max(at-f.c.at, f.c.at-at) <= recordReach {
			f.dropped = true
		}
		last[s.Name] = f.c.at
	}
	for i := range group {
		visit(i)
	}
	clear(last)
	for i := range slices.Backward(group) {
		visit(i)
	}
}

// dropRepeats marks what one line says twice: the same code or event again in the same record, and an event of
// trouble that a code nearby on the line already says.
func dropRepeats(group []found) {
	type what struct {
		event string
		code  int
	}
	last := map[what]*candidate{}
	lastCode := -1 - recordReach
	for i := range group {
		f := &group[i]
		key := what{f.c.event, f.c.code}
		if before := last[key]; before != nil && f.c.at-before.at <= lineReach {
			f.dropped = f.dropped || !parted(f.line.Buf[before.end:max(before.end, f.c.at)])
		}
		if f.dropped && last[key] == nil {
			continue // it stepped back, and is no first of anything
		}
		last[key] = f.c
		if f.c.event == "" && f.c.code != 0 {
			lastCode = f.c.at
		} else if isTrouble(f.c.event) && f.c.at-lastCode <= recordReach {
			f.dropped = true
		}
	}
	nextCode := math.MaxInt
	for i := len(group) - 1; i >= 0; i-- {
		f := &group[i]
		if f.c.event == "" && f.c.code != 0 {
			nextCode = f.c.at
		} else if isTrouble(f.c.event) && nextCode-f.c.at <= recordReach {
			f.dropped = true
		}
	}
}

// parted reports whether the text between two codes of a line ends one record and begins another: the objects of
// a JSON array, or lines that end in a bare carriage return.
func parted(between []byte) bool {
	if i := bytes.IndexByte(between, '}'); i >= 0 && bytes.IndexByte(between[i:], '{') >= 0 {
		return true
	}
	return bytes.IndexByte(between, '\r') >= 0
}

// isTrouble reports whether an event tells of trouble for which there are codes too.
func isTrouble(event string) bool {
	e, ours := tally.EventNamed(event)
	return !ours && event != tally.MarkOK || e.Trouble
}

// event builds the finding or mark for an accepted candidate.
func (w *worker) event(f *found, place tally.Place, in *Input, line int64) event {
	s := &w.x.specs[f.c.spec]
	fields := w.x.fieldsOf(w, f, in)
	text := f.line.excerpt(f.c.at, f.c.end)
	name := f.c.event
	if name == "" && f.c.code == 0 {
		name = tally.MarkOK
	}
	if name != "" {
		return event{line: line, mark: &tally.Mark{Place: place, Event: name, Level: level(f.line.Text()), Fields: fields, Extractor: s.Name, Text: text}}
	}
	return event{line: line, finding: &tally.Finding{
		Place: place, Code: f.c.code, Family: f.ruling.family, Alternatives: f.ruling.others, Entry: f.ruling.entry,
		Level: level(f.line.Text()), Fields: fields, Extractor: s.Name, Text: text,
	}}
}
