package literal

// A kernel is a program for one kind of processor. Its method run writes where a literal of the tables may begin
// among b[from:n], as position<<8 | buckets, in ascending order, until out has less than [slack] places left or
// n is reached. It returns how many it wrote and where to go on; positions at and beyond n may be among them.
// It reads up to [overrun] bytes beyond n. A kernel is no function value: through one, what a call is given
// would have to lie on the heap.
type kernel uint8

// twin is the portable kernel; the others are in the files of their processors.
const twin kernel = 0

const (
	slack   = 64
	overrun = 67 // a vector and three bytes

	// kernelWorth is the length of text from which a kernel is quicker than its start.
	kernelWorth = 48
	// maxWindow keeps positions in 24 bits.
	maxWindow = 1 << 23
)

// Tables tell the first bytes of literals apart, for each of four positions. There are eight buckets of
// literals, a bit each; a candidate is a bucket that all four bytes are in.
type tables struct {
	vbmi [prefix * 128]byte // by the low seven bits of a byte
	avx2 [prefix * 64]byte  // by the low half of a byte, twice, then by the high half, twice
}

// prefix is how many bytes of a literal the kernels look at; a shorter one may go on with any byte.
const prefix = 4

// fill puts the literals into buckets.
func (t *tables) fill(lits []lit) {
	if len(lits) == 0 {
		return
	}
	for n, b := range partition(lits) {
		bucket := byte(1) << n
		for j := range b {
			for c := range 256 {
				if !b[j].has(byte(c)) {
					continue
				}
				t.vbmi[128*j+(c&0x7F)] |= bucket
				for _, half := range [2]int{0, 16} {
					t.avx2[64*j+half+(c&0x0F)] |= bucket
					t.avx2[64*j+32+half+(c>>4)] |= bucket
				}
			}
		}
	}
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}

// fast runs the kernel as far as it may read and returns where to go on.
func (s *Set) fast(dst []Hit, b []byte, from, to, end int) ([]Hit, int) {
	var out [256]uint32
	for from < to {
		window := b[from:min(len(b), from+maxWindow)]
		n := min(to-from, len(window)-overrun)
		if n <= 0 {
			break
		}
		for at := 0; at < n; {
			var wrote int
			wrote, at = s.kernel.run(&s.tables, window, n, at, out[:])
			for _, c := range out[:wrote] {
				pos := int(c >> 8)
				if pos >= n {
					break
				}
				k := trigram(lower[window[pos]], lower[window[pos+1]], lower[window[pos+2]])
				h := hash(k)
				if s.bits[h/64]&(1<<(h%64)) != 0 {
					dst = s.compare(dst, b, from+pos, end, k, h)
				}
			}
		}
		from += n
	}
	return dst, from
}
