package scanner

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// Sharers are the specs that have a literal in common. Where it stands, one run of their union tells which of
// them match; few do.
type sharers struct {
	specs []int // ascending
	union *pattern
	bits  []uint16 // of the specs in the union, 0 for those that are not
	all   bool     // all of them are in the union
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
				lits, x.sharers = append(lits, l), append(x.sharers, sharers{})
			}
			if sh := &x.sharers[n]; !slices.Contains(sh.specs, i) {
				sh.specs = append(sh.specs, i)
			}
		}
	}
	unions := map[string]*pattern{} // the same specs often share several literals
	for i := range x.sharers {
		x.unite(&x.sharers[i], unions)
	}
	x.set, err = literal.New(lits)
	return err
}

// unite makes the union of those sharers whose patterns see one line and have an automaton.
func (x *Extractor) unite(sh *sharers, unions map[string]*pattern) {
	sh.bits = make([]uint16, len(sh.specs))
	var programs []*automaton.Program
	var key strings.Builder
	for i, n := range sh.specs {
		if s := &x.specs[n]; s.Lines <= 1 && s.re.prog != nil && len(programs) < automaton.MaxUnion {
			sh.bits[i] = 1 << len(programs)
			programs = append(programs, s.re.prog)
			key.WriteString(s.Name + "\x00")
		}
	}
	sh.all = len(programs) == len(sh.specs)
	if len(programs) < 2 {
		clear(sh.bits)
		return
	}
	if sh.union = unions[key.String()]; sh.union != nil {
		return
	}
	prog, err := automaton.Union(programs...)
	if err != nil {
		clear(sh.bits)
		return
	}
	sh.union = &pattern{prog: prog, id: x.patterns}
	x.patterns++
	unions[key.String()] = sh.union
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
	set := ^uint16(0)
	line := windowOf(buf, pos, 1)
	if sh.union != nil {
		if got, r := w.run.machine(sh.union).MatchSet(line); r != automaton.Unsure {
			set = got
		}
		if set == 0 && sh.all {
			return
		}
	}
	for i, n := range sh.specs {
		if sh.bits[i] != 0 && set&sh.bits[i] == 0 {
			continue
		}
		window := line
		if lines := w.x.specs[n].Lines; lines > 1 {
			window = windowOf(buf, pos, lines)
		}
		if c, ok := w.matchIn(window, buf, n, pos); ok {
			w.cands = append(w.cands, c)
		}
	}
}
