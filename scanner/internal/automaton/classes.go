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

// mixed stands for the class of a page of runes of several classes.
const mixed = 255

func (p *Program) end() int  { return len(p.examples) }
func (p *Program) wide() int { return len(p.examples) + 1 }

// A set holds classes, as bits.
type set [4]uint64

func (s *set) has(class int) bool { return s[class>>6&3]>>(class&63)&1 != 0 }

// A classifier sorts runes into classes: those that the instructions do not tell apart.
type classifier struct {
	p     *Program
	sets  []*syntax.Inst   // the first instruction of each set of the program
	known map[string]uint8 // signature → class
	sig   []byte
}

// classify makes the classes of a program. Beyond ASCII, runes are alike between the bounds of the sets
// that the pattern names.
func (p *Program) classify() error {
	c := classifier{p: p, known: make(map[string]uint8)}
	bounds := []rune{utf8.RuneSelf}
	p.set = make([]uint32, len(p.insts))
	for i := range p.insts {
		in := &p.insts[i]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			same := func(o *syntax.Inst) bool { return o.Op == in.Op && o.Arg == in.Arg && slices.Equal(o.Rune, in.Rune) }
			n := slices.IndexFunc(c.sets, same)
			if n < 0 {
				n = len(c.sets)
				c.sets = append(c.sets, in)
				bounds = appendBounds(bounds, in.Rune)
			}
			p.set[i] = uint32(n)
		}
	}
	p.sets = make([]set, len(c.sets))
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
	for page := range p.pages {
		first := rune(page) << 8
		p.pages[page] = mixed
		if i := p.run(first); first >= p.from[0] && (i+1 == len(p.from) || p.from[i+1] > first|0xFF) {
			p.pages[page] = p.class[i]
		}
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
	for i := range c.sets {
		c.p.sets[i][class>>6] |= uint64(c.sig[i]) << (class & 63)
	}
	c.p.examples = append(c.p.examples, r)
	c.p.words = append(c.p.words, syntax.IsWordChar(r))
	return class, nil
}

// decode returns the class of the rune, not of ASCII, that b begins with, and its width. Most have three bytes.
func (p *Program) decode(b []byte) (class, width int) {
	// Behind E0 and ED not all that looks like a character is one.
	if len(b) > 2 && b[0]&0xF0 == 0xE0 && b[0] != 0xE0 && b[0] != 0xED && b[1]&0xC0 == 0x80 && b[2]&0xC0 == 0x80 {
		r := rune(b[0]&0xF)<<12 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
		if class := p.pages[uint8(r>>8)]; class != mixed {
			return int(class), 3
		}
		return p.classOf(r), 3
	}
	r, width := utf8.DecodeRune(b)
	return p.classOf(r), width
}

// classOf returns the class of a rune beyond ASCII.
func (p *Program) classOf(r rune) int { return int(p.class[p.run(r)]) }

// run returns the number of the run of runes of one class that r is in.
func (p *Program) run(r rune) int {
	lo, hi := 0, len(p.from)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; p.from[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
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
