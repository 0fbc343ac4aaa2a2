package literal

import "golang.org/x/sys/cpu"

//go:noescape
func teddyVBMI(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)

//go:noescape
func teddyAVX2(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)

// fastest is the kernel for this machine; it runs those below it too.
var fastest = func() kernel {
	switch {
	case !cpu.X86.HasAVX2 || !cpu.X86.HasBMI1:
		return twin
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI:
		return vbmi
	}
	return avx2
}()
