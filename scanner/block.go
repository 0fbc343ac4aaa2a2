package scanner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
)

const (
	// blockSize is how much of an input one block owns at most, in bytes.
	blockSize = 512 << 10
	// context around a block: what time and evidence of a finding at its edge depend on, and what
	// repeats of a code on a long line before its edge depend on in turn.
	contextSize = lookAround + 8<<10
)

// A splitter cuts a stream into blocks.
type splitter struct {
	r    io.Reader
	size int // of a block's own part
	ctx  int // of the context on either side
	pool *sync.Pool
}

func newSplitter(r io.Reader) *splitter {
	s := &splitter{r: r, size: blockSize, ctx: contextSize}
	s.pool = &sync.Pool{New: func() any { b := make([]byte, 0, s.size+2*s.ctx); return &b }}
	return s
}

// blocks reads r to its end. Own parts end at a line break where there is one within the block; a longer line
// is cut, and both parts see enough of each other. The error is that of the reader or of yield.
func (s *splitter) blocks(ctx context.Context, off int64, yield func(*Block) error) (read int64, err error) {
	buf := *s.pool.Get().(*[]byte)
	from, eof := 0, false
	var failed error
	for {
		if err := ctx.Err(); err != nil {
			return read, err
		}
		for !eof && len(buf) < from+s.size+s.ctx {
			n, err := s.r.Read(buf[len(buf):min(cap(buf), from+s.size+s.ctx)])
			buf = buf[:len(buf)+n]
			read += int64(n)
			if err != nil {
				eof = true
				if !errors.Is(err, io.EOF) {
					failed = err
				}
			}
		}
		to := len(buf)
		if !eof || to > from+s.size {
			to = from + s.size
			if i := bytes.LastIndexByte(buf[from:to], '\n'); i >= 0 {
				to = from + i + 1
			}
		}
		if to > from {
			b := &Block{Buf: buf, From: from, To: to, Off: off}
			if next := to - min(to, s.ctx); !eof || to < len(buf) {
				fresh := (*s.pool.Get().(*[]byte))[:0]
				fresh = append(fresh, buf[next:]...)
				off += int64(next)
				from = to - next
				kept := buf
				b.release = func() { kept = kept[:0]; s.pool.Put(&kept) }
				buf = fresh
			} else {
				from = len(buf)
				b.release = func() {}
				if err := yield(b); err != nil {
					return read, err
				}
				return read, failed
			}
			if err := yield(b); err != nil {
				return read, err
			}
			continue
		}
		if eof {
			return read, failed
		}
	}
}
