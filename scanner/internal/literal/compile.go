package literal

import (
	"cmp"
	"math/bits"
	"slices"
)

// fill takes the literals and returns their heads, each once.
func (x *index) fill(texts []string) (heads []string) {
	folded, order := make([]string, len(texts)), make([]uint64, len(texts)) // by key, then number
	var shorts []uint64
	for i, text := range texts {
		folded[i] = fold(text)
		order[i] = uint64(keyOf(folded[i]))<<32 | uint64(i)
		if len(text) < prefix {
			shorts = append(shorts, order[i])
		}
	}
	slices.Sort(order)
	x.short = len(shorts) > 0
	x.lits = make([]lit, 0, len(texts))
	x.grow(order)
	for len(order) > 0 {
		key, n := uint32(order[0]>>32), 1
		for n < len(order) && order[n]>>32 == uint64(key) {
			n++
		}
		first := len(heads)
		for _, o := range order[:n] {
			text := folded[uint32(o)]
			if head := text[:min(prefix, len(text))]; !slices.Contains(heads[first:], head) {
				heads = append(heads, head)
			}
		}
		x.insert(key, order[:n], shorts, folded)
		order = order[n:]
	}
	return heads
}

// grow makes room for the keys that order holds.
func (x *index) grow(order []uint64) {
	keys := 1
	for i := range order {
		if i > 0 && order[i]>>32 != order[i-1]>>32 {
			keys++
		}
	}
	size := bits.Len(uint(4*keys | 7))
	x.slots, x.shift = make([]slot, 1<<size), 32-size
}

// insert adds the literals of a key. Those of three bytes that stand there too are among them: where the four bytes
// are found, nobody asks for three.
func (x *index) insert(key uint32, members, shorts []uint64, folded []string) {
	var too []uint64
	for _, o := range shorts {
		if k := uint32(o >> 32); k != key && k == key&shortMask {
			too = append(too, o)
		}
	}
	if len(too) > 0 {
		members = slices.Concat(members, too)
		slices.SortFunc(members, func(a, b uint64) int { return cmp.Compare(uint32(a), uint32(b)) })
	}
	h := hash(key)
	x.bits[h/64] |= 1 << (h % 64)
	at := x.slotOf(key)
	for x.slots[at].key != 0 {
		at = (at + 1) & (len(x.slots) - 1)
	}
	x.slots[at].key = key
	if len(members) < many {
		x.slots[at].lits = x.list(members, folded)
		return
	}
	x.forks = append(x.forks, x.split(members, folded))
	x.slots[at].fork = uint32(len(x.forks))
}

// list adds literals.
func (x *index) list(members []uint64, folded []string) span {
	from := uint32(len(x.lits))
	for _, o := range members {
		x.lits = append(x.lits, newLit(int(uint32(o)), folded[uint32(o)]))
	}
	return span{from, uint32(len(x.lits))}
}

// split makes the fork of a key. Literals that end before it are on all its ways.
func (x *index) split(members []uint64, folded []string) (f fork) {
	var longest string
	for _, o := range members {
		if text := folded[uint32(o)]; len(text) > len(longest) {
			longest = text
		}
	}
	at := 7
	for _, o := range members {
		text := folded[uint32(o)]
		for n := prefix; n < min(at, len(text)); n++ {
			if text[n] != longest[n] {
				at = n
			}
		}
	}
	f.shift = 8 * at
	var ways [len(f.lits)]bool
	for _, o := range members {
		if text := folded[uint32(o)]; len(text) > at {
			ways[text[at]%32] = true
		}
	}
	leading := func(way byte) span {
		return x.list(slices.DeleteFunc(slices.Clone(members), func(o uint64) bool {
			text := folded[uint32(o)]
			return len(text) > at && (text[at]%32 != way || !ways[way])
		}), folded)
	}
	rest := span{}
	for way := range f.lits {
		switch {
		case ways[way]:
			f.lits[way] = leading(byte(way))
		case rest == span{}:
			rest = leading(byte(way))
			fallthrough
		default:
			f.lits[way] = rest
		}
	}
	return f
}

func newLit(num int, text string) lit {
	l := lit{num: int32(num), size: int32(len(text))}
	for j := range min(8, len(text)) {
		l.mask |= 0xFF << (8 * j)
		l.want |= uint64(text[j]) << (8 * j)
	}
	if len(text) > 8 {
		l.rest = text[8:]
	}
	return l
}
