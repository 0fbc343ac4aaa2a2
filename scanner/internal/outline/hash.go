package outline

import (
	"encoding/binary"
	"math/bits"
)

// Odd constants with about as many ones as zeros in them, in no order.
const (
	mix0 = 0x9E3779B97F4A7C15
	mix1 = 0xD6E8FEB86659FD93
	mix2 = 0xA0761D6478BD642F
	mix3 = 0xE7037ED1A0B428DB
)

// Hash spreads texts of some hundred bytes over a table. It is the same on every machine and in every run, so that
// strangers can make texts that share a hash: a table compares the texts and bounds how many it tries.
//
// Four lanes of 16 bytes do not wait for one another. The end is no loop over bytes: the last 64 are taken whole, among
// them some that the step before has taken. So most outlines take two steps, and no branch is foretold wrongly for
// their lengths.
func Hash(text []byte) uint64 {
	a, b, c, d := uint64(len(text))*mix0, uint64(mix1), uint64(mix2), uint64(mix3)
	var padded [step]byte
	if len(text) < step {
		copy(padded[:], text)
		text = padded[:]
	}
	for at, last := 0, len(text)-step; ; at = min(at+step, last) {
		p := (*[step]byte)(text[at:])
		a = fold(word(p[0:])^a, word(p[8:])^mix1)
		b = fold(word(p[16:])^b, word(p[24:])^mix2)
		c = fold(word(p[32:])^c, word(p[40:])^mix3)
		d = fold(word(p[48:])^d, word(p[56:])^mix0)
		if at == last {
			return fold(a+b^mix2, c+d^mix1)
		}
	}
}

// step is how many bytes Hash takes at a time.
const step = 64

// fold makes each bit depend on all bits of both.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func word(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
