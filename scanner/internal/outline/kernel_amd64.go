package outline

import "golang.org/x/sys/cpu"

// vbmi2 is the kernel of this processor.
const vbmi2 kernel = twin + 1

// appendVBMI2 writes to text and edges, which have room for n bytes and edges and [room] more, and returns how many of
// both count. What it returns of inside is 0 if there is no such run.
//
//go:noescape
func appendVBMI2(text *byte, edges *int32, line *byte, n int) (wrote, turns int, inside uint64)

func (k kernel) run(text []byte, edges []int32, line []byte) (_ []byte, _ []int32, inside bool) {
	if k == twin {
		return appendTwin(text, edges, line)
	}
	if len(line) == 0 {
		return text, edges, false
	}
	text, edges = grow(text, edges, len(line))
	t, e := len(text), len(edges)
	wrote, turns, between := appendVBMI2(&text[:t+1][t], &edges[:e+1][e], &line[0], len(line))
	return text[:t+wrote], edges[:e+turns], between != 0
}

// fastest is the kernel for this machine.
var fastest = func() kernel {
	x := &cpu.X86
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VBMI2 && x.HasBMI1 && x.HasBMI2 && x.HasPOPCNT {
		return vbmi2
	}
	return twin
}()
