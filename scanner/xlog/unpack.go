package xlog

import (
	"errors"
	"io"
)

const (
	// smallText bounds the text of a block that is held in memory. Those of Mars have 150 KiB, which swell to a
	// tenfold; what is longer is decoded twice, once to see whether it is whole and once to be read.
	smallText = 2 << 20

	// A block whose text goes beyond maxText, or beyond maxRatio times its payload, is stopped: it is not
	// a log, it is made to fill the memory of whoever reads it. Short ones may swell to minLimit.
	maxText  = 64 << 20
	maxRatio = 1000
	minLimit = 64 << 10
)

// textLimit returns how much text a payload may have.
func textLimit(payload int) int64 {
	return min(maxText, max(minLimit, maxRatio*int64(payload)))
}

// An unpacker makes text of payloads. It is not safe for concurrent use.
type unpacker struct {
	inflate inflateStream
	unzstd  unzstd
	ring    *keyring
	packed  []byte // a payload without its pieces or its encryption
	probed  []byte
}

// unpack returns the text of a payload, in the memory of buf where it fits. At errFull it is longer than
// smallText and to be had by stream. An error of any other kind comes with the text before the fault;
// errTruncated says that the payload ends inside a symbol or a block, not that it is unfinished, as nearly
// all are.
func (u *unpacker) unpack(buf []byte, p packing, packed []byte) ([]byte, error) {
	switch p {
	case plain:
		return append(buf[:0], packed...), nil
	case zstandard:
		return u.unzstd.decode(buf[:0], packed)
	}
	f, o := &u.inflate.inflater, 0
	f.reset(packed)
	buf = buf[:min(cap(buf), smallText+outSlack)]
	for {
		var err error
		o, err = f.run(buf, o)
		switch {
		case errors.Is(err, errFull) && len(buf) < smallText+outSlack:
			wider := make([]byte, min(max(4*len(buf), 64<<10), smallText+outSlack))
			copy(wider, buf[:o])
			buf = wider
			continue
		case errors.Is(err, errTruncated) && f.state == atHeader && f.consumed() == len(packed):
			err = nil
		case err == nil && f.consumed() < len(packed):
			err = errCorrupt
		}
		return buf[:o], err
	}
}

// stream returns the text of a payload whose text is long. Its end is io.EOF or io.ErrUnexpectedEOF.
func (u *unpacker) stream(p packing, packed []byte) io.Reader {
	if p == zstandard {
		return u.unzstd.open(packed)
	}
	u.inflate.open(packed)
	return &u.inflate
}

// expose returns a payload without its pieces. It is valid until the next call.
func (u *unpacker) expose(p packing, payload []byte) []byte {
	if p != chunked {
		return payload
	}
	u.packed = joinChunks(u.packed[:0], payload)
	return u.packed
}

// decrypt returns a payload without its encryption, and false if no key opens it. It is valid until the next
// call.
func (u *unpacker) decrypt(h *header, payload []byte) ([]byte, bool) {
	c := u.ring.client(&h.key)
	for i := range c.ciphers {
		u.packed = c.ciphers[i].decrypt(u.packed[:0], payload[:min(len(payload), probeIn)])
		text, err := u.probe(h.kind().packing, u.packed)
		if textual(text) && (len(text) >= 16 || err == nil && len(text) > 0) {
			u.packed = c.ciphers[i].decrypt(u.packed[:0], payload)
			return u.packed, true
		}
	}
	return nil, false
}

const (
	probeIn  = 4 << 10
	probeOut = 4 << 10
)

// probe decodes the beginning of a payload that is free of pieces and encryption. The error is nil if that is
// without fault. The text is valid until the next call.
func (u *unpacker) probe(p packing, packed []byte) ([]byte, error) {
	packed = packed[:min(len(packed), probeIn)]
	switch p {
	case plain:
		return packed, nil
	case zstandard:
		text, err := u.unzstd.decode(u.probed[:0], packed)
		if errors.Is(err, errFull) || errors.Is(err, errTruncated) {
			err = nil
		}
		u.probed = text
		return text[:min(len(text), probeOut)], err
	}
	if len(u.probed) < probeOut+outSlack {
		u.probed = make([]byte, probeOut+outSlack)
	}
	f := &u.inflate.inflater
	f.reset(packed)
	o, err := f.run(u.probed[:probeOut+outSlack], 0)
	if errors.Is(err, errFull) || errors.Is(err, errTruncated) {
		err = nil
	}
	return u.probed[:o], err
}
