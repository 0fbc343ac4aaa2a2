package literal

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
)

// An index finds the literals that stand at a place. As kernels do with buckets, it asks which groups of literals have
// the bytes there, but knows cases and all bits, and there are so many groups that few places have one and no literal.
type index struct {
	lits  []lit           // by text, so that those of a group begin alike
	first [groups + 1]int // where each group begins
	has   [4][256]uint64  // the groups that have a byte, or end before it: every other one of the first eight
}

// groups is how many groups of literals there are, a bit each.
const groups = 64

// wide is how many bytes of a literal are compared at once.
const wide = 8

// A lit is a literal ready to be compared: its first eight bytes at once, the rest one by one.
type lit struct {
	mask, want uint64
	rest       string // folded
	num, size  int32
}

// fill takes the literals and returns their heads, each once.
func (x *index) fill(texts []string) (heads []string) {
	folded, order := make([]string, len(texts)), make([]int, len(texts))
	for i, text := range texts {
		folded[i], order[i] = fold(text), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(folded[a], folded[b]) })
	x.lits = make([]lit, len(texts))
	var ended [len(x.has)]uint64 // groups with a literal that ends before the byte
	for i, num := range order {
		text, group := folded[num], i*groups/len(order)
		x.lits[i], x.first[group+1] = newLit(num, text), i+1
		for k := range x.has {
			if j := 2 * k; j < len(text) {
				x.has[k][text[j]] |= 1 << group
				x.has[k][upper(text[j])] |= 1 << group
			} else {
				ended[k] |= 1 << group
			}
		}
		heads = append(heads, text[:min(prefix, len(text))])
	}
	for k := range x.has {
		for c := range x.has[k] {
			x.has[k][c] |= ended[k]
		}
	}
	for i := range groups {
		x.first[i+1] = max(x.first[i+1], x.first[i]) // few literals leave groups empty
	}
	return slices.Compact(heads)
}

func newLit(num int, text string) lit {
	l := lit{num: int32(num), size: int32(len(text))}
	for j := range min(wide, len(text)) {
		l.mask |= 0xFF << (8 * j)
		l.want |= uint64(text[j]) << (8 * j)
	}
	if len(text) > wide {
		l.rest = text[wide:]
	}
	return l
}

// groupsOf returns the groups that may have a literal where the word stands, a bit each. The four bytes between those
// that are looked at would drop next to nothing that is left.
func (x *index) groupsOf(word uint64) uint64 {
	return x.has[0][byte(word)] & x.has[1][byte(word>>16)] & x.has[2][byte(word>>32)] & x.has[3][byte(word>>48)]
}

// sift drops the candidates that no group has. What drops out nobody can guess, so that there is no branch.
func (x *index) sift(view []byte, candidates []uint32) []uint32 {
	n := 0
	for _, c := range candidates {
		candidates[n] = c
		if x.groupsOf(binary.LittleEndian.Uint64(view[c:])) != 0 {
			n++
		}
	}
	return candidates[:n]
}

// verify appends the literals that stand at the places and end by end. The places are of view, which begins at b[base]
// and has eight bytes at each.
func (x *index) verify(dst []Hit, view, b []byte, base, end int, places []uint32) []Hit {
	for _, c := range places {
		first, word, pos := len(dst), binary.LittleEndian.Uint64(view[c:]), base+int(c)
		folded := foldWord(word)
		for m := x.groupsOf(word); m != 0; m &= m - 1 {
			lits := x.group(m)
			for i := range lits {
				l := &lits[i]
				if folded&l.mask != l.want || !l.goesOn(b, pos, end) {
					continue
				}
				dst = append(dst, Hit{pos, int(l.num)})
				for at := len(dst) - 1; at > first && dst[at].Lit < dst[at-1].Lit; at-- {
					dst[at], dst[at-1] = dst[at-1], dst[at]
				}
			}
		}
	}
	return dst
}

// any reports whether a literal that counts stands at pos, where b has the bytes of the word.
func (x *index) any(word uint64, b []byte, pos int, counts func(lit int) bool) bool {
	folded := foldWord(word)
	for m := x.groupsOf(word); m != 0; m &= m - 1 {
		lits := x.group(m)
		for i := range lits {
			l := &lits[i]
			if folded&l.mask == l.want && l.goesOn(b, pos, len(b)) && counts(int(l.num)) {
				return true
			}
		}
	}
	return false
}

// group returns the literals of the lowest group of a mask.
func (x *index) group(mask uint64) []lit {
	g := bits.TrailingZeros64(mask) & (groups - 1)
	return x.lits[x.first[g]:x.first[g+1]]
}

// goesOn reports whether a literal whose first bytes stand at pos ends by end and has the others there.
func (l *lit) goesOn(b []byte, pos, end int) bool {
	return int(l.size) <= end-pos && (l.rest == "" || hasFold(b[pos+wide:], l.rest))
}

// hasFold reports whether b begins with the folded text.
func hasFold(b []byte, text string) bool {
	b = b[:len(text)]
	for i := range len(text) {
		if lower[b[i]] != text[i] {
			return false
		}
	}
	return true
}
