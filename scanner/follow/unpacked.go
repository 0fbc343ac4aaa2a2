package follow

import (
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/therootcompany/xz"
)

// unpacked is the text of a packed file, read forward through a window.
type unpacked struct {
	file   *os.File
	r      io.Reader
	stop   func()
	window []byte
	at     int64 // of window
	err    error // behind it
}

// openUnpacked opens a packed sibling. It is never written to, so nothing is compared again.
func openUnpacked(path string, now time.Time) (*generation, error) {
	g, err := openGeneration(path, now)
	if err != nil {
		return nil, err
	}
	u := &unpacked{file: g.file, stop: func() {}}
	switch {
	case strings.HasSuffix(path, ".gz"):
		u.r, err = gzip.NewReader(g.file)
	case strings.HasSuffix(path, ".zst"):
		var z *zstd.Decoder
		if z, err = zstd.NewReader(g.file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20)); err == nil {
			u.r, u.stop = z, z.Close
		}
	case strings.HasSuffix(path, ".bz2"):
		u.r = bzip2.NewReader(g.file)
	default:
		u.r, err = xz.NewReader(g.file, 64<<20)
	}
	if err != nil {
		g.close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	g.file, g.unpacked, g.whole = nil, u, true
	return g, nil
}

func (u *unpacked) close() {
	u.stop()
	u.file.Close()
}

// readAt reads like io.ReaderAt, but what stands before off is gone afterwards.
func (u *unpacked) readAt(p []byte, off int64) (int, error) {
	if off < u.at {
		return 0, errors.New("a packed file is read forward only")
	}
	drop := min(off-u.at, int64(len(u.window)))
	u.window = u.window[:copy(u.window, u.window[drop:])]
	u.at += drop
	if off > u.at && u.err == nil {
		n, err := io.CopyN(io.Discard, u.r, off-u.at)
		u.at, u.err = u.at+n, err
	}
	if have := len(u.window); have < len(p) && u.err == nil {
		u.window = append(u.window, make([]byte, len(p)-have)...)
		n, err := io.ReadFull(u.r, u.window[have:])
		u.window = u.window[:have+n]
		if errors.Is(err, io.ErrUnexpectedEOF) && n > 0 {
			err = nil // ReadFull's word for a short read; damage comes with the next one
		}
		u.err = err
	}
	if off != u.at {
		return 0, u.err
	}
	n := copy(p, u.window)
	if n < len(p) {
		if u.err == nil {
			return n, io.EOF
		}
		if n > 0 && !errors.Is(u.err, io.EOF) {
			return n, nil // what came before the damage
		}
		return n, u.err
	}
	return n, nil
}

// before reads what the window has left behind, by unpacking the file once more.
func (g *generation) before(p []byte, off int64) (int, error) {
	if g.unpacked == nil || off >= g.unpacked.at {
		return g.readAt(p, off)
	}
	again, err := openUnpacked(g.name, g.started)
	if err != nil {
		return 0, err
	}
	defer again.close()
	return again.readAt(p, off)
}

// takePacked goes on at a position, if the text fits it.
func (g *generation) takePacked(p Position) bool {
	w := &p.w
	if w.HeadLen == 0 {
		return false
	}
	head := make([]byte, w.HeadLen)
	if n, _ := g.readAt(head, 0); n < len(head) || digest(head) != w.Head {
		return false
	}
	// From where it may go back to, since it is read forward only.
	before := make([]byte, min(w.Off, max(w.Back, int64(w.LastLen))+lastLen))
	n, _ := g.readAt(before, w.Off-int64(len(before)))
	last := before[len(before)-w.LastLen:]
	if n < len(before) || digest(last) != w.Last {
		return false
	}
	g.mark = mark{off: w.Off, head: head, last: bytes.Clone(last), enc: w.Enc, inside: w.Inside}
	return true
}
