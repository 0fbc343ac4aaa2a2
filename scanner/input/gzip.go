package input

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"github.com/imtriage/imtriage/scanner/internal/spares"
)

// A gunzipper reads gzip members one after the other. The library would do so itself, but takes the
// zeros that pad a tape or a block device for damage.
type gunzipper struct {
	r *bufio.Reader
	z *gzip.Reader
}

var gunzips = spares.List[*gzip.Reader]{Most: maxSpares}

// gunzip reads a gzip stream of any number of members, also padded with zeros.
func gunzip(r *bufio.Reader) (io.ReadCloser, error) {
	z, ok := gunzips.Get()
	if !ok {
		z = new(gzip.Reader)
	}
	g := &gunzipper{r, z}
	err := z.Reset(strings.NewReader(gzipPrimer))
	if err == nil {
		_, err = io.Copy(io.Discard, z)
	}
	if err == nil {
		err = g.begin()
	}
	return &pooled{g, func() { gunzips.Put(z) }}, err
}

// begin reads the header of a member.
func (g *gunzipper) begin() error {
	err := g.z.Reset(g.r)
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	g.z.Multistream(false)
	return err
}

// Read implements io.Reader.
func (g *gunzipper) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
		if err := g.next(); err != nil {
			return 0, err
		}
	}
}

// next goes to the member that follows, over padding.
func (g *gunzipper) next() error {
	for {
		c, err := g.r.ReadByte()
		if err != nil {
			return err
		}
		if c != 0 {
			break
		}
	}
	if err := g.r.UnreadByte(); err != nil {
		return err
	}
	magic, err := g.r.Peek(2)
	switch {
	case len(magic) < 2 && !errors.Is(err, io.EOF):
		return err
	case string(magic) == "\x1f":
		return io.ErrUnexpectedEOF
	case string(magic) != "\x1f\x8b":
		return errGarbage
	}
	err = g.begin()
	if errors.Is(err, gzip.ErrHeader) {
		return errGarbage
	}
	return err
}
