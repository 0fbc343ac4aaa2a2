package xlog

import "encoding/binary"

// fast decodes symbols while there is plenty of input and output. A nil error means that the block is
// over, or that slow has to go on.
func (f *inflater) fast(out []byte, o int) (int, error) {
	lit, dist := f.lit, f.dist
	src, pos, hold, n := f.src, f.pos, f.hold, f.n
	var err error
	room := len(out) - outSlack
	for pos+8 <= len(src) {
		if o > room {
			err = errFull
			break
		}
		// From here on hold may have right bits above its n.
		hold |= binary.LittleEndian.Uint64(src[pos:]) << (n & 63)
		pos += int((63 - n) >> 3)
		n |= 56

		e := lit[hold&(1<<litBits-1)]
		if e&literalEntry != 0 {
			// Three codes of the first table leave bits for a fourth symbol to be looked up.
			hold >>= e & 63
			n -= uint(e & 0xFF)
			out[o] = byte(e >> 16)
			o++
			e = lit[hold&(1<<litBits-1)]
			if e&literalEntry == 0 {
				if n < 48 {
					continue
				}
				goto match
			}
			hold >>= e & 63
			n -= uint(e & 0xFF)
			out[o] = byte(e >> 16)
			o++
			e = lit[hold&(1<<litBits-1)]
			if e&literalEntry == 0 {
				continue
			}
			hold >>= e & 63
			n -= uint(e & 0xFF)
			out[o] = byte(e >> 16)
			o++
			continue
		}
	match:
		if e&specialEntry != 0 {
			if e&subEntry != 0 {
				e = lit[(int(e>>16)+int(hold>>litBits)&(1<<(e&15)-1))%litSize]
			}
			if e&(literalEntry|specialEntry) != 0 {
				if e&literalEntry != 0 {
					hold >>= e & 63
					n -= uint(e & 0xFF)
					out[o] = byte(e >> 16)
					o++
					continue
				}
				if e&endEntry == 0 {
					err = errCorrupt
					break
				}
				hold >>= e & 63
				n -= uint(e & 0xFF)
				f.state = atHeader
				break
			}
		}
		length := int(e>>16) + int((hold&(1<<(e&63)-1))>>(e>>8&15))
		taken, left := hold>>(e&63), n-uint(e&0xFF)

		d := dist[taken&(1<<distBits-1)]
		if d&specialEntry != 0 {
			if d&subEntry != 0 {
				d = dist[(int(d>>16)+int(taken>>distBits)&(1<<(d&15)-1))%distSize]
			}
			if d&specialEntry != 0 {
				err = errCorrupt
				break
			}
		}
		back := int(d>>16) + int((taken&(1<<(d&63)-1))>>(d>>8&15))
		if back > o {
			err = errCorrupt
			break
		}
		hold = taken >> (d & 63)
		n = left - uint(d&0xFF)
		if back < 16 {
			copyMatch(out, o, back, length)
		} else {
			from, to := out[o-back:], out[o:]
			*(*[16]byte)(to) = *(*[16]byte)(from)
			*(*[16]byte)(to[16:]) = *(*[16]byte)(from[16:])
			for i := 32; i < length; i += 16 {
				*(*[16]byte)(to[i:]) = *(*[16]byte)(from[i:])
			}
		}
		o += length
	}
	f.pos, f.hold, f.n = pos, hold&(1<<n-1), n
	return o, err
}

// copyMatch writes out[o:o+length] from what is back bytes before it, and up to 16 bytes more.
func copyMatch(out []byte, o, back, length int) {
	switch {
	case back >= 16:
		from, to := out[o-back:], out[o:o+length+16]
		for i := 0; i < length; i += 16 {
			a := binary.LittleEndian.Uint64(from[i:])
			b := binary.LittleEndian.Uint64(from[i+8:])
			binary.LittleEndian.PutUint64(to[i:], a)
			binary.LittleEndian.PutUint64(to[i+8:], b)
		}
	case back == 1:
		word := uint64(out[o-1]) * 0x0101010101010101
		to := out[o : o+length+8]
		for i := 0; i < length; i += 8 {
			binary.LittleEndian.PutUint64(to[i:], word)
		}
	default:
		from, to := out[o-back:], out[o:o+length]
		for i := range to {
			to[i] = from[i]
		}
	}
}

// slow decodes a symbol at a time, and takes care of the end of the input.
func (f *inflater) slow(out []byte, o int) (int, error) {
	for f.pos+8 > len(f.src) {
		if o > len(out)-outSlack {
			return o, errFull
		}
		f.need(48)
		e := f.lit[f.hold&(1<<litBits-1)]
		if e&subEntry != 0 && e&(literalEntry|specialEntry) == specialEntry {
			e = f.lit[(int(e>>16)+int(f.hold>>litBits)&(1<<(e&15)-1))%litSize]
		}
		size := uint(e & 0xFF)
		switch {
		case e&literalEntry != 0:
			if size > f.n {
				return o, errTruncated
			}
			f.take(size)
			out[o] = byte(e >> 16)
			o++
			continue
		case e&(specialEntry|endEntry) == specialEntry|endEntry:
			if size > f.n {
				return o, errTruncated
			}
			f.take(size)
			f.state = atHeader
			return o, nil
		case e&specialEntry != 0:
			return o, noCode(e, f.n)
		case size > f.n:
			return o, errTruncated
		}
		taken, left := f.hold>>size, f.n-size
		d := f.dist[taken&(1<<distBits-1)]
		if d&(specialEntry|subEntry) == specialEntry|subEntry {
			d = f.dist[(int(d>>16)+int(taken>>distBits)&(1<<(d&15)-1))%distSize]
		}
		back := int(d>>16) + int(taken&(1<<(d&0xFF)-1)>>(d>>8&15))
		switch {
		case d&specialEntry != 0:
			return o, noCode(d, left)
		case uint(d&0xFF) > left:
			return o, errTruncated
		case back > o:
			return o, errCorrupt
		}
		length := int(e>>16) + int(f.hold&(1<<size-1)>>(e>>8&15))
		f.take(size + uint(d&0xFF))
		copyMatch(out, o, back, length)
		o += length
	}
	return o, nil
}

// noCode tells n bits that are no code from the want of any.
func noCode(e entry, n uint) error {
	if n > 0 || e&emptyEntry != 0 {
		return errCorrupt
	}
	return errTruncated
}
