package scanner

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// A pattern is a regular expression in both of its forms: an automaton for the many texts that do
// not match and the plain ones that do, and package regexp for the rest. Each is made when it is first
// needed: most logs need few. It is safe for concurrent use.
type pattern struct {
	id      int    // of the extractor's patterns
	expr    string // anchored at one end
	names   []string
	group   int  // the first one with a name, or 0
	reverse bool // the automaton reads backwards

	automaton func() (*automaton.Program, error)
	re        func() *regexp.Regexp
}

// prog returns the automaton, or nil: package regexp must do, slowly.
func (p *pattern) prog() *automaton.Program {
	prog, err := p.automaton()
	if err != nil {
		return nil
	}
	return prog
}

// forward compiles a pattern that must match where a text begins.
func (x *Extractor) forward(expr string) (*pattern, error) {
	p := &pattern{expr: `^(?:` + pieces.Replace(expr) + `)`}
	if err := x.name(p); err != nil {
		return nil, err
	}
	p.automaton = sync.OnceValues(func() (*automaton.Program, error) { return automaton.Compile(p.expr, anyName) })
	return p, nil
}

// anyName keeps every group that has a name.
func anyName(string) bool { return true }

// backward compiles a pattern that must match where a text ends; nil if there is none.
func (x *Extractor) backward(expr string) (*pattern, error) {
	if expr == "" {
		return nil, nil
	}
	expr = `(?:` + pieces.Replace(expr) + `)`
	p := &pattern{expr: expr + `$`, reverse: true}
	if err := x.name(p); err != nil {
		return nil, err
	}
	p.automaton = sync.OnceValues(func() (*automaton.Program, error) { return automaton.CompileReverse(expr) })
	return p, nil
}

// name reads the names of the groups; its error is that of the syntax.
func (x *Extractor) name(p *pattern) error {
	tree, err := syntax.Parse(p.expr, syntax.Perl)
	if err != nil {
		return err
	}
	p.names = tree.CapNames()
	p.group = max(0, slices.IndexFunc(p.names, func(s string) bool { return s != "" }))
	p.re = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(p.expr) })
	p.id = x.newPattern()
	return nil
}

// newPattern returns the id of one more pattern.
func (x *Extractor) newPattern() int { return int(x.patterns.Add(1)) - 1 }

// A runner runs the patterns of an extractor. It keeps what its automata learn, and is not safe for
// concurrent use.
type runner struct {
	machines []*automaton.Machine // by id
	arena    []int                // of submatches
	trace    *trace               // of a line that is learned from, else nil
}

// machine returns the machine of a pattern, or nil if it has no automaton.
func (r *runner) machine(p *pattern) *automaton.Machine {
	if p.id < len(r.machines) && r.machines[p.id] != nil {
		return r.machines[p.id]
	}
	for p.id >= len(r.machines) {
		r.machines = append(r.machines, nil)
	}
	if prog := p.prog(); prog != nil {
		r.machines[p.id] = prog.NewMachine()
	}
	return r.machines[p.id]
}

// find returns where a forward pattern and its groups match b, as package regexp would, or nil. Groups without
// a name are -1 here.
func (r *runner) find(p *pattern, b []byte) []int {
	m := r.machine(p)
	if m == nil {
		return r.slowly(p, b)
	}
	end, result := m.Match(b)
	if r.trace != nil {
		r.trace.forward(m, b)
	}
	switch result {
	case automaton.No:
		return nil
	case automaton.Unsure:
		return r.slowly(p, b)
	}
	at, prog := len(r.arena), p.prog()
	for i := range p.names {
		lo, hi := -1, -1
		if slot := prog.Slot(i); i == 0 {
			lo, hi = 0, end
		} else if slot >= 0 {
			if lo, hi = m.Slots[slot], m.Slots[slot+1]; hi < 0 {
				lo = -1
			}
		}
		r.arena = append(r.arena, lo, hi)
	}
	return r.arena[at:len(r.arena):len(r.arena)]
}

// slowly returns what package regexp finds.
func (r *runner) slowly(p *pattern, b []byte) []int {
	if r.trace != nil {
		seen := len(b)
		switch {
		case p.reverse:
			r.trace.noteAll() // of where b begins, too
		case r.machine(p) != nil:
			seen = min(seen, r.trace.forward(r.machine(p), b))
		}
		r.trace.whole(b[:seen])
	}
	return p.re().FindSubmatchIndex(b)
}

// endsWith reports whether a backward pattern matches the end of b.
func (r *runner) endsWith(p *pattern, b []byte) bool {
	if m := r.machine(p); m != nil {
		result := m.MatchEnd(b)
		if r.trace != nil {
			r.trace.backward(m, b)
		}
		if result != automaton.Unsure {
			return result == automaton.Yes
		}
	}
	return r.slowly(p, b) != nil
}
