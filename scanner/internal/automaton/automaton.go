// Package automaton runs patterns as lazily built deterministic automata with captures, some ten
// times faster than package regexp, and gives what that gives.
//
// A state is a list of threads of the compiled pattern, in order of priority, that have written the
// same captures ("uniform tags"). A transition is computed when it is first needed, from the very
// program that package regexp runs, rune by rune: so folding, invalid UTF-8 and zero-width tests
// are those of the standard library by construction. Where threads that live on together would
// have written different captures, or the states grow too many, a machine says that it is unsure,
// and the caller asks package regexp.
//
// The technique is that of RE2, https://swtch.com/~rsc/regexp/regexp3.html; captures by uniform
// tags are a restriction of Laurikari's tagged automata.
package automaton

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

const (
	maxSlots   = 32  // two a capture that is kept
	maxClasses = 200 // of runes that the pattern does not tell apart
)

// A Program is a compiled pattern. It is read-only and safe for concurrent use.
type Program struct {
	insts    []syntax.Inst
	starts   []uint32
	owner    []uint8 // instruction → program of a union, else 0
	slots    []int   // capture of the pattern → first slot, or -1
	first    []int   // the first slot of each program, and behind the last one the number of slots
	nslots   int
	runes    []*syntax.Inst // those that read a rune, each set of runes once
	ascii    [utf8.RuneSelf]uint8
	classes  map[string]uint8 // signature → class
	examples []rune           // class → a rune of it
	words    []bool           // class → is a word character
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

// classify tells apart what the instructions tell apart.
func (p *Program) classify() (err error) {
	for i := range p.insts {
		in := &p.insts[i]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			same := func(o *syntax.Inst) bool { return o.Op == in.Op && o.Arg == in.Arg && slices.Equal(o.Rune, in.Rune) }
			if !slices.ContainsFunc(p.runes, same) {
				p.runes = append(p.runes, in)
			}
		}
	}
	p.classes = make(map[string]uint8)
	sig := make([]byte, 0, len(p.runes)+2)
	for r := range rune(utf8.RuneSelf) {
		sig = p.signature(sig[:0], r)
		class, known := p.classes[string(sig)]
		if !known {
			if class, err = p.newClass(string(sig), r); err != nil {
				return err
			}
		}
		p.ascii[r] = class
	}
	return p.nonASCII()
}

func (p *Program) newClass(sig string, r rune) (uint8, error) {
	if len(p.examples) == maxClasses {
		return 0, fmt.Errorf("the pattern tells more than %d kinds of characters apart", maxClasses)
	}
	class := uint8(len(p.examples))
	p.classes[sig] = class
	p.examples = append(p.examples, r)
	p.words = append(p.words, syntax.IsWordChar(r))
	return class, nil
}

// nonASCII makes the classes of all other runes: between the bounds of the sets that the pattern
// names they are alike.
func (p *Program) nonASCII() error {
	sig := make([]byte, 0, len(p.runes)+2)
	try := func(r rune) error {
		if r < utf8.RuneSelf || r > utf8.MaxRune {
			return nil
		}
		sig = p.signature(sig[:0], r)
		if _, known := p.classes[string(sig)]; known {
			return nil
		}
		_, err := p.newClass(string(sig), r)
		return err
	}
	bounds := []rune{utf8.RuneSelf, utf8.RuneError, utf8.MaxRune, 0x17F, 0x212A} // what folds to s and k
	for _, in := range p.runes {
		for _, r := range in.Rune {
			bounds = append(bounds, r-1, r, r+1)
			if len(in.Rune) == 1 { // a single rune may stand for what folds to it
				bounds = append(bounds, orbit(r)...)
			}
		}
	}
	for _, r := range bounds {
		if err := try(r); err != nil {
			return err
		}
	}
	return nil
}

// signature says which sets of the pattern hold a rune, and what zero-width tests see in it.
func (p *Program) signature(sig []byte, r rune) []byte {
	for _, in := range p.runes {
		sig = append(sig, bit(reads(in, r)))
	}
	return append(sig, bit(syntax.IsWordChar(r)), bit(r == '\n'))
}

func reads(in *syntax.Inst, r rune) bool {
	switch in.Op {
	case syntax.InstRuneAny:
		return true
	case syntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	return in.MatchRune(r)
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
