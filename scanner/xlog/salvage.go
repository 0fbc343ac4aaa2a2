package xlog

import (
	"bytes"
	"errors"
)

// savedLines returns the whole lines at the beginning of a text that ends in a fault, up to the first one that is
// garbled: behind a fault a stream may go on for a while with text that nobody wrote.
func savedLines(text []byte) []byte {
	text = text[:bytes.LastIndexByte(text, '\n')+1]
	for at := 0; at < len(text); {
		end := at + bytes.IndexByte(text[at:], '\n') + 1
		if !textual(text[at:end]) {
			return text[:at]
		}
		at = end
	}
	return text
}

// cutMark ends a line of which the rest is lost: a number before it is not taken for a whole one.
const cutMark = "_cut\n"

// savedText is savedLines, and behind them the beginning of a line that was cut off, not garbled.
func savedText(text []byte, err error) []byte {
	saved := savedLines(text)
	rest := text[len(saved):]
	if err != nil && !errors.Is(err, errTruncated) || len(rest) == 0 || !textual(rest) || bytes.IndexByte(rest, '\n') >= 0 {
		return saved
	}
	return append(text, cutMark...)
}

// salvage decodes a block that is not whole. Its payload may reach beyond the end that the header names, which may be
// wrong, and hold anything there.
func (u *unpacker) salvage(buf []byte, p packing, payload []byte, length uint32) []byte {
	if int64(length) < int64(len(payload)) {
		named := payload[:length]
		if p == plain {
			return savedLines(append(buf[:0], named...))
		}
		// Perhaps only the end byte is wrong.
		text, err := u.unpack(buf, p, u.expose(p, named))
		if err == nil && len(text) > 0 && textual(text) {
			return savedLines(text[:min(int64(len(text)), textLimit(len(named)))])
		}
		buf = text
	}
	if p == plain {
		return savedLines(append(buf[:0], payload...))
	}
	text, err := u.unpack(buf, p, u.expose(p, payload))
	if limit := textLimit(len(payload)); int64(len(text)) > limit {
		return savedLines(text[:limit])
	}
	return savedText(text, err)
}

// unbend finds out what a block is whose magic may be damaged: what its payload decodes as. It reports false if
// that is nothing.
func (u *unpacker) unbend(h *header, payload []byte) bool {
	genuine := h.kind().header == longHeader && u.ring.client(&h.key).genuine
	magics := []byte{h.magic}
	for m := byte(firstMagic); m <= lastMagic; m++ {
		if kinds[m].header == h.kind().header {
			magics = append(magics, m)
		}
	}
	for _, m := range magics {
		k := kinds[m]
		if k.crypt {
			if _, ok := u.decrypt(&header{magic: m, key: h.key}, payload); genuine && ok {
				h.magic = m
				return true
			}
			continue
		}
		s := k.shape(payload)
		text, err := u.probe(k.packing, u.expose(k.packing, payload))
		if s > absurd && err == nil && len(text) >= 16 && textual(text) {
			h.magic = m
			return true
		}
	}
	if genuine {
		h.magic = cryptMagic // or another one: nobody can tell
	}
	return genuine
}
