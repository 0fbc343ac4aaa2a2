package automaton

import (
	"encoding/binary"
	"math/bits"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// A Result is what a machine found out.
type Result uint8

// The results.
const (
	No     Result = iota // no match
	Yes                  // a match
	Unsure               // ask package regexp
)

// maxStates bounds the memory of a machine: a state takes eight bytes for each class of runes.
const maxStates = 1 << 11

// A step is a transition: what to write before the rune is read, whether a match ends there, and
// where it leads.
type step struct {
	next     uint16
	flags    uint8
	_        uint8
	set, acc uint16 // slots that get the position, on the way and in the match
}

// The flags of a step; none is set in one that leads on and does nothing else.
const (
	stepUnknown uint8 = 1 << iota // not computed yet
	stepSets                      // set is not empty
	stepAccepts                   // a match ends before the rune
	stepSplit                     // captures differ between threads that live on
	stepDead                      // no thread lives on
)

// A state is the threads that wait for a rune, and what the rune before it was.
type state struct {
	threads []uint32
	before  context
}

// A context is what zero-width tests see of the rune on one side.
type context uint8

const (
	edge context = iota // of the text
	newline
	wordRune
	otherRune
)

// A Machine runs a program. It remembers the transitions that it computed, and is not safe for
// concurrent use.
type Machine struct {
	p      *Program
	stride int // steps a state: one for each class and one for the end of the text
	steps  []step
	states []state
	ids    map[string]uint16

	// Slots holds the captures of the last match that was Yes: the first and the second position of
	// each, in the order of their first slots; -1 stands for a capture that took no part.
	Slots   [maxSlots]int
	slots   [maxSlots]int // of the threads
	runes   [256]runeClass
	visited []uint32 // instruction → the closure that visited it
	closure uint32
	key     []byte
}

type runeClass struct {
	r     rune
	class uint8
}

// NewMachine returns a machine of the program.
func (p *Program) NewMachine() *Machine {
	m := &Machine{p: p, stride: len(p.examples) + 1, ids: make(map[string]uint16), visited: make([]uint32, len(p.insts))}
	m.state(p.starts, edge)
	return m
}

// Slot returns where in Slots the capture of that number stands, or -1.
func (p *Program) Slot(capture int) int { return p.slots[capture] }

// Match reports whether the pattern matches b from its beginning, and where that match ends. Where
// only the captures are unclear it is Unsure, but No stays No.
func (m *Machine) Match(b []byte) (end int, r Result) {
	for i := range m.p.nslots {
		m.slots[i] = -1
	}
	st, sure := 0, Yes
	for i := 0; ; {
		class, width := m.next(b, i)
		s := m.steps[st*m.stride+class]
		if s.flags != 0 {
			if s.flags&stepUnknown != 0 {
				var ok bool
				if s, ok = m.compute(st, class); !ok {
					return 0, Unsure
				}
			}
			if s.flags&stepAccepts != 0 {
				end, r = i, sure
				m.Slots = m.slots
				for rest := s.acc; rest != 0; rest &= rest - 1 {
					m.Slots[bits.TrailingZeros16(rest)] = i
				}
			}
			if s.flags&stepDead != 0 {
				return end, r
			}
			if s.flags&stepSplit != 0 {
				sure = Unsure // that there is no match may still come out
			}
			for rest := s.set; rest != 0; rest &= rest - 1 {
				m.slots[bits.TrailingZeros16(rest)] = i
			}
		}
		st = int(s.next)
		i += width
	}
}

// next returns the class of the rune at b[i:], or that of the end, and its width.
func (m *Machine) next(b []byte, i int) (class, width int) {
	if i >= len(b) {
		return m.stride - 1, 0
	}
	if c := b[i]; c < utf8.RuneSelf {
		return int(m.p.ascii[c]), 1
	}
	return m.decode(b[i:])
}

// decode is next beyond ASCII, apart so that next can be inlined.
func (m *Machine) decode(b []byte) (class, width int) {
	r, width := utf8.DecodeRune(b)
	return m.class(r), width
}

// MatchEnd reports whether the pattern of a reverse program matches an end of b.
func (m *Machine) MatchEnd(b []byte) Result {
	st := 0
	for i := len(b); ; {
		class, width := m.stride-1, 0
		if i > 0 {
			if c := b[i-1]; c < utf8.RuneSelf {
				class, width = int(m.p.ascii[c]), 1
			} else {
				var r rune
				r, width = utf8.DecodeLastRune(b[:i])
				class = m.class(r)
			}
		}
		s := m.steps[st*m.stride+class]
		if s.flags != 0 {
			if s.flags&stepUnknown != 0 {
				var ok bool
				if s, ok = m.compute(st, class); !ok {
					return Unsure
				}
			}
			if s.flags&stepAccepts != 0 {
				return Yes
			}
			if s.flags&stepDead != 0 {
				return No
			}
		}
		st = int(s.next)
		i -= width
	}
}

// class returns the class of a rune beyond ASCII.
func (m *Machine) class(r rune) int {
	memo := &m.runes[r%rune(len(m.runes))]
	if memo.r != r {
		m.key = m.p.signature(m.key[:0], r)
		// Every signature there can be was met when the program was built.
		*memo = runeClass{r, m.p.classes[string(m.key)]}
	}
	return int(memo.class)
}

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
		m.steps = append(m.steps, step{flags: stepUnknown})
	}
	return id, true
}

