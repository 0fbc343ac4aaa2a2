// Package literal finds every occurrence of many short literals in one pass.
//
// It is the portable twin of the engine's vector kernels: three table look-ups a byte say which of
// eight buckets may begin here, and only then literals are compared. Letters are matched without
// regard to ASCII case; everything else, UTF-8 included, byte for byte.
package literal

import (
	"fmt"
	"slices"
)

// MinLen is the least length of a literal in bytes.
const MinLen = 3

// A Hit is one occurrence: literal number Lit begins at Pos.
type Hit struct{ Pos, Lit int }

// A Set is a compiled list of literals. It is read-only and safe for concurrent use.
type Set struct {
	lits   [][]byte
	table  [MinLen][256]byte // which buckets a byte admits at a position
	bucket [8][]int          // literal numbers, ascending
}

// New compiles the literals; hits carry their indexes.
func New(lits []string) (*Set, error) {
	s := &Set{}
	order := make([]int, 0, len(lits))
	for i, l := range lits {
		if len(l) < MinLen {
			return nil, fmt.Errorf("literal %q is shorter than %d bytes", l, MinLen)
		}
		s.lits = append(s.lits, fold([]byte(l)))
		order = append(order, i)
	}
	// Literals that begin alike share a bucket, which keeps the tables selective.
	slices.SortStableFunc(order, func(a, b int) int { return slices.Compare(s.lits[a], s.lits[b]) })
	for n, i := range order {
		b := n * len(s.bucket) / len(order)
		s.bucket[b] = append(s.bucket[b], i)
		for j := range MinLen {
			c := s.lits[i][j]
			s.table[j][c] |= 1 << b
			if 'a' <= c && c <= 'z' {
				s.table[j][c-'a'+'A'] |= 1 << b
			}
		}
	}
	for b := range s.bucket {
		slices.Sort(s.bucket[b])
	}
	return s, nil
}

// Append appends every hit that begins in b[from:to] to dst, ordered by position, then literal. A literal
// may reach beyond to, not beyond b.
func (s *Set) Append(dst []Hit, b []byte, from, to int) []Hit {
	to = min(to, len(b)-MinLen+1)
	for i := max(from, 0); i < to; i++ {
		m := s.table[0][b[i]] & s.table[1][b[i+1]] & s.table[2][b[i+2]]
		if m == 0 {
			continue
		}
		first := len(dst)
		for k := range s.bucket {
			if m&(1<<k) == 0 {
				continue
			}
			for _, l := range s.bucket[k] {
				if hasFold(b[i:], s.lits[l]) {
					dst = append(dst, Hit{i, l})
				}
			}
		}
		if len(dst)-first > 1 {
			slices.SortFunc(dst[first:], func(a, b Hit) int { return a.Lit - b.Lit })
		}
	}
	return dst
}

// hasFold reports whether b begins with the folded literal.
func hasFold(b, lit []byte) bool {
	if len(b) < len(lit) {
		return false
	}
	for i, c := range lit {
		if lower(b[i]) != c {
			return false
		}
	}
	return true
}

func fold(b []byte) []byte {
	for i, c := range b {
		b[i] = lower(c)
	}
	return b
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
