package xlog

// maxProcesses is how many processes may write to one file in turn without being taken for gaps.
const maxProcesses = 8

// A sequence follows the numbers of blocks. Each process counts its own, from 1 to 65535 and on with 1.
type sequence struct {
	last []uint16 // of each process, the one that wrote last in front
}

// gap takes the number of the next block, and reports whether blocks before it are missing. Those before the first one
// are in the file of another day.
func (s *sequence) gap(seq uint16) (Gap, bool) {
	if seq == 0 {
		return Gap{}, false
	}
	before := seq - 1
	if seq == 1 {
		before = 0xFFFF
	}
	for i, last := range s.last {
		if last == before || last == seq {
			s.front(i, seq)
			return Gap{}, false
		}
	}
	if seq == 1 || len(s.last) == 0 {
		if s.last = append(s.last, 0); len(s.last) > maxProcesses {
			s.last = s.last[:maxProcesses]
		}
		s.front(len(s.last)-1, seq)
		return Gap{}, false
	}
	g := Gap{After: s.last[0], Before: seq}
	s.front(0, seq)
	return g, true
}

// pass takes a block whose number is not to be trusted for the one that was due.
func (s *sequence) pass() {
	if len(s.last) > 0 {
		if s.last[0]++; s.last[0] == 0 {
			s.last[0] = 1
		}
	}
}

func (s *sequence) front(i int, seq uint16) {
	copy(s.last[1:i+1], s.last[:i])
	s.last[0] = seq
}
