package scanner

import (
	"context"
	"io"
)

// An interruptible reader gives up waiting when its context is done: the open of a pipe without a writer and
// the read of a terminal know no context. What still waits then is left behind, with a buffer of its own.
type interruptible struct {
	ctx    context.Context
	chunks <-chan chunk
	rest   []byte
	err    error
}

type chunk struct {
	data []byte
	err  error
}

func newInterruptible(ctx context.Context, open func() (io.Reader, error)) *interruptible {
	chunks := make(chan chunk)
	send := func(c chunk) bool {
		select {
		case chunks <- c:
			return c.err == nil
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		r, err := open()
		if err != nil {
			send(chunk{err: err})
			return
		}
		if c, ok := r.(io.Closer); ok {
			defer c.Close()
		}
		for {
			buf := make([]byte, 64<<10)
			n, err := r.Read(buf)
			if !send(chunk{buf[:n], err}) {
				return
			}
		}
	}()
	return &interruptible{ctx: ctx, chunks: chunks}
}

// Read implements [io.Reader].
func (r *interruptible) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		select {
		case c := <-r.chunks:
			r.rest, r.err = c.data, c.err
		case <-r.ctx.Done():
			return 0, r.ctx.Err()
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
