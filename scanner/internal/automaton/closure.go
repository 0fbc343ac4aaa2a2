package automaton

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
)

// state returns the number of a state.
func (m *Machine) state(threads []uint32, before context) (id uint16, ok bool) {
	m.key = append(m.key[:0], byte(before))
	for _, pc := range threads {
		m.key = binary.AppendUvarint(m.key, uint64(pc))
	}
	if id, known := m.ids[string(m.key)]; known {
		return id, true
	}
	if len(m.states) == maxStates {
		return 0, false
	}
	id = uint16(len(m.states))
	m.ids[string(m.key)] = id
	m.states = append(m.states, state{threads, before})
	for range m.stride {
		m.leads = append(m.leads, flagged)
		m.steps = append(m.steps, step{})
	}
	return id, true
}

// compute works out what a state does when a rune of the class follows; false if there are too many states.
func (m *Machine) compute(st, class int) bool {
	c := closer{m: m, before: m.states[st].before, after: edge, r: -1}
	if class < m.stride-1 {
		c.r = m.p.examples[class]
		c.after = contextOf(c.r, m.p.words[class])
	}
	m.closure++
	for _, pc := range m.states[st].threads {
		c.follow(pc, 0)
	}
	s := step{known: true, dead: len(c.next) == 0, matched: c.matched, acc: c.acc, split: c.split}
	if !s.dead {
		var ok bool
		if s.next, ok = m.state(c.next, c.after); !ok {
			return false
		}
		for n, set := range c.sets {
			if c.split>>n&1 == 0 {
				s.set |= set
			}
		}
	}
	at := st*m.stride + class
	m.steps[at] = s
	if !s.dead && s.matched|s.split == 0 && s.set == 0 {
		m.leads[at] = s.next
	}
	return true
}

func contextOf(r rune, word bool) context {
	switch {
	case r == '\n':
		return newline
	case word:
		return wordRune
	}
	return otherRune
}

// A closer follows the threads of one state up to the rune that they read.
type closer struct {
	m             *Machine
	before, after context
	r             rune // -1 at the end of the text
	next          []uint32
	alive         uint16           // programs that have a thread in next
	sets          [MaxUnion]uint32 // what these threads have written, by program
	split         uint16           // or not all the same
	matched       uint16           // threads of lower priority are cut off
	acc           uint32
}

func (c *closer) follow(pc, set uint32) {
	owner := c.m.p.owner[pc]
	if c.matched>>owner&1 != 0 || c.m.visited[pc] == c.m.closure {
		return
	}
	c.m.visited[pc] = c.m.closure
	in := &c.m.p.insts[pc]
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
		c.acc |= set
	case syntax.InstFail:
	default:
		if c.r < 0 || !reads(in, c.r) {
			return
		}
		if c.alive>>owner&1 == 0 {
			c.alive |= 1 << owner
			c.sets[owner] = set
		} else if c.sets[owner] != set {
			c.split |= 1 << owner
		}
		if !slices.Contains(c.next, in.Out) {
			c.next = append(c.next, in.Out)
		}
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
