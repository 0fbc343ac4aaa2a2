package input

import (
	"bufio"
	"errors"
	"io"

	"golang.org/x/text/transform"
)

// plain is the stage for what is no special kind: text in the encoding, or in the one that it seems to be in.
func plain(p *opener, o *opened, r *bufio.Reader) (io.Reader, error) {
	head, err := r.Peek(sniffLen)
	v, ok := encodingOf(head, err == nil, p.how.Encoding)
	if !ok {
		return nil, &UnreadableError{Kind: kindBinary}
	}
	if _, err := r.Discard(v.mark); err != nil {
		return nil, err
	}
	d := v.decoder()
	if d == nil {
		return cleared(r, head), nil
	}
	o.health.decoded(v)
	return &recoder{r: r, t: d}, nil
}

// display is how encodings are written in a sentence.
var display = map[string]string{GB18030: "GB18030", GBK: "GBK", UTF16LE: "UTF-16LE", UTF16BE: "UTF-16BE"}

// A recoder makes UTF-8 of a text. The reader of package transform does the same through a buffer of 4 KiB.
type recoder struct {
	r *bufio.Reader
	t transform.Transformer
	// rest is decoded text that a small p had no room for.
	rest []byte
	buf  [16]byte
}

// Read implements io.Reader.
func (d *recoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(d.rest) == 0 && len(p) < len(d.buf) {
		n, err := d.fill(d.buf[:])
		if d.rest = d.buf[:n]; n == 0 {
			return 0, err
		}
	}
	if len(d.rest) > 0 {
		n := copy(p, d.rest)
		d.rest = d.rest[n:]
		return n, nil
	}
	return d.fill(p)
}

// fill decodes what is there into p, which holds a character at least.
func (d *recoder) fill(p []byte) (int, error) {
	for want := 1; ; {
		if _, err := d.r.Peek(want); err != nil && d.r.Buffered() == 0 {
			return 0, err
		}
		src, _ := d.r.Peek(d.r.Buffered())
		// What is left when nothing more comes is the end, whole or not.
		end := len(src) < want
		n, used, err := d.t.Transform(p, src, end)
		if _, discarded := d.r.Discard(used); discarded != nil {
			return n, discarded
		}
		if n > 0 {
			return n, nil
		}
		if err != nil && !errors.Is(err, transform.ErrShortSrc) {
			return 0, damaged("text cannot be decoded: %v", err)
		}
		want = len(src) - used + 1
	}
}
