package xlog

import "math/bits"

// An entry of a Huffman table says in one word all that there is to know about a symbol:
//
//	bits 0–7    bits to consume: those of the code and of the extra bits behind it
//	bits 8–11   bits of the code alone
//	bit  15     special: the end of a block, the way to a second table, or no code at all
//	bits 16–30  the literal, the base of a length or distance, or the offset of a second table
//	bit  31     literal
//
// The layout is that of libdeflate.
type entry = uint32

const (
	literalEntry entry = 1 << 31
	specialEntry entry = 1 << 15
	subEntry     entry = 1 << 14 // with specialEntry: the code goes on in a second table
	endEntry     entry = 1 << 13 // with specialEntry: the block ends
	emptyEntry   entry = 1 << 12 // with specialEntry: there is no code at all

	litBits  = 10 // of the first table: what is longer is rare, and tables are built once a few lines
	distBits = 8
	lensBits = 7

	// The second tables of all codes together, at most: see enough.c of zlib for 288 symbols, 10 bits and
	// 30 symbols, 8 bits.
	litSize  = 1334
	distSize = 402
)

// The symbols of the two alphabets, without the bits of the code.
var litSymbols, distSymbols, lensSymbols = func() (lit [288]entry, dist [32]entry, lens [19]entry) {
	for s := range 256 {
		lit[s] = literalEntry | entry(s)<<16
	}
	lit[256] = specialEntry | endEntry
	base := 3
	for s := 257; s < 285; s++ {
		extra := max(0, (s-261)/4)
		lit[s] = entry(base)<<16 | entry(extra)
		base += 1 << extra
	}
	lit[285] = 258 << 16
	lit[286], lit[287] = specialEntry, specialEntry
	base = 1
	for s := range 30 {
		extra := max(0, s/2-1)
		dist[s] = entry(base)<<16 | entry(extra)
		base += 1 << extra
	}
	dist[30], dist[31] = specialEntry, specialEntry
	for s := range lens {
		lens[s] = entry(s) << 16
	}
	return lit, dist, lens
}()

// The codes of blocks without codes of their own, in tables for both alphabets.
var fixedLit, fixedDist = func() (*[litSize]entry, *[distSize]entry) {
	var lit [litSize]entry
	var dist [distSize]entry
	var lens [288]uint8
	for s := range lens {
		switch {
		case s < 144:
			lens[s] = 8
		case s < 256:
			lens[s] = 9
		case s < 280:
			lens[s] = 7
		default:
			lens[s] = 8
		}
	}
	buildTable(lit[:], litBits, lens[:], litSymbols[:])
	for s := range 32 {
		lens[s] = 5
	}
	buildTable(dist[:], distBits, lens[:32], distSymbols[:])
	return &lit, &dist
}()

// buildTable fills a table of 1<<width entries, with second tables behind them, from the lengths of the
// codes. Like compress/flate it takes, beside complete codes, one code of a single bit and no code at all,
// and reports false for any other.
func buildTable(table []entry, width int, lens []uint8, symbols []entry) bool {
	var count [16]int
	for _, n := range lens {
		count[n]++
	}
	longest := 15
	for longest > 0 && count[longest] == 0 {
		longest--
	}
	if count[0] = 0; longest == 0 {
		fill(table[:1<<width], specialEntry|emptyEntry)
		return true
	}
	var next [16]int // code of the next symbol of each length
	var from [17]int // where the symbols of a length begin in order
	code := 0
	for n := 1; n <= longest; n++ {
		code = (code + count[n-1]) << 1
		next[n] = code
		from[n+1] = from[n] + count[n]
	}
	code += count[longest]
	if code == 1 && longest == 1 {
		fill(table[:1<<width], specialEntry)
	} else if code != 1<<longest {
		return false
	}
	var order [288]uint16
	at := from
	for s, n := range lens {
		if n != 0 {
			order[at[n]] = uint16(s)
			at[n]++
		}
	}
	free, prefix, sub, subWidth := 1<<width, -1, 0, 0
	for n := 1; n <= longest; n++ {
		for _, s := range order[from[n]:from[n+1]] {
			// Extra bits are in the low byte already.
			e := symbols[s] + entry(n) + entry(n)<<8
			reversed := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
			next[n]++
			if n <= width {
				for i := reversed; i < 1<<width; i += 1 << n {
					table[i] = e
				}
				continue
			}
			// Codes ascend, so those of one prefix are neighbours, the longest of them last.
			if low := reversed & (1<<width - 1); low != prefix {
				prefix, sub, subWidth = low, free, n-width
				for room := 1<<subWidth - count[n]; room > 0 && width+subWidth < longest; {
					subWidth++
					room = room<<1 - count[width+subWidth]
				}
				free += 1 << subWidth
				table[prefix] = specialEntry | subEntry | entry(sub)<<16 | entry(subWidth)
			}
			count[n]--
			for i := reversed >> width; i < 1<<subWidth; i += 1 << (n - width) {
				table[sub+i] = e
			}
		}
	}
	return true
}

func fill(table []entry, e entry) {
	for i := range table {
		table[i] = e
	}
}
