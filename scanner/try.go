package scanner

import (
	"bytes"
	"cmp"
	"regexp"
	"regexp/syntax"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A Trial is what one spec made of one place in a text.
type Trial struct {
	Extractor string
	Line      int // 1-based
	Column    int // of the code, else of the literal; 1-based, in bytes
	Code      int
	Event     string
	Family    string

	Accepted bool
	Repeat   bool     // accepted, but the line says it already
	Points   int      // of Threshold
	Reasons  []string // what the points are for
	Missing  string   // the evidence that the spec needs and the record lacks

	// Failed is set where a literal stands but the pattern does not match: Reached is the column
	// up to which it did, Want the piece that did not.
	Failed  bool
	Reached int
	Want    string
}

// maxTrials bounds how many places of a text are tried.
const maxTrials = 500

// Try runs every spec over a text and reports what each made of it: accepted ones first, then by
// points, then by how far a pattern got.
func (x *Extractor) Try(text string) []Trial {
	buf := []byte(text)
	w := newWorker(x)
	w.judge.lo, w.judge.hi = -1, -1
	var out []Trial
	liner := liner{buf: buf}
	hits := x.set.Append(nil, buf, 0, len(buf))
	var places [][2]int // spec and position
	for _, h := range hits {
		for _, n := range x.sharers[h.Lit].specs {
			places = append(places, [2]int{n, h.Pos})
		}
	}
	for _, place := range places[:min(len(places), maxTrials)] {
		n, at := place[0], place[1]
		t := Trial{Extractor: x.specs[n].Name}
		c, ok := w.match(buf, n, at)
		pos := c.at
		if !ok {
			pos = at
			t.Failed = true
			reached, want := x.specs[n].reach(x.specs[n].window(buf, at))
			liner.ready = false
			line := liner.at(pos)
			t.Reached, t.Want = pos+reached-line.Lo+1, want
		}
		// Hits come by literal, codes lie behind or before it, so positions do not ascend.
		liner.ready = false
		line := liner.at(pos)
		t.Line, t.Column = 1+bytes.Count(buf[:pos], newline), pos-line.Lo+1
		if ok {
			line.findRecord(map[int]bool{})
			t.Code, t.Event = c.code, c.event
			if c.event == "" && c.code == 0 {
				t.Event = tally.MarkOK
			}
			v := w.judge.weigh(buf, &c, line.RecLo, line.RecHi, &t.Reasons)
			t.Accepted, t.Points, t.Missing, t.Family = v.accepted(), v.points, v.missing, string(v.family)
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b Trial) int {
		return cmp.Or(-boolCompare(a.Accepted, b.Accepted), boolCompare(a.Failed, b.Failed), cmp.Compare(b.Points, a.Points),
			cmp.Compare(b.Reached-b.Column, a.Reached-a.Column), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for i := range out {
		out[i].Repeat = out[i].Accepted && slices.ContainsFunc(out[:i], func(o Trial) bool {
			return o.Accepted && o.Line == out[i].Line && o.Code == out[i].Code && o.Event == out[i].Event
		})
	}
	return out
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// reach returns how many bytes of text the longest leading part of the pattern matches, and the piece
// that follows it. A pattern that matches whole was stopped by before, unless or the number itself.
func (s *spec) reach(text []byte) (n int, want string) {
	tree, err := syntax.Parse(pieces.Replace(s.Pattern), syntax.Perl)
	if err != nil {
		return 0, s.Pattern
	}
	parts := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpConcat {
		parts = tree.Sub
	}
	for k := len(parts); k > 0; k-- {
		lead := &syntax.Regexp{Op: syntax.OpConcat, Sub: parts[:k], Flags: tree.Flags}
		re, err := regexp.Compile(`^(?:` + lead.String() + `)`)
		if err != nil {
			continue
		}
		m := re.FindIndex(text)
		if m == nil {
			continue
		}
		if k == len(parts) {
			return m[1], "what stands around it"
		}
		return m[1], parts[k].String()
	}
	return 0, parts[0].String()
}
