package automaton

import (
	"fmt"
	"regexp/syntax"
)

// MaxUnion is how many programs a union takes.
const MaxUnion = 16

// Union joins programs into one that tells in a single run which of them match. None may be a
// reverse one.
func Union(programs ...*Program) (*Program, error) {
	if len(programs) > MaxUnion {
		return nil, fmt.Errorf("%d programs are too many, at most %d", len(programs), MaxUnion)
	}
	u := &Program{slots: []int{-1}}
	for i, p := range programs {
		base := uint32(len(u.insts))
		for _, in := range p.insts {
			switch in.Op {
			case syntax.InstMatch, syntax.InstFail:
			case syntax.InstAlt, syntax.InstAltMatch:
				in.Out, in.Arg = in.Out+base, in.Arg+base
			case syntax.InstCapture:
				in.Op, in.Arg = syntax.InstNop, 0
				in.Out += base
			default:
				in.Out += base
			}
			u.insts = append(u.insts, in)
			u.owner = append(u.owner, uint8(i))
		}
		u.starts = append(u.starts, base+p.starts[0])
	}
	err := u.classify()
	return u, err
}

// MatchSet returns the programs of a union that match b from its beginning, as bits.
func (m *Machine) MatchSet(b []byte) (set uint16, r Result) {
	st := 0
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
			set |= s.acc
			if s.flags&stepDead != 0 {
				if set != 0 {
					return set, Yes
				}
				return 0, No
			}
		}
		st = int(s.next)
		i += width
	}
}
