package automaton

import "math/bits"

// maxVectors bounds the vectors of captures that the threads of a program have in a state. They are
// numbered in the order of their first threads, so that states that differ in nothing else are one.
const maxVectors = 8

// An origin says what a vector of the next state is: one of this state, in which some slots get the position.
type origin struct {
	set  uint32
	from uint8
}

// A transfer makes a vector of the next state.
type transfer struct {
	origin
	program, to uint8
}

// vector returns the number in the next state of the vector of that origin. For a program with too many
// there is only one, and it means nothing.
func (c *closer) vector(program uint8, o origin) uint8 {
	if c.split>>program&1 != 0 {
		return 0
	}
	n := c.count[program]
	for i := range n {
		if c.origins[program][i] == o {
			return i
		}
	}
	if n < maxVectors {
		c.origins[program][n] = o
		c.count[program]++
		return n
	}
	c.split |= 1 << program
	for i := range c.next {
		if t := &c.next[i]; c.p.owner[t.pc] == program {
			t.vector = 0
		}
	}
	return 0
}

// transfers returns what makes the vectors of the next state: the slots of vectors 0 that get the position in place,
// and before that all else.
func (m *Machine) transfers(c *closer) (set, move uint32) {
	m.key = m.key[:0]
	var list []transfer
	for alive := c.alive &^ c.split; alive != 0; alive &= alive - 1 {
		program := uint8(bits.TrailingZeros16(alive))
		for to := range c.count[program] {
			switch o := c.origins[program][to]; {
			case o.from != to || to > 0 && o.set != 0:
				list = append(list, transfer{o, program, to})
				m.key = append(m.key, program, to, o.from, byte(o.set), byte(o.set>>8), byte(o.set>>16), byte(o.set>>24))
			default:
				set |= o.set
			}
		}
	}
	if list == nil {
		return set, 0
	}
	move, known := m.moveIDs[string(m.key)]
	if !known {
		move = uint32(len(m.moves))
		m.moves = append(m.moves, list)
		m.moveIDs[string(m.key)] = move
	}
	if n := m.p.nslots; len(m.slots) == n {
		m.slots = append(m.slots, make([]int, n*(maxVectors-1))...)
		m.spare = make([]int, n*maxVectors)
	}
	return set, move
}

// slotsOf returns the slots of a program in a vector.
func (m *Machine) slotsOf(program int, vector uint8) []int {
	base := int(vector) * m.p.nslots
	return m.slots[base+m.p.first[program] : base+m.p.first[program+1]]
}

// write makes the vectors of the next state, with i for the position. All are read before one is written.
func (m *Machine) write(s *step, i int) {
	list, n := m.moves[s.move], 0
	for _, t := range list {
		n += copy(m.spare[n:], m.slotsOf(int(t.program), t.from))
	}
	n = 0
	for _, t := range list {
		n += copy(m.slotsOf(int(t.program), t.to), m.spare[n:])
		m.put(t.set, int(t.to)*m.p.nslots, i)
	}
	m.put(s.set, 0, i)
}

// put sets slots of the vector that begins at base to i.
func (m *Machine) put(set uint32, base, i int) {
	for ; set != 0; set &= set - 1 {
		m.slots[base+bits.TrailingZeros32(set)] = i
	}
}

// accept keeps the captures of the programs whose match ends at i.
func (m *Machine) accept(s *step, i int) {
	for rest := s.matched; rest != 0; rest &= rest - 1 {
		n := bits.TrailingZeros16(rest)
		m.Ends[n] = i
		first := m.p.first[n]
		for k, at := range m.slotsOf(n, uint8(s.vectors>>(4*n)&15)) {
			m.Slots[first+k] = at
		}
	}
	for rest := s.acc; rest != 0; rest &= rest - 1 {
		m.Slots[bits.TrailingZeros32(rest)] = i
	}
}
