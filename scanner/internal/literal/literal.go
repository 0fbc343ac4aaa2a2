// Package literal finds every occurrence of many short literals in one pass.
//
// It is the portable twin of the engine's vector kernels: a bitmap of hashed trigrams says where a
// literal may begin, and only there literals are compared. Letters are matched without regard to
// ASCII case; everything else, UTF-8 included, byte for byte.
package literal

import "fmt"

// MinLen is the least length of a literal in bytes.
const MinLen = 3

// A Hit is one occurrence: literal number Lit begins at Pos.
type Hit struct{ Pos, Lit int }

// hashBits makes the bitmap 8 KiB: it stays in the first cache, and a thousand literals fill it to 2 %.
const hashBits = 16

// A Set is a compiled list of literals. It is read-only and safe for concurrent use.
type Set struct {
	lits  [][]byte
	bits  [1 << hashBits / 64]uint64
	chain map[uint32][]int // folded trigram → literal numbers, ascending
}

// New compiles the literals; hits carry their indexes.
func New(lits []string) (*Set, error) {
	s := &Set{chain: map[uint32][]int{}}
	for i, l := range lits {
		if len(l) < MinLen {
			return nil, fmt.Errorf("literal %q is shorter than %d bytes", l, MinLen)
		}
		f := []byte(l)
		for j, c := range f {
			f[j] = lower[c]
		}
		s.lits = append(s.lits, f)
		k := trigram(f[0], f[1], f[2])
		s.chain[k] = append(s.chain[k], i)
		h := hash(k)
		s.bits[h/64] |= 1 << (h % 64)
	}
	return s, nil
}

// Append appends every hit that begins in b[from:to] to dst, ordered by position, then literal. A literal
// may reach beyond to, not beyond b.
func (s *Set) Append(dst []Hit, b []byte, from, to int) []Hit {
	from, to = max(from, 0), min(to, len(b)-MinLen+1)
	if from >= to {
		return dst
	}
	k := trigram(0, lower[b[from]], lower[b[from+1]])
	for i, c := range b[from+2 : to+2] {
		k = k>>8 | uint32(lower[c])<<16
		h := hash(k)
		if s.bits[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		pos := from + i
		for _, l := range s.chain[k] {
			if hasFold(b[pos:], s.lits[l]) {
				dst = append(dst, Hit{pos, l})
			}
		}
	}
	return dst
}

func trigram(a, b, c byte) uint32 { return uint32(a) | uint32(b)<<8 | uint32(c)<<16 }

func hash(k uint32) uint32 { return k * 0x9E3779B1 >> (32 - hashBits) }

// hasFold reports whether b begins with the folded literal.
func hasFold(b, lit []byte) bool {
	if len(b) < len(lit) {
		return false
	}
	for i, c := range lit {
		if lower[b[i]] != c {
			return false
		}
	}
	return true
}

// lower folds ASCII letters.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()
