package scanner

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// Sharers are the specs that have a literal in common.
type sharers struct {
	specs []int  // ascending
	text  string // of the literal, folded
	// bounds are those of a literal in digits that none of them takes for a part of a longer number; else nil.
	bounds *bounds
	// led is set where all of them need another literal on the line, which leads to it.
	led    bool
	united func() *united // when the literal is first met
}

// What is united runs as one: where the literal stands, one run of the union tells which of the specs match; few do.
type united struct {
	union *pattern // nil: there is none
	// inside are those in the union, in its order, and outside those that are run alone.
	inside, outside []int
}

// share lists the literals of all specs, each once, with those that have it.
func (x *Extractor) share() (err error) {
	numbers := map[string]int{}
	var lits []string
	for i, s := range x.specs {
		for _, l := range s.Literals {
			l = foldASCII(l)
			n, known := numbers[l]
			if !known {
				n = len(lits)
				numbers[l] = n
				lits, x.sharers = append(lits, l), append(x.sharers, sharers{text: l})
			}
			if sh := &x.sharers[n]; !slices.Contains(sh.specs, i) {
				sh.specs = append(sh.specs, i)
			}
		}
	}
	unions := map[string]func() *united{} // the same specs often share several literals
	for i := range x.sharers {
		sh := &x.sharers[i]
		key := fmt.Sprint(sh.specs)
		if unions[key] == nil {
			unions[key] = sync.OnceValue(func() *united { return x.unite(sh.specs) })
		}
		sh.united = unions[key]
		if digits([]byte(sh.text)) {
			sh.bounds = x.boundsOf(sh)
		}
	}
	x.lead()
	var leads []string
	for i := range x.sharers {
		if !x.sharers[i].led {
			leads, x.leading = append(leads, lits[i]), append(x.leading, i)
		}
	}
	if x.leads, err = literal.New(leads); err != nil {
		return err
	}
	x.set, err = literal.New(lits)
	return err
}

// Bounds are the letters and digits beside which a literal matters to no spec. Hits of numbers are everywhere.
type bounds struct{ before, after [256]bool }

// boundsOf returns the bounds of a literal, or nil if a digit beside it may matter.
func (x *Extractor) boundsOf(sh *sharers) *bounds {
	var b bounds
	for c := range byte('z' + 1) {
		b.before[c], b.after[c] = isAlphanumeric(c), isAlphanumeric(c)
	}
	for _, n := range sh.specs {
		s := &x.specs[n]
		if s.before == nil || s.re.prog() == nil || s.before.prog() == nil {
			return nil
		}
		after, before := s.re.prog().NewMachine(), s.before.prog().NewMachine()
		for c := range byte('z' + 1) {
			longer := append([]byte(sh.text), c)
			_, r := after.Match(longer)
			b.after[c] = b.after[c] && r == automaton.No && after.Needs(longer, nil, nil) <= len(longer)
			b.before[c] = b.before[c] && before.MatchEnd([]byte{c}) == automaton.No && before.NeedsEnd([]byte{c}, nil, nil) >= 0
		}
	}
	if !b.all(digitAlphabet) {
		return nil
	}
	return &b
}

// all reports whether the bytes are bounds on either side.
func (b *bounds) all(bytes string) bool {
	for _, c := range []byte(bytes) {
		if !b.before[c] || !b.after[c] {
			return false
		}
	}
	return true
}

// unite makes the union of those specs whose patterns see one line and have an automaton.
func (x *Extractor) unite(specs []int) *united {
	u := &united{}
	var programs []*automaton.Program
	var captures []int
	for _, n := range specs {
		s := &x.specs[n]
		if prog := s.re.prog(); s.Lines > 1 || prog == nil || len(programs) == automaton.MaxUnion {
			u.outside = append(u.outside, n)
		} else {
			u.inside = append(u.inside, n)
			programs, captures = append(programs, prog), append(captures, s.codeGroup)
		}
	}
	if len(programs) == 0 {
		return u
	}
	prog, err := automaton.Union(programs, captures)
	if err != nil {
		return &united{outside: specs}
	}
	u.union = &pattern{id: x.newPattern(), automaton: func() (*automaton.Program, error) { return prog, nil }}
	return u
}

// foldASCII lowers the letters of ASCII, as literals are compared.
func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// collectAt appends the candidates of a literal that stands at pos.
func (w *worker) collectAt(buf []byte, lit, pos int) {
	sh := &w.x.sharers[lit]
	line := windowOf(buf, pos, 1)
	united := sh.united()
	outside := united.outside
	if united.union != nil {
		m := w.run.machine(united.union)
		matched, unclear, ok := m.Run(line)
		if w.run.trace != nil {
			w.run.trace.forward(m, line)
		}
		if !ok {
			outside = sh.specs
		}
		for ; matched != 0; matched &= matched - 1 {
			slot := bits.TrailingZeros16(matched)
			n := united.inside[slot]
			s := &w.x.specs[n]
			if !s.simple || unclear>>slot&1 != 0 || s.codeGroup >= 0 && m.Slots[2*slot] < 0 {
				w.try(line, buf, n, pos)
			} else if c, ok := w.candidate(s, n, buf, pos, m.Slots[2*slot:2*slot+2], m.Ends[slot]); ok {
				w.cands = append(w.cands, c)
			}
		}
	}
	for _, n := range outside {
		window := line
		if lines := w.x.specs[n].Lines; lines > 1 {
			window = windowOf(buf, pos, lines)
		}
		w.try(window, buf, n, pos)
	}
}

// try appends the candidate of a spec whose pattern is run alone.
func (w *worker) try(window, buf []byte, n, pos int) {
	if c, ok := w.matchIn(window, buf, n, pos); ok {
		w.cands = append(w.cands, c)
	}
}

// candidate is what a simple spec makes of a match of the union that ends behind end bytes and has its code at
// code[0]:code[1]. Its groups wait.
func (w *worker) candidate(s *spec, n int, buf []byte, pos int, code []int, end int) (c candidate, ok bool) {
	c = candidate{spec: n, lit: pos, at: pos, end: pos + end, event: s.Event}
	if s.codeGroup >= 0 {
		c.at, c.end = pos+code[0], pos+code[1]
		if w.run.trace != nil {
			w.run.trace.number(c.at, c.end)
		}
		number, err := parseCode(buf[c.at:c.end])
		if err != nil || !endsNumber(buf, c.end) {
			return c, false
		}
		c.code = number
	}
	_, _, ok = w.leftOf(s, buf, pos)
	return c, ok
}
