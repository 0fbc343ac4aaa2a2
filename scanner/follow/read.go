package follow

import (
	"errors"
	"io"
)

// An outcome says how reading a generation went.
type outcome int

const (
	atEnd    outcome = iota
	more             // the share of this round is used up
	replaced         // the content was replaced in place
	failed           // it cannot be read now; the file knows why
)

// read hands out the complete lines of g from its offset on. The order is the law here: read, then compare what is known
// of the content, then hand out, then go on. What was read before the comparison held belongs to the known content.
func (f *Follower) read(fl *file, g *generation) outcome {
	for budget := roundBytes; budget > 0; {
		if g.exhausted() {
			return atEnd
		}
		if f.buf == nil {
			f.buf = make([]byte, min(chunkSize, f.o.LineCap))
		}
		n, err := g.readAt(f.buf, g.off)
		if err != nil && !errors.Is(err, io.EOF) {
			return fl.fail(err)
		}
		if ok, err := g.same(n, f.o.Now()); err != nil {
			return fl.fail(err)
		} else if !ok {
			return replaced
		}
		b := f.buf[:n]
		if ok, waits := g.skipHole(b, f.buf); waits {
			return atEnd
		} else if ok {
			continue
		}
		end, enc := g.lines(b)
		full := n == len(f.buf)
		switch {
		case end > 0:
			g.enc = enc
			rest := b[end:]
			f.deliver(fl, g, b[:end], false, "")
			if !full {
				g.partial = append(g.partial, rest...)
				return atEnd
			}
			budget -= end
		case !full:
			g.partial = append(g.partial[:0], b...)
			return atEnd
		case len(f.buf) < f.o.LineCap:
			f.buf = make([]byte, min(2*len(f.buf), f.o.LineCap))
		default:
			g.enc = enc
			f.deliver(fl, g, b, true, "")
			budget -= n
		}
	}
	return more
}

// exhausted reports whether the file is as it was when it was read to its end.
func (g *generation) exhausted() bool {
	if g.file == nil {
		return false
	}
	info, err := g.file.Stat()
	return err == nil && info.Size() == g.size && info.ModTime().UnixNano() == g.mtime && g.off+int64(len(g.partial)) == g.size
}

// lines returns how much of b are complete lines, and in which encoding.
func (g *generation) lines(b []byte) (end int, enc string) {
	enc = g.enc
	if enc == "" {
		enc = detect(b)
	}
	if enc == "" {
		return 0, ""
	}
	return linesEnd(b, enc), enc
}

// skipHole goes behind zeros at the beginning: what a writer leaves that goes on at its old offset after the
// file was truncated. It waits while nothing stands behind them, since a file may be allocated before it is written.
func (g *generation) skipHole(b, buf []byte) (skipped, waits bool) {
	if g.enc != "" || len(b) == 0 || b[0] != 0 {
		return false, false
	}
	zeros := leadingZeros(b)
	if zeros < len(b) {
		if zeros < 4 { // a character of UTF-16
			return false, false
		}
		g.begin(g.off + int64(zeros))
		return true, false
	}
	for off := g.off; ; off += int64(len(buf)) {
		if g.file != nil {
			off = dataFrom(g.file, off)
		}
		n, _ := g.readAt(buf, off) // an error comes again when the line is read
		if zeros := leadingZeros(buf[:n]); zeros < n {
			g.begin(off + int64(zeros))
			return true, false
		}
		if n < len(buf) {
			return false, true
		}
	}
}

// begin goes to the first byte behind zeros. They are the head that tells the file from others.
func (g *generation) begin(off int64) {
	head, _ := g.bytesAt(0, int(min(off, headLen)))
	g.mark = mark{off: off, head: head}
}

func leadingZeros(b []byte) int {
	for i, c := range b {
		if c != 0 {
			return i
		}
	}
	return len(b)
}
