package input

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// A zipSalvage finds the members of an archive that has no directory, or a damaged one, by the headers that stand
// before each of them.
type zipSalvage struct {
	z     *zipArchive
	pos   int64 // everything before it was looked at
	found int64
	buf   [sniffLen]byte
}

func salvage(z *zipArchive) listing { return &zipSalvage{z: z} }

// next implements listing.
func (s *zipSalvage) next() (*member, error) {
	for {
		at := s.find(s.pos, func(b []byte, _ int64) bool { return isLocalHeader(b) })
		if err := s.z.ctx.Err(); err != nil {
			return nil, err
		}
		if at < 0 {
			s.z.health.fail(fmt.Sprintf("the directory of the zip archive is missing or damaged, %s found by their own headers", counted(s.found, "member was", "members were")))
			return nil, io.EOF
		}
		if gap := at - s.pos; s.found > 0 && gap > maxTrailer {
			s.z.health.Skipped += gap
		}
		e, ok := s.entry(at)
		if !ok {
			s.pos = at + int64(len(localMagic))
			continue
		}
		s.found++
		s.pos = e.data + e.packed
		if !e.other {
			return &member{name: e.name, modTime: e.modTime, refused: e.refusal(), ahead: true, open: s.z.openMember(e)}, nil
		}
	}
}

// maxTrailer is the longest record of sizes and checksum behind a member.
const maxTrailer = 24

// isLocalHeader reports whether b begins as the header of a member does; four bytes alone may stand anywhere.
func isLocalHeader(b []byte) bool {
	if len(b) < localLen || string(b[:4]) != localMagic {
		return false
	}
	method, name := binary.LittleEndian.Uint16(b[8:]), binary.LittleEndian.Uint16(b[26:])
	_, read := zipCodecs[method]
	return (read || zipMethods[method] != "") && name > 0 && name <= 4096 && b[4] < 100
}

// entry reads the header of a member at a place.
func (s *zipSalvage) entry(at int64) (e zipEntry, ok bool) {
	var h [localLen]byte
	if _, err := s.z.at.ReadAt(h[:], at); err != nil {
		return e, false
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	name := int(u16(h[26:]))
	tail := make([]byte, name+int(u16(h[28:])))
	if _, err := s.z.at.ReadAt(tail, at+localLen); err != nil && !(errors.Is(err, io.EOF) && len(tail) == 0) {
		return e, false
	}
	e = zipEntry{flags: u16(h[6:]), method: u16(h[8:]), crc: u32(h[14:])}
	e.sizes(u32(h[18:]), u32(h[22:]), 0, tail[name:])
	e.header, e.data = at, at+localLen+int64(len(tail))
	e.sized = e.flags&flagTrailing == 0
	if !e.sized || e.packed > s.z.size-e.data {
		s.measure(&e)
	}
	e.setName(string(tail[:name]), tail[name:])
	e.setTime(u16(h[12:]), u16(h[10:]), tail[name:], s.z.zone)
	return e, true
}

// measure finds the end of a member whose header does not tell it: a trailer that counts as many bytes as there are
// before it, the next header or the directory, or the end of the file.
func (s *zipSalvage) measure(e *zipEntry) {
	end := s.find(e.data, func(b []byte, pos int64) bool {
		switch {
		case len(b) >= 16 && string(b[:4]) == dataMagic:
			u32 := binary.LittleEndian.Uint32
			narrow := int64(u32(b[8:])) == pos-e.data
			wide := len(b) >= maxTrailer && binary.LittleEndian.Uint64(b[8:]) == uint64(pos-e.data)
			if narrow {
				e.crc, e.size, e.sized = u32(b[4:]), int64(u32(b[12:])), true
			} else if wide {
				e.crc, e.size, e.sized = u32(b[4:]), int64(min(binary.LittleEndian.Uint64(b[16:]), math.MaxInt64)), true
			}
			return narrow || wide
		case len(b) >= centralLen && string(b[:4]) == centralMagic:
			return true
		}
		return isLocalHeader(b)
	})
	if end < 0 {
		end = s.z.size
	}
	e.packed = end - e.data
}

// find returns the first place from one on where a record begins that is the one looked for, or -1. It sees up
// to centralLen bytes from there.
func (s *zipSalvage) find(from int64, is func(b []byte, pos int64) bool) int64 {
	for from < s.z.size && s.z.ctx.Err() == nil {
		n, err := s.z.at.ReadAt(s.buf[:min(int64(len(s.buf)), s.z.size-from)], from)
		b := s.buf[:n]
		if err != nil && !errors.Is(err, io.EOF) || n == 0 {
			return -1
		}
		last := from+int64(n) >= s.z.size
		for i := 0; ; i++ {
			next := bytes.Index(b[i:], []byte("PK"))
			if next < 0 {
				break
			}
			if i += next; !last && len(b)-i < centralLen {
				break
			}
			if is(b[i:], from+int64(i)) {
				return from + int64(i)
			}
		}
		if last {
			return -1
		}
		from += int64(n - centralLen + 1)
	}
	return -1
}
