package literal

// neon is the kernel of this processor: every one has the instructions.
const neon kernel = twin + 1

const fastest = neon

// halves reports whether the kernel looks the halves of bytes up.
func (k kernel) halves() bool { return k == neon }

//go:noescape
func teddyNEON(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)

func (k kernel) run(t *tables, b []byte, n, from int, out []uint32) (wrote, next int) {
	if k == twin {
		return runTwin(t, b, n, from, out)
	}
	_ = b[n+overrun-1]
	return teddyNEON(t, &b[0], n, from, &out[0], len(out)-slack)
}
