package automaton

import (
	"regexp/syntax"
	"slices"
)

// A context is what zero-width tests see of the rune on one side.
type context uint8

const (
	edge context = iota // of the text
	newline
	wordRune
	otherRune
)

// context returns what is seen of a rune of the class, or of the end.
func (p *Program) context(class int) context {
	switch {
	case class == p.end():
		return edge
	case p.examples[class] == '\n':
		return newline
	case p.words[class]:
		return wordRune
	}
	return otherRune
}

// A closer follows the threads of one state up to the rune that they read.
type closer struct {
	p       *Program
	visited []uint32 // instruction → the closure that visited it
	closure uint32

	before, after context
	class         int
	from          uint8
	next          []thread
	alive         uint16 // programs that have a thread in next
	count         [MaxUnion]uint8
	origins       [MaxUnion][maxVectors]origin // of so many vectors of next, by program
	split         uint16                       // programs with more
	matched       uint16                       // threads of lower priority are cut off
	vectors       uint64
	acc           uint32
}

// run follows the threads of a state from where a rune of the class comes next. What it makes is valid until the
// next run.
func (c *closer) run(st *state, class int) {
	c.before, c.after, c.class = st.before, c.p.context(class), class
	if c.closure++; c.closure == 0 {
		clear(c.visited)
		c.closure = 1
	}
	c.next, c.alive, c.split, c.matched, c.vectors, c.acc = c.next[:0], 0, 0, 0, 0, 0
	clear(c.count[:])
	for _, t := range st.threads {
		c.from = t.vector
		c.follow(t.pc, 0)
	}
}

func (c *closer) follow(pc, set uint32) {
	owner := c.p.owner[pc]
	if c.matched>>owner&1 != 0 || c.visited[pc] == c.closure {
		return
	}
	c.visited[pc] = c.closure
	in := &c.p.insts[pc]
	switch in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		c.follow(in.Out, set)
		c.follow(in.Arg, set)
	case syntax.InstNop:
		c.follow(in.Out, set)
	case syntax.InstCapture: // Arg is a slot here
		c.follow(in.Out, set|1<<in.Arg)
	case syntax.InstEmptyWidth:
		if c.holds(syntax.EmptyOp(in.Arg)) {
			c.follow(in.Out, set)
		}
	case syntax.InstMatch:
		c.matched |= 1 << owner
		c.vectors |= uint64(c.from) << (4 * owner)
		c.acc |= set
	case syntax.InstFail:
	default:
		if !c.p.sets[c.p.set[pc]].has(c.class) || slices.ContainsFunc(c.next, func(t thread) bool { return t.pc == in.Out }) {
			return
		}
		c.alive |= 1 << owner
		c.next = append(c.next, thread{in.Out, c.vector(owner, origin{set, c.from})})
	}
}

// holds reports whether a zero-width test is true between the two runes.
func (c *closer) holds(op syntax.EmptyOp) bool {
	flags := syntax.EmptyNoWordBoundary
	if (c.before == wordRune) != (c.after == wordRune) {
		flags = syntax.EmptyWordBoundary
	}
	if c.before == edge {
		flags |= syntax.EmptyBeginText | syntax.EmptyBeginLine
	}
	if c.before == newline {
		flags |= syntax.EmptyBeginLine
	}
	if c.after == edge {
		flags |= syntax.EmptyEndText | syntax.EmptyEndLine
	}
	if c.after == newline {
		flags |= syntax.EmptyEndLine
	}
	return op&^flags == 0
}
