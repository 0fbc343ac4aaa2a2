// Package literal finds every occurrence of many short literals in one pass.
//
// A kernel runs over the text and says where a literal may begin; only there literals are compared. The kernels are
// Teddy with AVX-512 VBMI, AVX2 or NEON, see https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy
// for the idea: literals are put into buckets, and tables say for each of the first four bytes which buckets have
// it there. What goes into which bucket decides how often a kernel is wrong, so that it is learned from a sample of
// log lines. Where a processor has no such instructions, the same tables are read byte by byte.
//
// Letters are matched without regard to ASCII case; everything else, UTF-8 included, byte for byte.
package literal

import "fmt"

// MinLen is the least length of a literal in bytes.
const MinLen = 3

// A Hit is one occurrence: literal number Lit begins at Pos.
type Hit struct{ Pos, Lit int }

// A Set is a compiled list of literals. It is read-only and safe for concurrent use.
type Set struct {
	index  index
	tables tables
	kernel kernel
}

// New compiles the literals; hits carry their indexes.
func New(texts []string) (*Set, error) {
	if len(texts) > 1<<15 {
		return nil, fmt.Errorf("%d literals are too many", len(texts))
	}
	for _, text := range texts {
		if len(text) < MinLen {
			return nil, fmt.Errorf("literal %q is shorter than %d bytes", text, MinLen)
		}
	}
	s := &Set{kernel: fastest}
	heads := s.index.fill(texts)
	s.tables.fill(heads, partition(heads, fastest.halves()))
	return s, nil
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
	for from < to {
		view := b[from:][:min(len(b)-from, maxView)]
		n := len(view) - overrun
		if n < to-from && to-from <= maxTail {
			return s.scanTail(dst, b, from, to, end)
		}
		n = min(n, to-from)
		dst = s.scan(dst, view, n, b, from, end)
		from += n
	}
	return dst
}

// scan appends the hits that begin in b[from:from+n]; the kernel is shown view, which holds the same bytes there.
func (s *Set) scan(dst []Hit, view []byte, n int, b []byte, from, end int) []Hit {
	var out [2 * slack]uint32
	for at := 0; at < n; {
		var wrote int
		wrote, at = s.kernel.run(&s.tables, view, n, at, out[:])
		for wrote > 0 && int(out[wrote-1]) >= n {
			wrote--
		}
		dst = s.index.verify(dst, view, b, from, end, out[:wrote])
	}
	return dst
}

// scanTail is scan for the last bytes of b, at most maxTail, which a kernel sees in a copy because it reads beyond them.
func (s *Set) scanTail(dst []Hit, b []byte, from, to, end int) []Hit {
	var view [maxTail + overrun]byte
	n := to - from
	copy(view[:], b[from:])
	return s.scan(dst, view[:], n, b, from, end)
}
