package xlog

import (
	"encoding/binary"
	"errors"
)

// Why an inflater stops.
var (
	errFull      = errors.New("the output is full")
	errTruncated = errors.New("the deflate stream ends too early")
	errCorrupt   = errors.New("the deflate stream is damaged")
)

const (
	historySize = 32 << 10 // how far back a stream may refer
	maxMatch    = 258
	// outSlack is what an output must have room for beside what is wanted: a match is written whole, in
	// words.
	outSlack = maxMatch + 64
)

// An inflater decodes a raw deflate stream. It is not general: it writes into memory that it is given and
// whose written part is its window, and it takes its time over nothing that comes once a line, because
// the streams of logs are flushed after each one. It stops between two symbols, so input and output may
// both be given piece by piece. It is equal to compress/flate in what it decodes and in what it refuses.
type inflater struct {
	src  []byte
	pos  int    // in src: up to there it is consumed or in hold
	hold uint64 // bits that are read and not consumed, the next one lowest
	n    uint   // how many of them; those above are zero between two calls

	state  uint8
	last   bool // this block is the last one
	stored int  // bytes of a stored block that are to come

	lit  *[litSize]entry
	dist *[distSize]entry

	ownLit  [litSize]entry
	ownDist [distSize]entry
	lens    [320]uint8
	pre     [1 << lensBits]entry
}

// Between blocks, inside one of each kind, and behind the last one.
const (
	atHeader uint8 = iota
	inStored
	inCodes
	atEnd
)

// reset begins a stream.
func (f *inflater) reset(src []byte) {
	f.src, f.pos, f.hold, f.n, f.state, f.last = src, 0, 0, 0, atHeader, false
}

// consumed tells how many bytes of src the output so far needed.
func (f *inflater) consumed() int { return f.pos - int(f.n/8) }

// run writes behind out[:o], to which the stream may refer, and returns the new end. The error is nil at the end of the
// stream; at errFull there is less than outSlack left in out; at errTruncated all of src is decoded, and
// more may be added to it.
func (f *inflater) run(out []byte, o int) (int, error) {
	for {
		var err error
		switch f.state {
		case atHeader:
			if f.last {
				f.state = atEnd
				continue
			}
			err = f.header()
		case inStored:
			o, err = f.copyStored(out, o)
		case inCodes:
			if o, err = f.fast(out, o); err == nil && f.state == inCodes {
				o, err = f.slow(out, o)
			}
		case atEnd:
			return o, nil
		}
		if err != nil {
			return o, err
		}
	}
}

// need makes sure of k bits in hold, at most 56.
func (f *inflater) need(k uint) bool {
	if f.n >= k {
		return true
	}
	if f.pos+8 <= len(f.src) {
		f.hold |= binary.LittleEndian.Uint64(f.src[f.pos:]) << (f.n & 63)
		took := (63 - f.n) >> 3
		f.pos += int(took)
		f.n += took * 8
		f.hold &= 1<<f.n - 1
		return true
	}
	for f.n <= 56 && f.pos < len(f.src) {
		f.hold |= uint64(f.src[f.pos]) << f.n
		f.pos++
		f.n += 8
	}
	return f.n >= k
}

// take consumes k bits.
func (f *inflater) take(k uint) uint {
	v := uint(f.hold & (1<<k - 1))
	f.hold >>= k
	f.n -= k
	return v
}

// copyStored goes on with a stored block.
func (f *inflater) copyStored(out []byte, o int) (int, error) {
	size := min(f.stored, len(f.src)-f.pos, max(0, len(out)-outSlack-o))
	copy(out[o:], f.src[f.pos:f.pos+size])
	f.pos += size
	f.stored -= size
	switch {
	case f.stored == 0:
		f.state = atHeader
		return o + size, nil
	case f.pos == len(f.src):
		return o + size, errTruncated
	}
	return o + size, errFull
}
