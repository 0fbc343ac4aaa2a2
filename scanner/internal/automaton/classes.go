package automaton

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// maxClasses bounds the kinds of runes that a pattern tells apart. Two numbers behind them must fit
// into a byte: the end of the text, and what is not ASCII.
const maxClasses = 200

func (p *Program) end() int  { return len(p.examples) }
func (p *Program) wide() int { return len(p.examples) + 1 }

// A classifier sorts runes into classes: those that the instructions do not tell apart.
type classifier struct {
	p     *Program
	sets  []*syntax.Inst   // instructions that read a rune, each set of runes once
	known map[string]uint8 // signature → class
	sig   []byte
}

// classify makes the classes of a program. Beyond ASCII, runes are alike between the bounds of the sets
// that the pattern names.
func (p *Program) classify() error {
	c := classifier{p: p, known: make(map[string]uint8)}
	bounds := []rune{utf8.RuneSelf}
	for i := range p.insts {
		in := &p.insts[i]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			same := func(o *syntax.Inst) bool { return o.Op == in.Op && o.Arg == in.Arg && slices.Equal(o.Rune, in.Rune) }
			if !slices.ContainsFunc(c.sets, same) {
				c.sets = append(c.sets, in)
				bounds = appendBounds(bounds, in.Rune)
			}
		}
	}
	for r := range rune(utf8.RuneSelf) {
		class, err := c.class(r)
		if err != nil {
			return err
		}
		p.bytes[r] = class
	}
	slices.Sort(bounds)
	for _, r := range slices.Compact(bounds) {
		if r < utf8.RuneSelf || r > utf8.MaxRune {
			continue
		}
		class, err := c.class(r)
		if err != nil {
			return err
		}
		if n := len(p.class); n == 0 || p.class[n-1] != class {
			p.from, p.class = append(p.from, r), append(p.class, class)
		}
	}
	for i := utf8.RuneSelf; i < len(p.bytes); i++ {
		p.bytes[i] = uint8(p.wide())
	}
	return nil
}

// appendBounds appends where what an instruction says of a rune may change.
func appendBounds(bounds, set []rune) []rune {
	if len(set) == 1 { // it may stand for what folds to it
		for _, r := range append(orbit(set[0]), set[0]) {
			bounds = append(bounds, r, r+1)
		}
		return bounds
	}
	for i := 0; i+1 < len(set); i += 2 {
		bounds = append(bounds, set[i], set[i+1]+1)
	}
	return bounds
}

// class returns the class of a rune, a new one if need be.
func (c *classifier) class(r rune) (uint8, error) {
	c.sig = c.sig[:0]
	for _, in := range c.sets {
		c.sig = append(c.sig, bit(reads(in, r)))
	}
	// Zero-width tests see these.
	c.sig = append(c.sig, bit(syntax.IsWordChar(r)), bit(r == '\n'))
	if class, known := c.known[string(c.sig)]; known {
		return class, nil
	}
	if len(c.known) == maxClasses {
		return 0, fmt.Errorf("the pattern tells more than %d kinds of characters apart", maxClasses)
	}
	class := uint8(len(c.known))
	c.known[string(c.sig)] = class
	c.p.examples = append(c.p.examples, r)
	c.p.words = append(c.p.words, syntax.IsWordChar(r))
	return class, nil
}

// classOf returns the class of a rune beyond ASCII.
func (p *Program) classOf(r rune) int {
	lo, hi := 0, len(p.from)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; p.from[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return int(p.class[lo])
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