// compute works out what a state does when a rune of the class follows.
func (m *Machine) compute(st, class int) (step, bool) {
	c := closer{m: m, before: m.states[st].before, after: edge, r: -1}
	if class < m.stride-1 {
		c.r = m.p.examples[class]
		c.after = contextOf(c.r, m.p.words[class])
	}
	m.closure++
	for _, pc := range m.states[st].threads {
		c.follow(pc, 0)
	}
	var s step
	if c.matched {
		s.flags, s.acc = stepAccepts, c.match
	}
	if owner := m.p.owner; owner != nil && c.match != 0 {
		s.flags, s.acc = stepAccepts, c.match
		// Of what has matched nothing more is asked.
		c.next = slices.DeleteFunc(c.next, func(pc uint32) bool { return c.match>>owner[pc]&1 != 0 })
	}
	switch {
	case len(c.next) == 0:
		s.flags |= stepDead
	default:
		id, ok := m.state(c.next, c.after)
		if !ok {
			return s, false
		}
		if s.next, s.set = id, c.set; s.set != 0 {
			s.flags |= stepSets
		}
		if c.split {
			s.flags |= stepSplit
		}
	}
	m.steps[st*m.stride+class] = s
	return s, true
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
	set           uint16 // what all of next have written
	split         bool   // or not all the same
	matched       bool   // threads of lower priority are cut off
	match         uint16
}

func (c *closer) follow(pc uint32, set uint16) {
	owner := c.m.p.owner
	if c.matched || c.m.visited[pc] == c.m.closure || owner != nil && c.match>>owner[pc]&1 != 0 {
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
	case syntax.InstCapture:
		if slot := c.m.p.slots[in.Arg/2]; slot >= 0 {
			set |= 1 << (slot + int(in.Arg%2))
		}
		c.follow(in.Out, set)
	case syntax.InstEmptyWidth:
		if c.holds(syntax.EmptyOp(in.Arg)) {
			c.follow(in.Out, set)
		}
	case syntax.InstMatch:
		if owner != nil {
			c.match |= 1 << owner[pc]
		} else {
			c.matched, c.match = true, set
		}
	case syntax.InstFail:
	default:
		if c.r < 0 || !reads(in, c.r) {
			return
		}
		if len(c.next) == 0 {
			c.set = set
		}
		c.split = c.split || set != c.set
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
