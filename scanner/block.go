package scanner

import (
	"bytes"
	"context"
	"errors"
	"io"
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
	spares  spares[[]byte]
	err     error // of the reader, io.EOF at a regular end
}

func newSplitter(r io.Reader) *splitter {
	return &splitter{r: r, size: blockSize, context: Context, spares: make(spares[[]byte], maxSpares)}
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
		next := append(s.buffer(), buf[keep:]...)
		b := &Block{Buf: buf, From: from, To: to, Off: off, Free: s.recycler(buf)}
		buf, from, off = next, to-keep, off+int64(keep)
		if err := yield(b); err != nil {
			return read, err
		}
	}
	if errors.Is(s.err, io.EOF) {
		return read, nil
	}
	return read, s.err
}

// fill reads until buf holds n bytes or the stream ends.
func (s *splitter) fill(buf []byte, n int) []byte {
	for s.err == nil && len(buf) < n {
		var got int
		got, s.err = s.r.Read(buf[len(buf):n])
		buf = buf[:len(buf)+got]
	}
	return buf
}

// buffer returns an empty buffer that holds a block with its context.
func (s *splitter) buffer() []byte {
	if b, ok := s.spares.Get(); ok {
		return b[:0]
	}
	return make([]byte, 0, s.size+2*s.context)
}

// recycler returns what gives a buffer back.
func (s *splitter) recycler(b []byte) func() { return func() { s.spares.Put(b) } }
