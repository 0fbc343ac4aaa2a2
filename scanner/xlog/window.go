package xlog

import (
	"errors"
	"io"
)

const readSize = 128 << 10

// A window is the part of an input that is being looked at. It grows by what is there, never by what
// somebody says will be there.
type window struct {
	r     io.Reader
	buf   []byte
	start int64 // offset of buf[0] in the input
	low   int64 // what lies before is not asked for again
	err   error // why r is not read any more
}

// inMemory returns the window of a whole input.
func inMemory(b []byte) window { return window{buf: b, err: io.EOF} }

// at returns the input from pos to its end, n bytes at most. It is valid until the next call.
func (w *window) at(pos int64, n int) []byte {
	for w.err == nil && w.start+int64(len(w.buf)) < pos+int64(n) {
		w.fill()
	}
	have := w.start + int64(len(w.buf)) - pos
	if have <= 0 {
		return nil
	}
	from := int(pos - w.start)
	return w.buf[from : from+min(n, int(have))]
}

// has reports whether the input has a byte at pos.
func (w *window) has(pos int64) bool { return len(w.at(pos, 1)) > 0 }

// byteAt returns the byte at pos, if there is one.
func (w *window) byteAt(pos int64) (byte, bool) {
	b := w.at(pos, 1)
	if len(b) == 0 {
		return 0, false
	}
	return b[0], true
}

// drop says that nothing before pos will be asked for.
func (w *window) drop(pos int64) { w.low = max(w.low, pos) }

func (w *window) fill() {
	if cap(w.buf)-len(w.buf) < readSize {
		dead := min(int(w.low-w.start), len(w.buf))
		live := w.buf[dead:]
		room := w.buf[:0]
		if len(live)+readSize > cap(w.buf) || dead < len(live) {
			// Moving less than it frees would be quadratic.
			room = make([]byte, 0, 2*len(live)+2*readSize)
		}
		room = append(room, live...)
		w.buf, w.start = room, w.start+int64(dead)
	}
	for range 100 {
		n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf, w.err = w.buf[:len(w.buf)+n], err
		if n > 0 || err != nil {
			return
		}
	}
	w.err = io.ErrNoProgress
}

// failure returns the error of the input, nil at its end.
func (w *window) failure() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}
