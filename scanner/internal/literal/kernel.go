package literal

// A kernel is a program for one kind of processor. Its method run writes where a literal of the tables may begin
// among b[from:n], in ascending order, until out has less than [slack] places left or n is reached. It returns how
// many it wrote and where to go on; positions at and beyond n may be among them. It reads up to [overrun] bytes from
// n on. A kernel is no function value: through one, what a call is given would have to lie on the heap.
type kernel uint8

// twin is the portable kernel; the others are in the files of their processors.
const twin kernel = 0

const (
	slack   = 64
	overrun = 67 // a vector and three bytes

	// maxTail is how much of the end of a text is copied rather than seen in two runs; overrun at least.
	maxTail = 253
	// maxView keeps positions in 32 bits.
	maxView = 1 << 30
)

// prefix is how many bytes of a literal the kernels look at; a shorter one may go on with any byte.
const prefix = 4

// Tables give the buckets that a byte is in, a bit each, for each of the first bytes of literals. A candidate is a
// place where some bucket has all four bytes. Kernels of vectors look eight buckets up at a time.
type tables struct {
	bytes  [prefix][2][classes]byte // by the class of a byte
	halves [prefix][2][2][16]byte   // by the low half of a byte, then by the high half
	lacks  [128]uint64              // for the twin, by the low seven bits: the buckets without a byte, sixteen bits for each of the first
}

// classes are what teddyVBMI takes bytes for: those that differ in the bit of a letter's case or in the highest are one.
const classes = 64

func class(c byte) byte { return c&0x1F | c>>1&0x20 }

// fill puts each head into its bucket.
func (t *tables) fill(heads []string, homes []int) {
	for c := range t.lacks {
		t.lacks[c] = ^uint64(0)
	}
	for i, head := range heads {
		for j := range prefix {
			if j < len(head) {
				t.add(j, homes[i], head[j])
				t.add(j, homes[i], upper(head[j]))
				continue
			}
			for c := range 256 {
				t.add(j, homes[i], byte(c))
			}
		}
	}
}

func (t *tables) add(j, bucket int, c byte) {
	part, bit := bucket/8, byte(1)<<(bucket%8)
	t.bytes[j][part][class(c)] |= bit
	t.halves[j][part][0][c&0x0F] |= bit
	t.halves[j][part][1][c>>4] |= bit
	t.lacks[c&0x7F] &^= 1 << (buckets*j + bucket)
}

// runTwin is the kernel that every processor runs. It shifts what the last bytes lack along, so that the highest
// sixteen bits are the buckets that lack one of the last four.
func runTwin(t *tables, b []byte, n, from int, out []uint32) (wrote, next int) {
	const none = uint64(1<<buckets-1) << (buckets * (prefix - 1))
	lack := ^uint64(0)
	for i, c := range b[from : n+prefix-1] {
		if lack = lack<<buckets | t.lacks[c&0x7F]; lack >= none {
			continue
		}
		if wrote > len(out)-slack {
			return wrote, from + i - (prefix - 1)
		}
		out[wrote] = uint32(from + i - (prefix - 1))
		wrote++
	}
	return wrote, n
}
