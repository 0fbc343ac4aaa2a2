package scanner

import (
	"regexp"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// A pattern is a regular expression in both of its forms: an automaton for the many texts that do
// not match and the plain ones that do, and package regexp for the rest.
type pattern struct {
	id    int // of the extractor's patterns
	re    *regexp.Regexp
	names []string // of the groups
	prog  *automaton.Program
	// late is set where a group is the message. Its beginning is rarely clear at the first glance, and few
	// findings need it: only re tells it.
	late    bool
	reverse bool   // prog reads backwards
	slow    string // why prog is nil
	group   int    // the first one with a name, or 0
}

// forward compiles a pattern that must match where a text begins. Of a late one the message may wait.
func (x *Extractor) forward(expr string, late bool) (*pattern, error) {
	re, err := regexp.Compile(`^(?:` + pieces.Replace(expr) + `)`)
	if err != nil {
		return nil, err
	}
	p := &pattern{re: re, names: re.SubexpNames(), late: late && re.SubexpIndex(tally.KeyMessage) >= 0}
	p.prog, err = automaton.Compile(re.String(), func(name string) bool { return !p.late || name != tally.KeyMessage })
	x.keep(p, err)
	return p, nil
}

// backward compiles a pattern that must match where a text ends; nil if there is none.
func (x *Extractor) backward(expr string) (*pattern, error) {
	if expr == "" {
		return nil, nil
	}
	expr = `(?:` + pieces.Replace(expr) + `)`
	re, err := regexp.Compile(expr + `$`)
	if err != nil {
		return nil, err
	}
	p := &pattern{re: re, names: re.SubexpNames(), reverse: true}
	p.prog, err = automaton.CompileReverse(expr)
	x.keep(p, err)
	return p, nil
}

func (x *Extractor) keep(p *pattern, slow error) {
	p.group = max(0, slices.IndexFunc(p.names, func(s string) bool { return s != "" }))
	if slow != nil {
		p.prog, p.slow = nil, slow.Error()
	}
	p.id = x.patterns
	x.patterns++
}

// A runner runs the patterns of an extractor. It keeps what its automata learn, and is not safe for
// concurrent use.
type runner struct {
	machines []*automaton.Machine // by id
	arena    []int                // of submatches
	trace    *trace               // of a line that is learned from, else nil
}

func (r *runner) machine(p *pattern) *automaton.Machine {
	m := r.machines[p.id]
	if m == nil {
		m = p.prog.NewMachine()
		r.machines[p.id] = m
	}
	return m
}

// find returns where a forward pattern and its groups match b, as package regexp would, or nil. Groups without
// a name, and the message of a late pattern, are -1 here.
func (r *runner) find(p *pattern, b []byte) []int {
	if p.prog == nil {
		return r.slowly(p, b)
	}
	m := r.machine(p)
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
	at := len(r.arena)
	for i := range p.names {
		lo, hi := -1, -1
		if slot := p.prog.Slot(i); i == 0 {
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
		case p.prog != nil:
			seen = min(seen, r.trace.forward(r.machine(p), b))
		}
		r.trace.whole(b[:seen])
	}
	return p.re.FindSubmatchIndex(b)
}

// endsWith reports whether a backward pattern matches the end of b.
func (r *runner) endsWith(p *pattern, b []byte) bool {
	if p.prog != nil {
		m := r.machine(p)
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
