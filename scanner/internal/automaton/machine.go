package automaton

import "unicode/utf8"

// A Result is what a machine found out.
type Result uint8

// The results.
const (
	No     Result = iota // no match
	Yes                  // a match
	Unsure               // ask package regexp
)

// A Machine runs a program. It remembers the transitions that it computed, and is not safe for
// concurrent use.
type Machine struct {
	p       *Program
	stride  int      // transitions a state: one for each class, one for the end of the text, one for what is not ASCII
	leads   []uint32 // the next state, or flagged
	states  []state
	steps   []step
	moves   [][]transfer
	ids     map[string]uint32
	stepIDs map[step]uint32
	moveIDs map[string]uint32
	stepped int     // bytes since the states were dropped
	closer  *closer // nil until it is needed
	key     []byte

	slots []int // of the threads, vector by vector
	spare []int

	// Slots holds the captures of the last run: the first and the second position of each; -1 stands for
	// a capture that took no part. Those of a program that did not match mean nothing.
	Slots [maxSlots]int
	// Ends holds where the matches of the last run end, by program.
	Ends [MaxUnion]int
}

// NewMachine returns a machine of the program.
func (p *Program) NewMachine() *Machine {
	m := &Machine{p: p, stride: len(p.examples) + 2, slots: make([]int, p.nslots)}
	m.forget()
	m.stepped = dropEvery // the first time is free
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
	lead, st, i := lead(m.leads, &m.p.bytes, b, 0, 0)
	if lead == dead { // as most are
		m.stepped += i
		return 0, 0, true
	}
	return m.run(b, lead, st, i)
}

// lead goes on from a state at b[i:] as long as nothing else is to be done, and returns the transition that says so,
// or that before the end of b. It is apart, and not inlined, because then all it needs stays in registers.
//
//go:noinline
func lead(leads []uint32, classes *[256]uint8, b []byte, from, at int) (lead uint32, st, i int) {
	st, i = from, at
	_ = classes[0] // not nil
	for uint(i) < uint(len(b)) {
		if lead = leads[st+int(classes[b[i]])]; lead >= flagged {
			break
		}
		st = int(lead)
		i++
	}
	return lead, st, i
}

// run is Run from a transition on.
func (m *Machine) run(b []byte, to uint32, st, i int) (matched, unclear uint16, ok bool) {
	for k := range m.p.nslots {
		m.slots[k] = -1
	}
	split := uint16(0)
	// A match is accepted only when no longer one of the same programs follows before captures change: the digits of
	// a number are one match each.
	var match *step
	end := 0
	for ; ; to, st, i = lead(m.leads, &m.p.bytes, b, st, i) {
		width := 1
		if i >= len(b) {
			width, to = 0, m.leads[st+m.p.end()]
		}
		for to == wide {
			var class int
			class, width = m.p.decode(b[i:])
			if to = m.leads[st+class]; to >= flagged {
				break
			}
			st = int(to)
			i += width
			class, width = m.p.end(), 0
			if i < len(b) {
				class, width = int(m.p.bytes[b[i]]), 1
			}
			to = m.leads[st+class]
		}
		if to < flagged {
			st = int(to)
			i += width
			continue
		}
		if to == dead {
			break
		}
		if to == unknown {
			if class, _ := m.next(b, i); m.compute(uint32(st), class) {
				continue
			}
			m.stepped += i
			if m.drop() {
				return m.Run(b)
			}
			return 0, 0, false
		}
		s := &m.steps[to-flagged]
		if s.matched != 0 {
			if match != nil && match.matched&^s.matched != 0 {
				m.accept(match, end)
			}
			matched |= s.matched
			unclear = unclear&^s.matched | split&s.matched
			match, end = s, i
		}
		if s.dead {
			break
		}
		if s.writes() {
			if match != nil {
				m.accept(match, end)
				match = nil
			}
			m.write(s, i)
		}
		split |= s.split
		st = int(s.next)
		i += width
	}
	if match != nil {
		m.accept(match, end)
	}
	m.stepped += i
	return matched, unclear, true
}

// next returns the class of the rune at b[i:], or that of the end, and its width.
func (m *Machine) next(b []byte, i int) (class, width int) {
	if i >= len(b) {
		return m.p.end(), 0
	}
	if c := b[i]; c < utf8.RuneSelf {
		return int(m.p.bytes[c]), 1
	}
	return m.p.decode(b[i:])
}
