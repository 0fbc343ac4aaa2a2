package scanner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/imtriage/imtriage/scanner/input"
)

const (
	// blockSize is how much of an input one block owns at most, in bytes.
	blockSize = 512 << 10
	// Context is how much a block sees on either side of its own part, in bytes: what the time and the
	// evidence of a finding at its edge depend on, and in turn what decides about repeats there.
	Context = lookAround + 8<<10
)

// A splitter cuts a stream into blocks.
type splitter struct {
	r       io.Reader
	size    int // of a block's own part
	context int // on either side of it
	spares  *spareList[[]byte]
	grown   bool  // a first buffer was made
	err     error // of the reader, io.EOF at a regular end
	// carriers appends what is carried beside the text that was read, in order and once; nil: nothing is.
	carriers func([]input.Carrier) []input.Carrier
	carried  []input.Carrier // of what the next block shows
}

func newSplitter(r io.Reader) *splitter {
	return &splitter{r: r, size: blockSize, context: Context, spares: &spareList[[]byte]{Most: maxSpares}}
}

// blocks reads the stream to its end. An own part ends at a line break where the block holds one; a longer line is
// cut, and both parts see enough of each other. The error is that of the reader, of yield or of ctx.
func (s *splitter) blocks(ctx context.Context, off int64, yield func(*Block) error) (read int64, err error) {
	buf := s.buffer()
	for from := 0; ; {
		if err := ctx.Err(); err != nil {
			return read, err
		}
		had := len(buf)
		buf = s.fill(buf, from+s.size+s.context)
		read += int64(len(buf) - had)
		if from == len(buf) {
			s.spares.Put(buf) // an archive has many short texts
			break
		}
		to := min(len(buf), from+s.size)
		if to < len(buf) || s.err == nil {
			if i := bytes.LastIndexByte(buf[from:to], '\n'); i >= 0 {
				to = from + i + 1
			}
		}
		// The next block begins with the context that this one ends with.
		keep := max(0, to-s.context)
		var next []byte
		if to < len(buf) || s.err == nil {
			next = append(s.buffer(), buf[keep:]...)
		}
		b := &Block{Buf: buf, From: from, To: to, Off: off, Free: s.recycler(buf), Carriers: s.beside(off + int64(keep))}
		if err := yield(b); err != nil {
			return read, err
		}
		if next == nil {
			break
		}
		buf, from, off = next, to-keep, off+int64(keep)
	}
	if errors.Is(s.err, io.EOF) {
		return read, nil
	}
	return read, s.err
}

// beside returns what is carried beside a block, and keeps what concerns the next one, which begins at next.
func (s *splitter) beside(next int64) []input.Carrier {
	if s.carriers == nil {
		return nil
	}
	s.carried = s.carriers(s.carried)
	block := slices.Clone(s.carried)
	for len(s.carried) > 1 && s.carried[1].Off <= next {
		s.carried = s.carried[1:]
	}
	return block
}

// fill reads until buf holds n bytes or the stream ends.
func (s *splitter) fill(buf []byte, n int) []byte {
	for s.err == nil && len(buf) < n {
		if len(buf) == cap(buf) {
			buf = append(make([]byte, 0, min(s.whole(), 4*cap(buf))), buf...)
		}
		var got int
		got, s.err = s.r.Read(buf[len(buf):min(n, cap(buf))])
		buf = buf[:len(buf)+got]
	}
	return buf
}

// smallBuffer is what an input begins with, in bytes: most files of a folder and members of an archive are small.
const smallBuffer = 16 << 10

// buffer returns an empty buffer: a small one for the first block.
func (s *splitter) buffer() []byte {
	if b, ok := s.spares.Get(); ok {
		return b[:0]
	}
	if !s.grown {
		s.grown = true
		return make([]byte, 0, min(s.whole(), smallBuffer))
	}
	return make([]byte, 0, s.whole())
}

// whole is the size of a buffer that holds any block with its context.
func (s *splitter) whole() int { return s.size + 2*s.context }

// recycler returns what gives a buffer back.
func (s *splitter) recycler(b []byte) func() { return func() { s.spares.Put(b) } }
