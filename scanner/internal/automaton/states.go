package automaton

import (
	"encoding/binary"
	"slices"
)

const (
	// maxStates bounds the memory of a machine: a state takes 4 bytes for each class of runes, its threads,
	// and what transitions do more than lead on.
	maxStates = 1 << 12
	// dropEvery is how many bytes must be stepped over before the states may be dropped again: where
	// they last for less, package regexp is as fast.
	dropEvery = 64 << 10
)

// A state is named by the number of its first transition. A transition holds the state that it leads to or,
// if that is not all, the number of a step.
const (
	flagged = 1 << 31
	unknown = flagged     // it is not computed yet
	dead    = flagged + 1 // nothing matches and no thread lives on
	wide    = flagged + 2 // the byte is a part of a character
)

// A step is a transition that does more than lead on: it writes captures before the rune is read, a
// match ends there, or no thread lives on. Steps of a machine that are equal have one number.
type step struct {
	next    uint32
	dead    bool
	matched uint16 // programs of which a match ends before the rune
	split   uint16 // programs that would need more vectors than there may be
	vectors uint64 // of each match, four bits a program
	acc     uint32 // slots that get the position in the matches
	set     uint32 // and on the way, of vector 0
	move    uint32 // that comes first
}

// writes reports whether captures change on the way.
func (s *step) writes() bool { return s.set != 0 || s.move != 0 }

// A state is the threads that wait for a rune, and what the rune before it was.
type state struct {
	threads []thread
	before  context
}

type thread struct {
	pc     uint32
	vector uint8 // of its program
}

// forget makes a machine as if it had run nothing yet.
func (m *Machine) forget() {
	m.leads, m.states = m.leads[:0], m.states[:0]
	m.steps = append(m.steps[:0], step{}, step{dead: true}, step{})
	m.moves = append(m.moves[:0], nil)
	m.ids, m.stepIDs, m.moveIDs = make(map[string]uint32), map[step]uint32{{dead: true}: dead}, make(map[string]uint32)
	m.stepped = 0
	var threads [MaxUnion]thread
	for n, pc := range m.p.starts {
		threads[n].pc = pc
	}
	m.state(threads[:len(m.p.starts)], edge)
}

// drop forgets all states where there is no room for more, unless the last time is too short ago.
func (m *Machine) drop() bool {
	if m.stepped < dropEvery {
		return false
	}
	m.forget()
	return true
}

// state returns a state; false if there are too many.
func (m *Machine) state(threads []thread, before context) (st uint32, ok bool) {
	m.key = append(m.key[:0], byte(before))
	for _, t := range threads {
		m.key = binary.AppendUvarint(m.key, uint64(t.pc)*maxVectors+uint64(t.vector))
	}
	if st, known := m.ids[string(m.key)]; known {
		return st, true
	}
	if len(m.states) == maxStates {
		return 0, false
	}
	st = uint32(len(m.leads))
	m.ids[string(m.key)] = st
	m.states = append(m.states, state{slices.Clone(threads), before})
	for range m.stride {
		m.leads = append(m.leads, unknown)
	}
	m.leads[len(m.leads)-1] = wide
	return st, true
}

// compute works out what a state does when a rune of the class follows; false if there are too many states.
func (m *Machine) compute(st uint32, class int) bool {
	if m.closer == nil {
		m.closer = &closer{p: m.p, visited: make([]uint32, len(m.p.insts))}
	}
	c := m.closer
	c.run(&m.states[int(st)/m.stride], class)
	s := step{dead: len(c.next) == 0, matched: c.matched, split: c.split, vectors: c.vectors, acc: c.acc}
	if !s.dead {
		var ok bool
		if s.next, ok = m.state(c.next, c.after); !ok {
			return false
		}
		s.set, s.move = m.transfers(c)
	}
	lead := s.next
	if s.dead || s.matched|s.split != 0 || s.writes() {
		var known bool
		if lead, known = m.stepIDs[s]; !known {
			lead = flagged + uint32(len(m.steps))
			m.steps = append(m.steps, s)
			m.stepIDs[s] = lead
		}
	}
	m.leads[int(st)+class] = lead
	return true
}

// step returns all that a known transition does.
func (m *Machine) step(lead uint32) step {
	if lead < flagged {
		return step{next: lead}
	}
	return m.steps[lead-flagged]
}
