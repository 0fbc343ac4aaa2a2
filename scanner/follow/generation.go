package follow

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// A mark is a place in a file, and what must be true of the content for the place to have a sense.
type mark struct {
	off    int64
	head   []byte // first bytes, as far as they were handed out; only ever appended to
	last   []byte // before off; never changed
	enc    string // "" until something was handed out
	inside bool   // in a line of which a part was handed out
}

const (
	headLen = 1024
	lastLen = 64
)

// after returns the mark behind b, which begins at m.
func (m mark) after(b []byte) mark {
	if int64(len(m.head)) == m.off && m.off < headLen {
		if m.head == nil {
			m.head = make([]byte, 0, min(headLen, max(64, len(b))))
		}
		m.head = append(m.head, b[:min(len(b), headLen-len(m.head))]...)
	}
	m.off += int64(len(b))
	if len(b) >= lastLen {
		m.last = bytes.Clone(b[len(b)-lastLen:])
	} else if len(b) > 0 {
		joined := append(bytes.Clone(m.last), b...)
		m.last = joined[max(0, len(joined)-lastLen):]
	}
	return m
}

// A generation is one content that stood at a path: a pinned file from one truncation to the next.
type generation struct {
	mark
	number   int
	file     *os.File
	unpacked *unpacked // in place of file, what only a packed copy holds
	name     string    // under which it was opened
	info     os.FileInfo
	dev, ino uint64

	size, mtime int64  // when the content was compared last
	seen        int64  // size at the last look
	partial     []byte // of an unterminated last line, compared like what is handed out

	resumed *Position // where it is gone on from, until something was handed out
	started time.Time
	grown   time.Time // when it was seen to grow last
	dead    time.Time // since when the path leads elsewhere; zero while it is live
	why     Ending    // it is dead
	whole   bool      // nobody writes to it: a copy, or packed
	touched time.Time // by its writer, when somebody looked for copies of what it held before it was read
	passed  bool      // its successor was read from
}

var errIrregular = errors.New("not a regular file")

// openGeneration pins the file at a path.
func openGeneration(path string, now time.Time) (*generation, error) {
	file, err := openShared(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errIrregular}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	g := &generation{file: file, name: path, info: info, size: -1, seen: info.Size(), touched: info.ModTime(), started: now, grown: now}
	g.dev, g.ino = fileID(file, info)
	return g, nil
}

func (g *generation) close() {
	if g.file != nil {
		g.file.Close()
		g.file = nil
	}
	if g.unpacked != nil {
		g.unpacked.close()
	}
}

// readAt reads like io.ReaderAt, from g.off on at least.
func (g *generation) readAt(p []byte, off int64) (int, error) {
	switch {
	case g.unpacked != nil:
		return g.unpacked.readAt(p, off)
	case g.file == nil:
		return 0, fs.ErrClosed
	}
	return g.file.ReadAt(p, off)
}

// same reports whether the content up to g.off is still what was handed out, and read bytes are behind it. What was
// read before it was asked belongs to that content then.
func (g *generation) same(read int, now time.Time) (bool, error) {
	if g.unpacked != nil {
		return true, nil
	}
	if g.file == nil {
		return false, fs.ErrClosed
	}
	info, err := g.file.Stat()
	if err != nil {
		return false, err
	}
	g.observe(info, now)
	if info.Size() < g.off+int64(read) || !g.intact() {
		return false, nil
	}
	g.size, g.mtime = info.Size(), info.ModTime().UnixNano()
	return true, nil
}

// intact reports whether what is known of the content is still there.
func (g *generation) intact() bool {
	return g.holds(0, g.head) && g.holds(g.off-int64(len(g.last)), g.last)
}

// observe notes that the file grew.
func (g *generation) observe(info os.FileInfo, now time.Time) {
	if size := info.Size(); size != g.seen {
		g.grown, g.seen = now, size
	}
}

func (g *generation) holds(off int64, want []byte) bool {
	var buf [headLen]byte
	got := buf[:len(want)]
	n, _ := g.readAt(got, off) // what cannot be read differs
	return n == len(want) && bytes.Equal(got, want)
}

// take goes on at a position, if the content fits it.
func (g *generation) take(p Position) bool {
	w := &p.w
	if g.file == nil || g.info.Size() < w.Off {
		return false
	}
	head, ok := g.bytesAt(0, w.HeadLen)
	if !ok || digest(head) != w.Head {
		return false
	}
	last, ok := g.bytesAt(w.Off-int64(w.LastLen), w.LastLen)
	if !ok || digest(last) != w.Last {
		return false
	}
	g.mark = mark{off: w.Off, head: head, last: last, enc: w.Enc, inside: w.Inside}
	return true
}

// goBack begins at a position that g was found by, before the bytes that are handed out again.
func (g *generation) goBack(p Position) {
	g.resumed = &p
	if p.w.Back == 0 {
		return
	}
	off := p.Offset()
	last, _ := g.bytesAt(max(0, off-lastLen), int(min(off, lastLen)))
	g.mark = mark{off: off, head: g.head[:min(off, int64(len(g.head)))], last: last, enc: g.enc}
	if off == 0 {
		g.mark = mark{}
	}
}

// untouched reports whether nothing of g was ever handed out.
func (g *generation) untouched() bool {
	return g.off == 0 && (g.resumed == nil || g.resumed.w.Off == 0)
}

// goBackLike does for a copy of o what goBack did for it, if it still has a sense.
func (g *generation) goBackLike(o *generation) {
	if o.resumed != nil {
		g.goBack(*o.resumed)
	}
}

func (g *generation) bytesAt(off int64, n int) ([]byte, bool) {
	b := make([]byte, n)
	m, err := g.readAt(b, off)
	return b[:m], m == n && (err == nil || errors.Is(err, io.EOF))
}

// skipToEnd goes to the start of the last line before size, which may be half written, or of what follows it.
func (g *generation) skipToEnd(size int64, limit int) error {
	head, _ := g.bytesAt(0, int(min(size, headLen)))
	enc := detect(head)
	if isUTF16(enc) {
		size &^= 1
	}
	from := max(0, size-int64(limit)) &^ 1
	tail, ok := g.bytesAt(from, int(size-from))
	if !ok {
		return io.ErrUnexpectedEOF
	}
	off := from + int64(linesEnd(tail, enc))
	if off == from && from > 0 {
		off = size // a line beyond the cap: its rest is a line
	}
	last, _ := g.bytesAt(max(0, off-lastLen), int(min(off, lastLen)))
	g.mark = mark{off: off, head: head[:min(off, int64(len(head)))], last: last, enc: enc}
	if off == 0 {
		g.mark = mark{}
	}
	return nil
}
