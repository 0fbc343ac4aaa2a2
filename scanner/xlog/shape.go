package xlog

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// strength says how far a payload looks like what its magic promises, before it is decoded.
type strength uint8

const (
	absurd strength = iota
	possible
	convincing // by chance once in tens of thousands
)

// shape judges a whole payload.
func (k kind) shape(payload []byte) strength {
	switch k.packing {
	case plain:
		if !textual(payload) || bytes.IndexByte(payload, 0) >= 0 {
			return absurd
		}
		if len(payload) < 8 || payload[len(payload)-1] != '\n' {
			return possible
		}
		return convincing
	case deflated:
		if payload[0]>>1&3 == 3 {
			return absurd
		}
		if bytes.HasSuffix(payload, syncMark) {
			return convincing
		}
		return possible
	case chunked:
		if chunksEnd(payload) != len(payload) {
			return absurd
		}
		return convincing
	default:
		end, ok := zstdEnd(payload)
		switch {
		case !ok:
			return absurd
		case end < len(payload):
			return possible
		}
		return convincing
	}
}

// syncMark is what a flush leaves at the end of a deflate stream.
var syncMark = []byte{0, 0, 0xFF, 0xFF}

// chunksEnd returns where the last whole piece of a chunked payload ends.
func chunksEnd(b []byte) int {
	at := 0
	for len(b)-at >= 2 {
		n := int(binary.LittleEndian.Uint16(b[at:]))
		if n == 0 || n > len(b)-at-2 {
			break
		}
		at += 2 + n
	}
	return at
}

// joinChunks appends the pieces of a chunked payload to dst, of the last one what is there.
func joinChunks(dst, b []byte) []byte {
	for len(b) >= 2 {
		n := int(binary.LittleEndian.Uint16(b))
		b = b[2:]
		if n == 0 {
			break
		}
		n = min(n, len(b))
		dst = append(dst, b[:n]...)
		b = b[n:]
	}
	return dst
}

// textual reports whether a beginning may be that of a log. Stray control bytes pass, and Chinese in GBK between
// ASCII; chance does not: a ninth of it are control bytes, and half of it is no UTF-8.
func textual(b []byte) bool {
	b = b[:min(len(b), 4<<10)]
	return (6*control(b)+invalid(b))*5 <= len(b)*3
}

// prose is textual where nothing else speaks for a block: there is a whole line, and it is not made by a few matches of a
// stream that never was one.
func prose(b []byte) bool {
	if bytes.IndexByte(b, '\n') < 0 || !textual(b) {
		return false
	}
	var seen [256]bool
	different := 0
	for _, c := range b {
		if !seen[c] {
			seen[c] = true
			different++
		}
	}
	return different >= 8
}

// control counts the control bytes that do not belong into text.
func control(b []byte) (n int) {
	for _, c := range b {
		n += int(isControl[c])
	}
	return n
}

var isControl = func() (t [256]uint8) {
	for c := range ' ' {
		t[c] = 1
	}
	for _, c := range "\t\n\r\x1b\f\b" {
		t[c] = 0
	}
	t[0x7f] = 1
	return t
}()

// invalid counts the bytes that are no UTF-8.
func invalid(b []byte) (n int) {
	if utf8.Valid(b) {
		return 0
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		b = b[size:]
	}
	return n
}
