package literal

import "encoding/binary"

// An index finds the literals that stand at a place by their first four bytes, or three if there are no more.
type index struct {
	lits  []lit
	slots []slot // open addressing by key; most are free, so that the first is the right one
	shift int    // from a hash to a slot
	forks []fork
	short bool                       // some literal has three bytes
	bits  [1 << hashBits / 64]uint64 // of the hashes of keys
}

// hashBits makes the bitmap 2 KiB: it stays in the first cache, and a thousand keys fill it to 6 %.
const hashBits = 14

// A slot is the literals of one key, or the fork of a key that has many; a free one has no key.
type slot struct {
	key  uint32
	fork uint32 // its index and one
	lits span
}

// A span is lits[from:to].
type span struct{ from, to uint32 }

// A fork tells the literals of a key apart by the first byte in which they differ.
type fork struct {
	shift int      // to that byte of a word
	lits  [32]span // by its low five bits
}

// many is from how many literals on a fork pays.
const many = 3

// A lit is a literal ready to be compared: its first eight bytes at once, the rest one by one.
type lit struct {
	mask, want uint64
	rest       string // folded
	num, size  int32
}

// Keys have the bit that differs between the cases of a letter set. It is set in all bytes, which takes some others
// for one another, but never two keys of a different length.
const (
	keyFold   = 0x20202020
	shortFold = 0x00202020
	shortMask = 0x00FFFFFF
)

func keyOf(folded string) uint32 {
	key := uint32(folded[0]) | uint32(folded[1])<<8 | uint32(folded[2])<<16
	if len(folded) < prefix {
		return key | shortFold
	}
	return key | uint32(folded[3])<<24 | keyFold
}

func hash(key uint32) uint32 { return key * 0x9E3779B1 >> (32 - hashBits) }

func (x *index) slotOf(key uint32) int { return int(key * 0x9E3779B1 >> x.shift) }

// find returns the literals that may stand where the word does, which is folded and has the key.
func (x *index) find(key uint32, word uint64) []lit {
	for at := x.slotOf(key); ; at++ {
		s := &x.slots[at&(len(x.slots)-1)]
		if s.key == key {
			lits := s.lits
			if s.fork > 0 {
				f := &x.forks[s.fork-1]
				lits = f.lits[word>>(f.shift&63)%32]
			}
			return x.lits[lits.from:lits.to]
		}
		if s.key == 0 {
			return nil
		}
	}
}

// sift drops the candidates that have no key's hash. What drops out nobody can guess, so that there is no branch.
func (x *index) sift(view []byte, candidates []uint32) []uint32 {
	n := 0
	for _, c := range candidates {
		key := binary.LittleEndian.Uint32(view[c:]) | keyFold
		h := hash(key)
		has := x.bits[h/64] >> (h % 64)
		if x.short {
			h = hash(key & shortMask)
			has |= x.bits[h/64] >> (h % 64)
		}
		candidates[n] = c
		n += int(has & 1)
	}
	return candidates[:n]
}

// verify appends the literals that stand at the places and end by end. The places are of view, which begins at b[base]
// and has eight bytes at each.
func (x *index) verify(dst []Hit, view, b []byte, base, end int, places []uint32) []Hit {
	for _, c := range places {
		dst = x.verifyAt(dst, binary.LittleEndian.Uint64(view[c:]), b, base+int(c), end)
	}
	return dst
}

// verifyAt appends the literals that stand at pos, where b has the bytes of the word, and end by end.
func (x *index) verifyAt(dst []Hit, word uint64, b []byte, pos, end int) []Hit {
	key := uint32(word) | keyFold
	word = foldWord(word)
	lits := x.find(key, word)
	if lits == nil && x.short {
		lits = x.find(key&shortMask, word)
	}
	for i := range lits {
		l := &lits[i]
		if word&l.mask == l.want && int(l.size) <= end-pos && (l.rest == "" || hasFold(b[pos+8:], l.rest)) {
			dst = append(dst, Hit{pos, int(l.num)})
		}
	}
	return dst
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
