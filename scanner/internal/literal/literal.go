// Package literal finds every occurrence of many short literals in one pass.
//
// A kernel runs over the text and says where the first four bytes of a literal may stand; only there literals are compared. On amd64 the kernels are Teddy with AVX-512 VBMI or
// AVX2, see https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy for the idea;
// everywhere else, and at the end of a text, a bitmap of hashed trigrams does the same. Letters are
// matched without regard to ASCII case; everything else, UTF-8 included, byte for byte.
package literal

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// MinLen is the least length of a literal in bytes.
const MinLen = 3

// A Hit is one occurrence: literal number Lit begins at Pos.
type Hit struct{ Pos, Lit int }

// hashBits makes the bitmap 8 KiB: it stays in the first cache, and a thousand literals fill it to 2 %.
const hashBits = 16

// A Set is a compiled list of literals. It is read-only and safe for concurrent use.
type Set struct {
	lits   []lit                      // by trigram, then number
	bits   [1 << hashBits / 64]uint64 // of the trigrams
	chains []chain                    // open addressing by trigram
	tables tables
	kernel kernel
}

// A lit is a literal ready to be compared: its first eight bytes at once, the rest one by one.
type lit struct {
	num        int
	fold, mask uint64 // what is set before comparing, and what counts
	want       uint64
	text       []byte // folded
}

// A chain is the literals of one trigram: lits[from:to].
type chain struct {
	trigram  uint32
	from, to uint16
}

// New compiles the literals; hits carry their indexes.
func New(texts []string) (*Set, error) {
	if len(texts) > 1<<15 {
		return nil, fmt.Errorf("%d literals are too many", len(texts))
	}
	s := &Set{kernel: fastest}
	for i, text := range texts {
		if len(text) < MinLen {
			return nil, fmt.Errorf("literal %q is shorter than %d bytes", text, MinLen)
		}
		l := lit{num: i, text: []byte(text)}
		for j, c := range l.text {
			l.text[j] = lower[c]
			if j < 8 {
				l.mask |= 0xFF << (8 * j)
				l.want |= uint64(lower[c]) << (8 * j)
				if 'a' <= lower[c] && lower[c] <= 'z' {
					l.fold |= 0x20 << (8 * j)
				}
			}
		}
		s.lits = append(s.lits, l)
	}
	slices.SortStableFunc(s.lits, func(a, b lit) int { return cmp.Compare(a.trigram(), b.trigram()) })
	s.link()
	return s, nil
}

func (l *lit) trigram() uint32 { return trigram(l.text[0], l.text[1], l.text[2]) }

// link fills the bitmap, the chains and the tables of the kernels.
func (s *Set) link() {
	size := 8
	for size < 4*len(s.lits) {
		size *= 2
	}
	s.chains = make([]chain, size)
	for i := 0; i < len(s.lits); {
		c := chain{trigram: s.lits[i].trigram(), from: uint16(i)}
		for i < len(s.lits) && s.lits[i].trigram() == c.trigram {
			i++
		}
		c.to = uint16(i)
		h := hash(c.trigram)
		s.bits[h/64] |= 1 << (h % 64)
		at := int(h) & (size - 1)
		for s.chains[at].to != 0 {
			at = (at + 1) & (size - 1)
		}
		s.chains[at] = c
	}
	s.tables.fill(s.lits)
}

// Append appends every hit that begins in b[from:to] to dst, ordered by position, then literal. A literal
// may reach beyond to, not beyond b.
func (s *Set) Append(dst []Hit, b []byte, from, to int) []Hit {
	return s.AppendBy(dst, b, from, to, len(b))
}

// AppendBy appends the hits that begin in b[from:to] and end by end. It is quicker than Append with a b that is cut
// there, because kernels read on.
func (s *Set) AppendBy(dst []Hit, b []byte, from, to, end int) []Hit {
	end = min(end, len(b))
	from, to = max(from, 0), min(to, end-MinLen+1)
	if from >= to {
		return dst
	}
	if s.kernel != twin && to-from >= kernelWorth {
		dst, from = s.fast(dst, b, from, to, end)
	}
	return s.portable(dst, b, from, to, end)
}

// portable is the twin of the kernels: the bitmap is asked at every position.
func (s *Set) portable(dst []Hit, b []byte, from, to, end int) []Hit {
	if from >= to {
		return dst
	}
	k := trigram(0, lower[b[from]], lower[b[from+1]])
	for i, c := range b[from+2 : to+2] {
		k = k>>8 | uint32(lower[c])<<16
		h := hash(k)
		if s.bits[h/64]&(1<<(h%64)) != 0 {
			dst = s.compare(dst, b, from+i, end, k, h)
		}
	}
	return dst
}

// compare appends the literals that stand at pos and end at end at the latest; the trigram and its hash are known.
func (s *Set) compare(dst []Hit, b []byte, pos, end int, k, h uint32) []Hit {
	at := int(h) & (len(s.chains) - 1)
	for s.chains[at].trigram != k {
		if s.chains[at].to == 0 {
			return dst
		}
		at = (at + 1) & (len(s.chains) - 1)
	}
	rest := b[pos:]
	var word uint64
	if len(rest) >= 8 {
		word = binary.LittleEndian.Uint64(rest)
	} else {
		for i, c := range rest {
			word |= uint64(c) << (8 * i)
		}
	}
	for i := s.chains[at].from; i < s.chains[at].to; i++ {
		l := &s.lits[i]
		if (word|l.fold)&l.mask == l.want && len(l.text) <= end-pos && (len(l.text) <= 8 || hasFold(rest[8:], l.text[8:])) {
			dst = append(dst, Hit{pos, l.num})
		}
	}
	return dst
}

func trigram(a, b, c byte) uint32 { return uint32(a) | uint32(b)<<8 | uint32(c)<<16 }

func hash(k uint32) uint32 { return k * 0x9E3779B1 >> (32 - hashBits) }

// hasFold reports whether b begins with the folded literal.
func hasFold(b, lit []byte) bool {
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
