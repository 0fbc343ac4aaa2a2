package literal

import "golang.org/x/sys/cpu"

// The kernels of this processor, the faster ones later; each machine that runs one runs those before it too.
const (
	avx2 kernel = twin + 1 + iota
	vbmi
)

//go:noescape
func teddyVBMI(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)

//go:noescape
func teddyAVX2(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)

// halves reports whether the kernel looks the halves of bytes up.
func (k kernel) halves() bool { return k == avx2 }

func (k kernel) run(t *tables, b []byte, n, from int, out []uint32) (wrote, next int) {
	if k == twin {
		return runTwin(t, b, n, from, out)
	}
	_ = b[n+overrun-1]
	if k == vbmi {
		return teddyVBMI(t, &b[0], n, from, &out[0], len(out)-slack)
	}
	return teddyAVX2(t, &b[0], n, from, &out[0], len(out)-slack)
}

// fastest is the kernel for this machine.
var fastest = func() kernel {
	switch {
	case !cpu.X86.HasAVX2 || !cpu.X86.HasBMI1 || !cpu.X86.HasPOPCNT:
		return twin
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2 && cpu.X86.HasAVX512GFNI:
		return vbmi
	}
	return avx2
}()
