package xlog

import "encoding/binary"

// A cipher is TEA as Mars has it: 16 cycles, half of the usual, on little-endian words, each eight bytes for themselves;
// what is left at the end is not encrypted.
type cipher [4]uint32

const (
	teaDelta  = 0x9E3779B9
	teaCycles = 16
	teaSum    = teaDelta * teaCycles & 0xFFFFFFFF
)

// newCipher takes the first 16 bytes of a shared secret for the key.
func newCipher(secret []byte) (c cipher) {
	for i := range c {
		c[i] = binary.LittleEndian.Uint32(secret[4*i:])
	}
	return c
}

// decrypt appends the text of b to dst.
func (c *cipher) decrypt(dst, b []byte) []byte {
	at := len(dst)
	dst = append(dst, b...)
	p := dst[at:]
	// A cycle waits for the one before it, so four blocks at a time take hardly longer than one.
	for ; len(p) >= 32; p = p[32:] {
		c.four((*[32]byte)(p))
	}
	for ; len(p) >= 8; p = p[8:] {
		var last [32]byte
		copy(last[:], p[:8])
		c.four(&last)
		copy(p, last[:8])
	}
	return dst
}

func (c *cipher) four(p *[32]byte) {
	k0, k1, k2, k3 := c[0], c[1], c[2], c[3]
	a0, a1 := binary.LittleEndian.Uint32(p[0:]), binary.LittleEndian.Uint32(p[4:])
	b0, b1 := binary.LittleEndian.Uint32(p[8:]), binary.LittleEndian.Uint32(p[12:])
	c0, c1 := binary.LittleEndian.Uint32(p[16:]), binary.LittleEndian.Uint32(p[20:])
	d0, d1 := binary.LittleEndian.Uint32(p[24:]), binary.LittleEndian.Uint32(p[28:])
	sum := uint32(teaSum)
	for range teaCycles {
		a1 -= (a0<<4 + k2) ^ (a0 + sum) ^ (a0>>5 + k3)
		b1 -= (b0<<4 + k2) ^ (b0 + sum) ^ (b0>>5 + k3)
		c1 -= (c0<<4 + k2) ^ (c0 + sum) ^ (c0>>5 + k3)
		d1 -= (d0<<4 + k2) ^ (d0 + sum) ^ (d0>>5 + k3)
		a0 -= (a1<<4 + k0) ^ (a1 + sum) ^ (a1>>5 + k1)
		b0 -= (b1<<4 + k0) ^ (b1 + sum) ^ (b1>>5 + k1)
		c0 -= (c1<<4 + k0) ^ (c1 + sum) ^ (c1>>5 + k1)
		d0 -= (d1<<4 + k0) ^ (d1 + sum) ^ (d1>>5 + k1)
		sum -= teaDelta
	}
	binary.LittleEndian.PutUint32(p[0:], a0)
	binary.LittleEndian.PutUint32(p[4:], a1)
	binary.LittleEndian.PutUint32(p[8:], b0)
	binary.LittleEndian.PutUint32(p[12:], b1)
	binary.LittleEndian.PutUint32(p[16:], c0)
	binary.LittleEndian.PutUint32(p[20:], c1)
	binary.LittleEndian.PutUint32(p[24:], d0)
	binary.LittleEndian.PutUint32(p[28:], d1)
}
