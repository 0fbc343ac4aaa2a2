package xlog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"
)

const (
	zstdMagic     = 0xFD2FB528
	zstdSkippable = 0x184D2A50 // and the next 15

	// zstdRoom lets klauspost/compress use its fast path, which wants 128 KiB of room behind the text.
	zstdRoom = 1 << 20

	// maxWindow is a hundred times that of Mars.
	maxWindow = 8 << 20
)

// zstdEnd walks over the blocks of zstd frames, which need not be finished, and returns where the last
// whole one ends.
func zstdEnd(b []byte) (end int, ok bool) {
	for end < len(b) {
		size := zstdHeader(b[end:])
		if size == 0 || size > len(b)-end {
			break
		}
		checksum := 0
		if b[end] == zstdMagic&0xFF {
			checksum = int(b[end+4] >> 2 & 1 * 4)
		}
		end, ok = end+size, true
		for last := b[end-size] != zstdMagic&0xFF; !last; {
			if len(b)-end < 3 {
				return end, ok
			}
			h := int(b[end]) | int(b[end+1])<<8 | int(b[end+2])<<16
			n := h >> 3
			switch h >> 1 & 3 {
			case 1:
				n = 1 // one byte, repeated
			case 3:
				return end, ok
			}
			if n+3 > len(b)-end {
				return end, ok
			}
			end += n + 3
			if last = h&1 != 0; last && checksum > 0 {
				if checksum > len(b)-end {
					return end, ok
				}
				end += checksum
			}
		}
	}
	return end, ok
}

// zstdHeader returns the size of the header of a frame, of a skippable frame the whole size, and 0 for anything
// else.
func zstdHeader(b []byte) int {
	if len(b) < 8 {
		return 0
	}
	switch m := binary.LittleEndian.Uint32(b); {
	case m&^0xF == zstdSkippable:
		if n := binary.LittleEndian.Uint32(b[4:]); n <= maxPayload {
			return 8 + int(n)
		}
	case m == zstdMagic:
		d := b[4]
		if d&8 != 0 {
			return 0
		}
		size := 5 + []int{0, 1, 2, 4}[d&3] + []int{0, 2, 4, 8}[d>>6]
		if d&0x20 == 0 || d>>6 == 0 {
			size++ // the window, or a content size of one byte
		}
		return size
	}
	return 0
}

// An unzstd decodes payloads of zstd frames. They need not end.
type unzstd struct {
	whole  *zstd.Decoder // into memory, up to smallText
	stream *zstd.Decoder
}

// decode appends the text to dst, which is empty and may grow to smallText. At errFull there is more.
func (u *unzstd) decode(dst, payload []byte) ([]byte, error) {
	if u.whole == nil {
		var err error
		u.whole, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxMemory(smallText), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return dst, err
		}
	}
	if cap(dst) < zstdRoom {
		dst = make([]byte, 0, zstdRoom)
	}
	end, _ := zstdEnd(payload)
	text, err := u.whole.DecodeAll(payload[:end], dst)
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded) || errors.Is(err, zstd.ErrWindowSizeExceeded):
		return dst, errFull
	case text == nil:
		return dst, errCorrupt
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return text, errCorrupt
	case end < len(payload):
		return text, errTruncated
	}
	return text, nil
}

// open returns the text as a stream.
func (u *unzstd) open(payload []byte) io.Reader {
	end, _ := zstdEnd(payload)
	// Only the interface of a Reader, or the decoder would take the whole into memory.
	src := struct{ io.Reader }{bytes.NewReader(payload[:end])}
	if u.stream == nil {
		var err error
		u.stream, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return failing{err}
		}
	}
	if err := u.stream.Reset(src); err != nil {
		return failing{err}
	}
	return u.stream
}

// failing is a stream that has failed already.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
