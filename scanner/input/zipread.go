package input

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

// zipCodecs are the methods of zip archives that can be read; the others are refused by name.
var zipCodecs = map[uint16]struct {
	name  string
	codec codec
}{
	0:  {"zip", func(r *bufio.Reader) (io.ReadCloser, error) { return io.NopCloser(r), nil }},
	8:  {"deflate", inflate},
	12: {"bzip2", bunzip2},
	20: {"zstd", unzstd},
	93: {"zstd", unzstd},
	95: {"xz", unxz},
}

// zipMethods names the methods that are seen in the wild but not read.
var zipMethods = map[uint16]string{1: "shrink", 6: "implode", 9: "deflate64", 14: "lzma", 94: "mp3", 96: "jpeg", 97: "wavpack", 98: "ppmd", 99: "aes"}

var errChecksum = errors.New("checksum is wrong")

// openMember returns what makes the stream of a member. It may run on any goroutine.
func (z *zipArchive) openMember(e zipEntry) func(*opener) (stream, func(), error) {
	return func(p *opener) (stream, func(), error) {
		begin := e.data
		if begin == 0 {
			var head [localLen]byte
			if _, err := z.at.ReadAt(head[:], e.header); err != nil || string(head[:4]) != localMagic {
				return stream{}, nil, damaged("the member's header at byte %d is damaged", e.header)
			}
			begin = e.header + localLen + int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
		}
		o := &opened{}
		t := &tap{ctx: p.ctx, r: io.NewSectionReader(z.at, begin, min(e.packed, z.size-begin))}
		r := o.buffer(t)
		method := zipCodecs[e.method]
		l := p.decompress(o, &kind{name: method.name, codec: method.codec}, r, t)
		if l.err == nil {
			l.dec = &checked{r: l.dec, e: &e, sum: crc32.NewIEEE()}
		}
		return stream{Reader: l}, o.close, nil
	}
}

// checked reads a member and holds it to the length and the checksum of its entry, if that has them.
type checked struct {
	r   io.Reader
	e   *zipEntry
	sum hash.Hash32
	n   int64
}

// Read implements io.Reader.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.sum.Write(p[:n]) // never fails
	if errors.Is(err, io.EOF) && c.e.sized {
		switch {
		case c.n < c.e.size:
			return n, io.ErrUnexpectedEOF
		case c.n > c.e.size || c.sum.Sum32() != c.e.crc:
			return n, errChecksum
		}
	}
	return n, err
}
