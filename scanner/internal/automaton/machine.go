package automaton

import (
	"math/bits"
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

const (
	// maxStates bounds the memory of a machine: a state takes 18 bytes for each class of runes.
	maxStates = 1 << 11
	// flagged is set in a transition for which a step says more.
	flagged = 1 << 15
)

// A step is a transition that does more than lead on: it writes captures before the rune is read, a
// match ends there, no thread lives on, or it is not known yet.
type step struct {
	next    uint16
	known   bool
	dead    bool
	matched uint16 // programs of which a match ends before the rune
	split   uint16 // programs whose captures differ between threads that live on
	set     uint32 // slots that get the position on the way
	acc     uint32 // and in the matches
}

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
	stride int      // transitions a state: one for each class and one for the end of the text
	leads  []uint16 // the next state, or flagged
	steps  []step   // beside leads
	states []state
	ids    map[string]uint16

	// Slots holds the captures of the last run: the first and the second position of each; -1 stands for
	// a capture that took no part. Those of a program that did not match mean nothing.
	Slots [maxSlots]int
	// Ends holds where the matches of the last run end, by program.
	Ends [MaxUnion]int

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
	switch matched, unclear, ok := m.Run(b); {
	case !ok || unclear != 0:
		return 0, Unsure
	case matched == 0:
		return 0, No
	}
	return m.Ends[0], Yes
}

// Run tells which programs of a union match b from its beginning, as bits, and of which of these the
// captures are unclear. It is not ok if the states grew too many: then nothing is known.
func (m *Machine) Run(b []byte) (matched, unclear uint16, ok bool) {
	for i := range m.p.nslots {
		m.slots[i] = -1
	}
	st, split := 0, uint16(0)
	for i := 0; ; {
		class, width := m.next(b, i)
		at := st*m.stride + class
		lead := m.leads[at]
		if lead >= flagged {
			if !m.steps[at].known && !m.compute(st, class) {
				return 0, 0, false
			}
			s := &m.steps[at]
			if s.matched != 0 {
				matched |= s.matched
				unclear = unclear&^s.matched | split&s.matched
				m.accept(s, i)
			}
			if s.dead {
				return matched, unclear, true
			}
			split |= s.split
			for rest := s.set; rest != 0; rest &= rest - 1 {
				m.slots[bits.TrailingZeros32(rest)] = i
			}
			lead = s.next
		}
		st = int(lead)
		i += width
	}
}

// accept keeps the captures of the programs whose match ends at i.
func (m *Machine) accept(s *step, i int) {
	for rest := s.matched; rest != 0; rest &= rest - 1 {
		n := bits.TrailingZeros16(rest)
		m.Ends[n] = i
		copy(m.Slots[m.p.first[n]:m.p.first[n+1]], m.slots[m.p.first[n]:m.p.first[n+1]])
	}
	for rest := s.acc; rest != 0; rest &= rest - 1 {
		m.Slots[bits.TrailingZeros32(rest)] = i
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
		class, width := m.last(b, i)
		at := st*m.stride + class
		lead := m.leads[at]
		if lead >= flagged {
			if !m.steps[at].known && !m.compute(st, class) {
				return Unsure
			}
			s := &m.steps[at]
			if s.matched != 0 {
				return Yes
			}
			if s.dead {
				return No
			}
			lead = s.next
		}
		st = int(lead)
		i -= width
	}
}

// last returns the class of the rune that ends before b[i], or that of the end, and its width.
func (m *Machine) last(b []byte, i int) (class, width int) {
	if i <= 0 {
		return m.stride - 1, 0
	}
	if c := b[i-1]; c < utf8.RuneSelf {
		return int(m.p.ascii[c]), 1
	}
	r, width := utf8.DecodeLastRune(b[:i])
	return m.class(r), width
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
