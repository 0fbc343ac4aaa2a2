package tally

import (
	"cmp"
	"fmt"
	"slices"
)

// A piece is a range [off, end) of an input and the lines that end in it.
type piece struct{ off, end, lines int64 }

// pieces are disjoint ranges in ascending order. In memory neighbours stay apart, so that a
// finding that is delivered late still finds the piece its line counts from; whatever leaves the
// tally is joined, and so depends on the union alone.
type pieces []piece

// with returns the list with one more piece, or an error if that was counted already.
func (p pieces) with(q piece) (pieces, error) {
	at, _ := slices.BinarySearchFunc(p, q.off, func(a piece, off int64) int { return cmp.Compare(a.off, off) })
	for _, i := range []int{at - 1, at} {
		if i >= 0 && i < len(p) && p[i].off < q.end && q.off < p[i].end {
			return p, fmt.Errorf("bytes %d to %d are counted already, as part of %d to %d",
				max(q.off, p[i].off), min(q.end, p[i].end), p[i].off, p[i].end)
		}
	}
	return slices.Insert(p, at, q), nil
}

// joined returns the list with neighbours made one.
func (p pieces) joined() pieces {
	out := make(pieces, 0, len(p))
	for _, q := range p {
		if last := len(out) - 1; last >= 0 && out[last].end == q.off {
			out[last].end = q.end
			out[last].lines += q.lines
		} else {
			out = append(out, q)
		}
	}
	return out
}

// rebase turns a line of the piece at off into one of the joined piece it lies in.
// Lines of a piece that is not in the list stay as they are.
func (p pieces) rebase(off, line int64) (int64, int64) {
	i, found := slices.BinarySearchFunc(p, off, func(a piece, off int64) int { return cmp.Compare(a.off, off) })
	if !found {
		return off, line
	}
	for ; i > 0 && p[i-1].end == p[i].off; i-- {
		line += p[i-1].lines
	}
	return p[i].off, line
}

// gap returns the first range that is missing before the end of the last piece.
func (p pieces) gap() (off, end int64, found bool) {
	at := int64(0)
	for _, q := range p {
		if q.off != at {
			return at, q.off, true
		}
		at = q.end
	}
	return 0, 0, false
}
