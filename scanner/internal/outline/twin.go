package outline

import (
	"encoding/binary"
	"math/bits"
)

// appendTwin is the kernel that every processor runs. It looks at a word of eight bytes at a time and leaves a bit for
// each byte, so that numbers cost a few instructions each and the bytes between them next to none. As in the others,
// more is written than counts where that spares a branch.
func appendTwin(text []byte, edges []int32, line []byte) (_ []byte, _ []int32, inside bool) {
	if len(line) == 0 {
		return text, edges, false
	}
	text, edges = grow(text, edges, len(line))
	n, first := len(text), len(edges)
	edges = appendEdges(edges, line)
	text = text[:cap(text)]
	from := text[n+len(line)+room:] // the line again, with room behind it that may be read
	copy(from, line)
	at, between := 0, byte(0)
	for turns := edges[first:]; len(turns) >= 2; turns = turns[2:] {
		lo, hi := int(turns[0]), int(turns[1])
		to, of := (*[short]byte)(text[n:]), (*[short]byte)(from[at:])
		*(*[16]byte)(to[:]) = *(*[16]byte)(of[:])
		*(*[16]byte)(to[16:]) = *(*[16]byte)(of[16:])
		if lo-at > short {
			copy(text[n+short:], from[at+short:lo])
		}
		n += lo - at
		text[n] = '0'
		n++
		// At either end of the line this looks at the digit there, which is no letter.
		between |= letters[line[max(lo-1, 0)]] & letters[line[min(hi, len(line)-1)]]
		at = hi
	}
	n += copy(text[n:], line[at:])
	return text[:n], edges, between != 0
}

// short is what most runs are not farther apart than.
const short = 32

// letters has 1 for letters.
var letters = func() (set [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		set[c], set[c-'a'+'A'] = 1, 1
	}
	return set
}()

// appendEdges appends where digits begin and end, four at a time. There must be [room].
func appendEdges(edges []int32, line []byte) []int32 {
	n, edges := len(edges), edges[:cap(edges)]
	var before uint64 // 1 behind a digit
	for base := 0; base < len(line); base += 64 {
		digits := digitBits(line, base)
		turns := digits ^ (digits<<1 | before)
		count := bits.OnesCount64(turns)
		for at := n; turns != 0; at += 4 {
			four := (*[4]int32)(edges[at:])
			four[0] = int32(base + bits.TrailingZeros64(turns))
			turns &= turns - 1
			four[1] = int32(base + bits.TrailingZeros64(turns))
			turns &= turns - 1
			four[2] = int32(base + bits.TrailingZeros64(turns))
			turns &= turns - 1
			four[3] = int32(base + bits.TrailingZeros64(turns))
			turns &= turns - 1
		}
		n += count
		before = digits >> 63
	}
	edges[n] = int32(len(line)) // where a run ends that ends with 64 bytes
	return edges[:n+int(before)]
}

// digitBits tells which of the 64 bytes of the line from base on are digits, a bit each. There are none behind the line.
func digitBits(line []byte, base int) uint64 {
	if rest := len(line) - base; rest >= 64 {
		return digitsOf((*[64]byte)(line[base:]))
	} else if base > 0 {
		return digitsOf((*[64]byte)(line[len(line)-64:])) >> (64 - rest)
	}
	var padded [64]byte
	copy(padded[:], line)
	return digitsOf(&padded)
}

func digitsOf(b *[64]byte) uint64 {
	return digitsIn(b[0:8]) | digitsIn(b[8:16])<<8 | digitsIn(b[16:24])<<16 | digitsIn(b[24:32])<<24 |
		digitsIn(b[32:40])<<32 | digitsIn(b[40:48])<<40 | digitsIn(b[48:56])<<48 | digitsIn(b[56:64])<<56
}

// digitsIn tells which of eight bytes are digits.
func digitsIn(b []byte) uint64 {
	const (
		each = 0x0101010101010101
		high = 0x80 * each
	)
	w := binary.LittleEndian.Uint64(b) ^ '0'*each // now digits are 0 to 9
	w = ^((w&^high + (0x80-10)*each) | w) & high
	return w * 0x0002040810204081 >> 56 // the high bit of byte i becomes bit i
}
