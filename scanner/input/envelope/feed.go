package envelope

import (
	"bytes"
	"errors"
	"io"
)

// A feed holds what was read and not yet used, at most a little more than one element.
type feed struct {
	r      io.Reader
	buf    []byte
	lo, hi int
	off    int64 // of buf[lo] in the wrapped text
	err    error // why reading ended
}

const (
	firstFeed = 64 << 10
	maxFeed   = maxElement + 256<<10
)

// rest is what was read and not yet used. It is valid until the next call of more.
func (f *feed) rest() []byte { return f.buf[f.lo:f.hi] }

// skip uses n bytes of rest.
func (f *feed) skip(n int) {
	f.lo += n
	f.off += int64(n)
}

// ended reports whether everything was used.
func (f *feed) ended() bool { return f.lo == f.hi && !f.more() }

// full reports whether more cannot read for want of room, not for want of input.
func (f *feed) full() bool { return f.hi-f.lo >= maxElement }

// more reads on; false at the end of the input and when the feed is full.
func (f *feed) more() bool {
	if f.err != nil || f.full() {
		return false
	}
	f.makeRoom()
	for range 100 {
		n, err := f.r.Read(f.buf[f.hi:])
		f.hi += n
		f.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	f.err = io.ErrNoProgress
	return false
}

func (f *feed) makeRoom() {
	switch {
	case f.lo == f.hi && f.buf != nil:
		f.lo, f.hi = 0, 0
	case f.hi < len(f.buf):
	case f.lo > 0 && f.lo >= len(f.buf)/2:
		f.hi = copy(f.buf, f.rest())
		f.lo = 0
	default:
		grown := make([]byte, min(max(2*len(f.buf), firstFeed), maxFeed))
		f.hi = copy(grown, f.rest())
		f.buf, f.lo = grown, 0
	}
	if f.hi == len(f.buf) { // as large as it may be
		f.hi = copy(f.buf, f.rest())
		f.lo = 0
	}
}

// atLeast reads until rest has n bytes or there are no more.
func (f *feed) atLeast(n int) []byte {
	for f.hi-f.lo < n && f.more() {
		continue
	}
	return f.rest()
}

// line returns the next line with its break, which the last one may lack, without using it. What is too long for one
// comes as it is read and is not whole.
func (f *feed) line() (line []byte, whole bool) {
	for seen := 0; ; {
		b := f.rest()
		if i := bytes.IndexByte(b[seen:], '\n'); i >= 0 {
			return b[:seen+i+1], true
		}
		seen = len(b)
		if !f.more() {
			return f.rest(), !f.full()
		}
	}
}

// lineEnd returns what was read of the rest of a line, and whether its break is among it.
func (f *feed) lineEnd() (piece []byte, end bool) {
	if f.lo == f.hi && !f.more() {
		return nil, true
	}
	b := f.rest()
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1], true
	}
	return b, false
}

// failure returns why reading ended early, or nil.
func (f *feed) failure() error {
	if errors.Is(f.err, io.EOF) {
		return nil
	}
	return f.err
}
