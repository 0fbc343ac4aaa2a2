package scanner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/imtriage/imtriage/scanner/input"
)

// A Section is a Source that reads the part of a plain text from in.Off to end, wherever these cut it. With the
// sections that make up a text it gives exactly what the whole text gives: a code belongs to the section in which
// it stands, and is judged with what stands around it.
type Section struct {
	in   Input
	text io.ReaderAt
	end  int64
	size int64 // of the whole text
}

// NewSection returns the section of a text of size bytes, from in.Off up to end.
func NewSection(in Input, text io.ReaderAt, end, size int64) *Section {
	return &Section{in, text, min(end, size), size}
}

// Name implements [Source].
func (s *Section) Name() string { return s.in.Name }

// Read implements [Source].
func (s *Section) Read(ctx context.Context, r Receiver) error {
	in := s.in
	in.Begun = begun(s.text, in.Off)
	r.Begin(in)
	h := Health{Kind: input.KindText, Open: s.end < s.size}
	defer func() { r.End(h) }()
	for off := s.in.Off; off < s.end; {
		if err := ctx.Err(); err != nil {
			h.Problem = interrupted
			return err
		}
		lo := max(0, off-Context)
		want := min(s.size, off+blockSize+Context)
		buf := make([]byte, want-lo)
		if n, err := s.text.ReadAt(buf, lo); n < len(buf) && !errors.Is(err, io.EOF) {
			h.Problem = fmt.Sprintf("reading failed after %d bytes: %v", h.Bytes, err)
			return nil
		} else if buf = buf[:n]; int64(n) <= off-lo {
			h.Problem = "the text became shorter while it was read"
			return nil
		}
		from := int(off - lo)
		to := int(min(s.end-lo, off-lo+blockSize, int64(len(buf))))
		if i := bytes.LastIndexByte(buf[from:to], '\n'); i >= 0 && lo+int64(to) < s.end {
			to = from + i + 1
		}
		if err := r.Block(&Block{Buf: buf, From: from, To: to, Off: lo}); err != nil {
			h.Problem = interrupted
			return err
		}
		off = lo + int64(to)
		h.Bytes += int64(to - from)
	}
	h.Complete = true
	return nil
}
