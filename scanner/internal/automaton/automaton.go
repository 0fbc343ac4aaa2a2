// Package automaton runs patterns as lazily built deterministic automata with captures, some ten
// times faster than package regexp, and gives what that gives.
//
// A state is a list of threads of the compiled pattern, in order of priority, each with the number
// of the vector of captures that it has written: threads that parted before a capture share one. A
// transition is computed when it is first needed, from the very program that package regexp runs,
// rune by rune: so folding, invalid UTF-8 and zero-width tests are those of the standard library by
// construction. It says from which old vector each new one comes, and what the position is written
// to. Nearly all states have a single vector, which is written in place. Where there would be too
// many vectors, or too many states, a machine says that it is unsure, and the caller asks package
// regexp.
//
// The technique is that of RE2, https://swtch.com/~rsc/regexp/regexp3.html, with the captures of
// Laurikari's tagged automata, https://laurikari.net/ville/spire2000-tnfa.pdf.
package automaton

import (
	"fmt"
	"regexp/syntax"
)

const maxSlots = 32 // two a capture that is kept

// A Program is a compiled pattern. It is read-only and safe for concurrent use.
type Program struct {
	insts    []syntax.Inst
	starts   []uint32
	owner    []uint8 // instruction → program of a union, else 0
	slots    []int   // capture of the pattern → first slot, or -1
	first    []int   // the first slot of each program, and behind the last one the number of slots
	nslots   int
	set      []uint32 // instruction that reads a rune → number in sets
	sets     []set
	bytes    [256]uint8 // class of an ASCII character; of all other bytes the number behind that of the end
	from     []rune     // where runs of a class begin beyond ASCII, ascending
	class    []uint8    // beside from
	pages    [256]uint8 // rune>>8 → class of all its runes, or mixed
	examples []rune     // class → a rune of it
	words    []bool     // class → is a word character
}

// Compile prepares a pattern in the syntax of package regexp. It is anchored: a match begins where
// the text begins. Captures whose name keep refuses are not told; a nil keep refuses all.
func Compile(pattern string, keep func(name string) bool) (*Program, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	p := &Program{slots: make([]int, re.MaxCap()+1)}
	for i, name := range re.CapNames() {
		p.slots[i] = -1
		if keep != nil && name != "" && keep(name) {
			p.slots[i] = p.nslots
			p.nslots += 2
		}
	}
	if p.nslots > maxSlots {
		return nil, fmt.Errorf("%d captures are too many, at most %d", p.nslots/2, maxSlots/2)
	}
	err = p.build(re)
	return p, err
}

// CompileReverse prepares a pattern that is to end where the text ends. Its machines read
// backwards and tell only whether there is such a match.
func CompileReverse(pattern string) (*Program, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	p := &Program{slots: make([]int, re.MaxCap()+1)}
	for i := range p.slots {
		p.slots[i] = -1
	}
	err = p.build(reversed(re))
	return p, err
}

func (p *Program) build(re *syntax.Regexp) (err error) {
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return err
	}
	p.insts, p.starts, p.owner = prog.Inst, []uint32{uint32(prog.Start)}, make([]uint8, len(prog.Inst))
	p.first = []int{0, p.nslots}
	for i := range p.insts {
		if in := &p.insts[i]; in.Op == syntax.InstCapture {
			if slot := p.slots[in.Arg/2]; slot >= 0 {
				in.Arg = uint32(slot) + in.Arg%2
			} else {
				in.Op = syntax.InstNop
			}
		}
	}
	return p.classify()
}
