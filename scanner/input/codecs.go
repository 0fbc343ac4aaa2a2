package input

import (
	"bufio"
	"compress/bzip2"
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/therootcompany/xz"

	"github.com/imtriage/imtriage/scanner/internal/spares"
)

const (
	// maxWindow is how far back a zstd stream may refer, in bytes: as much as zstd -d allows unasked.
	maxWindow = 128 << 20
	// maxDict is the same for xz: what xz -9 uses.
	maxDict = 64 << 20
)

// maxSpares is how many decompressors and buffers of a kind are kept.
const maxSpares = 64

// A codec makes a decompressor that reads r. Close keeps it for the next stream: an archive may hold
// a hundred thousand.
type codec func(r *bufio.Reader) (io.ReadCloser, error)

// pooled is a decompressor that goes back to its pool when it is closed.
type pooled struct {
	io.Reader
	back func()
}

// Close implements io.Closer.
func (p *pooled) Close() error {
	if p.back != nil {
		p.back()
		p.back = nil
	}
	return nil
}

// primer is a deflate stream with tables of its own. A decompressor that is used again still has the tables of the
// stream before, and reads by them where a damaged one has an empty table: after a primer, damage gives the same
// whatever was read before.
const (
	primer     = "\x2d\x8a\xb1\x0d\x00\x00\x0c\x82\x6e\x45\xfd\xff\x86\xda\x44\x27\x08\x86\x60\x7e\x22\x46\x12\xb3\xc1\xa3\xdd\xcf\x7b\xb3\x5b\x26\x07"
	gzipPrimer = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + primer + "\xd5\x76\x94\x12\x3c\x00\x00\x00"
)

var flates = spares.List[io.ReadCloser]{Most: maxSpares}

// inflate reads a bare deflate stream, as zip has them.
func inflate(r *bufio.Reader) (io.ReadCloser, error) {
	z, ok := flates.Get()
	if !ok {
		z = flate.NewReader(nil)
	}
	reset := z.(flate.Resetter).Reset
	err := reset(strings.NewReader(primer), nil)
	if err == nil {
		_, err = io.Copy(io.Discard, z)
	}
	if err == nil {
		err = reset(r, nil)
	}
	return &pooled{z, func() { flates.Put(z) }}, err
}

// These are rare and may be large: a garbage collection may take them.
var zstds, xzs sync.Pool

// unzstd reads zstd frames, also concatenated and with skippable ones among them. It starts no goroutine.
func unzstd(r *bufio.Reader) (io.ReadCloser, error) {
	z, ok := zstds.Get().(*zstd.Decoder)
	if !ok {
		var err error
		z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
	}
	// The buffer's type is hidden: of some types the decoder would read everything at once.
	if err := z.Reset(struct{ io.Reader }{r}); err != nil {
		return nil, err
	}
	return &pooled{z, func() {
		if z.Reset(nil) == nil {
			zstds.Put(z)
		}
	}}, nil
}

// unxz reads xz streams, also concatenated and padded.
func unxz(r *bufio.Reader) (io.ReadCloser, error) {
	z, ok := xzs.Get().(*xz.Reader)
	var err error
	if ok {
		err = z.Reset(r)
	} else {
		z, err = xz.NewReader(r, maxDict)
	}
	if err != nil {
		return nil, err
	}
	return &pooled{z, func() { xzs.Put(z) }}, nil
}

// bunzip2 reads bzip2 streams, also concatenated.
func bunzip2(r *bufio.Reader) (io.ReadCloser, error) {
	return io.NopCloser(bzip2.NewReader(r)), nil
}

// errGarbage is what follows a stream and belongs to none.
var errGarbage = errors.New("garbage follows")

// explain says in words what stopped a decompressor after some decoded bytes.
func explain(kind string, decoded int64, err error) error {
	var known *damage
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, io.EOF), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, xz.ErrBuf):
		return damaged("%s stream is cut short after %d decoded bytes", kind, decoded)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch), errors.Is(err, errChecksum):
		return damaged("%s checksum is wrong after %d decoded bytes", kind, decoded)
	case errors.Is(err, errGarbage), decoded > 0 && (errors.Is(err, zstd.ErrMagicMismatch) || errors.Is(err, xz.ErrFormat)):
		return damaged("garbage follows the %s stream after %d decoded bytes", kind, decoded)
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return damaged("zstd stream refers back more than %d MiB after %d decoded bytes, decompress it first: zstd -dc --long=31 FILE | imtriage scan -", maxWindow>>20, decoded)
	case errors.Is(err, xz.ErrMemlimit):
		return damaged("xz stream wants a dictionary of more than %d MiB after %d decoded bytes, decompress it first: xz -dc FILE | imtriage scan -", maxDict>>20, decoded)
	}
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	_, internal := errors.AsType[flate.InternalError](err)
	if corrupt || internal {
		// They name a place in the stream as the decompressor's buffers have it, and its own doubts.
		return damaged("%s stream is damaged after %d decoded bytes", kind, decoded)
	}
	return damaged("%s stream is damaged after %d decoded bytes: %v", kind, decoded, err)
}
