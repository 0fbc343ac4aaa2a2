package xlog

import (
	"bytes"
	"errors"
)

// Looking at a block costs time that depends on its length, and a hostile input has a header at every few
// bytes. So looking is paid for: bytes that are passed bring in effort, bytes that are looked at spend it, and who has
// none left takes nothing for a block that is not plain to see.
const (
	effortPerByte = 64
	maxEffort     = 256 << 20
)

func (f *framer) spend(n int64) { f.effort = min(maxEffort, f.effort-n) }

// shape judges the payload of a header at pos whose frame is inside the input.
func (f *framer) shape(pos int64, h *header) strength {
	if f.shaped.pos == pos && f.shaped.strength != absurd {
		return f.shaped.strength
	}
	if f.effort <= 0 {
		return absurd
	}
	k := h.kind()
	f.spend(int64(h.length))
	if k.crypt {
		if f.u.ring.client(&h.key).genuine {
			return convincing
		}
		return absurd
	}
	return k.shape(f.w.at(pos+int64(k.header), int(h.length)))
}

// What lies behind a block.
type successor uint8

const (
	nothing   successor = iota // that is known
	theEnd                     // of the input
	onlyZeros                  // 16 at least, or to the end
	aBlock
)

// follows tells what lies at pos.
func (f *framer) follows(pos int64) successor {
	b := f.w.at(pos, maxHeader)
	switch {
	case len(b) == 0:
		return theEnd
	case len(bytes.TrimLeft(b[:min(len(b), 16)], "\x00")) == 0:
		return onlyZeros
	case len(b) <= shortHeader || len(b) < kinds[b[0]].header:
		return nothing
	}
	h := parseHeader(b)
	if !h.plausible() {
		return nothing
	}
	if end, ok := f.w.byteAt(pos + h.size() - 1); !ok || end != 0 {
		return nothing
	}
	s := f.shape(pos, &h)
	f.shaped.pos, f.shaped.strength = pos, s
	if s == convincing {
		return aBlock
	}
	return nothing
}

// endsInZeros reports whether there is nothing but zeros from pos on, as far as an mmap file may reach.
func (f *framer) endsInZeros(pos int64) bool {
	const mmapSize = 1 << 20
	b := f.w.at(pos, mmapSize)
	return len(b) < mmapSize && len(bytes.TrimLeft(b, "\x00")) == 0
}

// decodes reports whether a whole payload is text. Where nothing else speaks for a block the text must be more than a few
// bytes.
func (f *framer) decodes(p *piece, likely bool) bool {
	k := p.head.kind()
	if f.effort <= 0 {
		return false
	}
	payload := f.w.at(p.from+int64(k.header), int(p.head.length))
	if k.crypt {
		packed, ok := f.u.decrypt(&p.head, payload)
		if !ok {
			return false
		}
		payload = packed
	} else {
		payload = f.u.expose(k.packing, payload)
	}
	text, err := f.u.unpack(f.text, k.packing, payload)
	f.text = text
	f.spend(int64(len(payload) + len(text)))
	if err != nil && !errors.Is(err, errFull) {
		return false
	}
	if likely {
		return len(text) > 0 && textual(text)
	}
	return len(text) >= 16 && prose(text)
}

// hopeful reports whether a header at pos, of a block that is not whole, has text behind it that could be saved.
func (f *framer) hopeful(pos int64) (header, bool) {
	b := f.w.at(pos, maxHeader+probeIn)
	if len(b) <= shortHeader || len(b) < kinds[b[0]].header || f.effort <= 0 {
		return header{}, false
	}
	h := parseHeader(b)
	if !h.known() {
		return h, false
	}
	k := h.kind()
	if k.crypt {
		f.spend(probeIn)
		return h, f.u.ring.client(&h.key).genuine
	}
	b = b[k.header:]
	if k.sync {
		if !h.plausible() {
			return h, false
		}
		b = savedLines(b[:min(len(b), int(h.length))])
		return h, len(b) >= 16
	}
	text, _ := f.u.probe(k.packing, f.u.expose(k.packing, b))
	f.spend(int64(len(b) + len(text)))
	return h, len(text) >= 32 && prose(text)
}
