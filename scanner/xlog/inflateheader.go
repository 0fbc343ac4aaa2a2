package xlog

import "errors"

// header reads the beginning of a block. If it is not there whole nothing is consumed.
func (f *inflater) header() error {
	pos, hold, n := f.pos, f.hold, f.n
	err := f.readHeader()
	if errors.Is(err, errTruncated) {
		f.pos, f.hold, f.n, f.last = pos, hold, n, false
	}
	return err
}

func (f *inflater) readHeader() error {
	if !f.need(3) {
		return errTruncated
	}
	f.last = f.take(1) == 1
	switch f.take(2) {
	case 0:
		f.take(f.n % 8)
		if !f.need(32) {
			return errTruncated
		}
		size := f.take(16)
		if f.take(16) != size^0xFFFF {
			return errCorrupt
		}
		// What is in hold is whole bytes again.
		f.pos -= int(f.n / 8)
		f.hold, f.n = 0, 0
		f.stored, f.state = int(size), inStored
	case 1:
		f.lit, f.dist, f.state = fixedLit, fixedDist, inCodes
	case 2:
		if err := f.codes(); err != nil {
			return err
		}
		f.lit, f.dist, f.state = &f.ownLit, &f.ownDist, inCodes
	default:
		return errCorrupt
	}
	return nil
}

// lensOrder is the order in which the lengths of the first code of a header are written.
var lensOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// codes reads the codes of a block that has its own.
func (f *inflater) codes() error {
	if !f.need(14) {
		return errTruncated
	}
	nlit, ndist, npre := int(f.take(5))+257, int(f.take(5))+1, int(f.take(4))+4
	if nlit > 286 || ndist > 30 {
		return errCorrupt
	}
	var pre [19]uint8
	for _, at := range lensOrder[:npre] {
		if !f.need(3) {
			return errTruncated
		}
		pre[at] = uint8(f.take(3))
	}
	if !buildTable(f.pre[:], lensBits, pre[:], lensSymbols[:]) {
		return errCorrupt
	}
	for i := 0; i < nlit+ndist; {
		f.need(14)
		e := f.pre[f.hold&(1<<lensBits-1)]
		if e&specialEntry != 0 {
			return noCode(e, f.n)
		}
		size := uint(e & 0xFF)
		if size > f.n {
			return errTruncated
		}
		symbol := uint8(e >> 16)
		if symbol < 16 {
			f.take(size)
			f.lens[i] = symbol
			i++
			continue
		}
		value, base, extra := uint8(0), 3, uint(3)
		switch symbol {
		case 16:
			if i == 0 {
				return errCorrupt
			}
			value, extra = f.lens[i-1], 2
		case 18:
			base, extra = 11, 7
		}
		if size+extra > f.n {
			return errTruncated
		}
		f.take(size)
		repeat := base + int(f.take(extra))
		if i+repeat > nlit+ndist {
			return errCorrupt
		}
		for ; repeat > 0; repeat-- {
			f.lens[i] = value
			i++
		}
	}
	if !buildTable(f.ownLit[:], litBits, f.lens[:nlit], litSymbols[:]) ||
		!buildTable(f.ownDist[:], distBits, f.lens[nlit:nlit+ndist], distSymbols[:]) {
		return errCorrupt
	}
	return nil
}
