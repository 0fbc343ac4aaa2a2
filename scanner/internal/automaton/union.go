package automaton

import (
	"fmt"
	"regexp/syntax"
)

// MaxUnion is how many programs a union takes.
const MaxUnion = 16

// Union joins programs into one that tells in a single run which of them match, see [Machine.Run]. Of
// each it keeps the capture of the given number, or none for -1; the n-th program has it at Slots[2n].
// None may be a reverse program.
func Union(programs []*Program, captures []int) (*Program, error) {
	if len(programs) > MaxUnion {
		return nil, fmt.Errorf("%d programs are too many, at most %d", len(programs), MaxUnion)
	}
	u := &Program{slots: []int{-1}, nslots: 2 * len(programs), first: []int{0}}
	for n, p := range programs {
		base, kept := uint32(len(u.insts)), -1
		if captures[n] >= 0 {
			kept = p.slots[captures[n]]
		}
		for _, in := range p.insts {
			switch in.Op {
			case syntax.InstMatch, syntax.InstFail:
			case syntax.InstAlt, syntax.InstAltMatch:
				in.Out, in.Arg = in.Out+base, in.Arg+base
			case syntax.InstCapture:
				in.Out += base
				if slot := int(in.Arg); kept >= 0 && slot/2 == kept/2 {
					in.Arg = uint32(2*n + slot%2)
				} else {
					in.Op = syntax.InstNop
				}
			default:
				in.Out += base
			}
			u.insts = append(u.insts, in)
			u.owner = append(u.owner, uint8(n))
		}
		u.starts = append(u.starts, base+p.starts[0])
		u.first = append(u.first, 2*n+2)
	}
	err := u.classify()
	return u, err
}
