package xlog

import "encoding/binary"

// maxPayload bounds what a header may promise. Mars has 150 KiB for a payload; much longer ones are lies, and
// what is held in memory is a few times this.
const maxPayload = 2 << 20

// A header is the beginning of a block.
type header struct {
	magic      byte
	seq        uint16
	begin, end uint8
	length     uint32
	key        [keySize]byte // public, of the client; zero in short headers
}

// parseHeader reads the header at the beginning of b, which must hold shortHeader bytes; the key is left out if b does
// not hold it.
func parseHeader(b []byte) header {
	h := header{
		magic:  b[0],
		seq:    binary.LittleEndian.Uint16(b[1:]),
		begin:  b[3],
		end:    b[4],
		length: binary.LittleEndian.Uint32(b[5:]),
	}
	if kinds[h.magic].header == longHeader && len(b) >= longHeader {
		copy(h.key[:], b[9:])
	}
	return h
}

func (h *header) kind() kind { return kinds[h.magic] }

// size returns the bytes of the block from its magic to its end byte.
func (h *header) size() int64 { return int64(h.kind().header) + int64(h.length) + 1 }

// plausible reports whether the fields may be those of a block. Random bytes pass once in three million.
func (h *header) plausible() bool { return h.known() && h.length >= 1 && h.length <= maxPayload }

// known is plausible for a header whose length is not trusted.
func (h *header) known() bool {
	k := h.kind()
	return k.header != 0 && h.begin < 24 && h.end < 24 && k.sync == (h.seq == 0)
}

// block returns what the header says of a block at an offset.
func (h *header) block(offset, size int64) Block {
	b := Block{
		Offset: offset, Size: size,
		Magic: h.magic, Seq: h.seq, Begin: h.begin, End: h.end, Length: h.length,
		Encrypted: h.kind().crypt,
	}
	if b.Encrypted {
		b.Fingerprint = fingerprint(&h.key)
	}
	return b
}
