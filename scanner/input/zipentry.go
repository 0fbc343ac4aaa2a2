package input

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"strings"
	"time"
	"unicode/utf8"
)

// The records of a zip archive, by PKWARE's APPNOTE.TXT, sections 4.3 and 4.5.
const (
	localMagic   = "PK\x03\x04"
	centralMagic = "PK\x01\x02"
	endMagic     = "PK\x05\x06"
	end64Magic   = "PK\x06\x06"
	locator64    = "PK\x06\x07"
	dataMagic    = "PK\x07\x08"

	localLen     = 30
	centralLen   = 46
	endLen       = 22
	end64Len     = 56
	locator64Len = 20
)

// A zipEntry is what a header says of a member.
type zipEntry struct {
	name         string // decoded
	flags        uint16
	method       uint16
	modTime      time.Time
	crc          uint32
	packed, size int64
	sized        bool  // crc and size are known
	header       int64 // where the local header stands
	data         int64 // where the content stands, 0 if only the local header tells
	other        bool  // a folder, a link or a device
}

const (
	flagEncrypted = 1 << 0
	flagTrailing  = 1 << 3 // sizes and checksum follow the content
)

// refusal says why a member cannot be read, or "".
func (e *zipEntry) refusal() string {
	if e.flags&flagEncrypted != 0 {
		return "is encrypted, unpack it with the password first"
	}
	if _, ok := zipCodecs[e.method]; ok {
		return ""
	}
	if name := zipMethods[e.method]; name != "" {
		return "is packed by " + name + ", which cannot be read here, unpack it first"
	}
	return "is packed by an unknown method, unpack it first"
}

// sizes sets the sizes and the place of the header, with the zip64 field where they do not fit the old ones.
func (e *zipEntry) sizes(packed, size, header uint32, extra []byte) {
	e.packed, e.size, e.header = int64(packed), int64(size), int64(header)
	wide := extraField(extra, 0x0001)
	for _, f := range []struct {
		old uint32
		to  *int64
	}{{size, &e.size}, {packed, &e.packed}, {header, &e.header}} {
		if f.old == math.MaxUint32 && len(wide) >= 8 {
			*f.to = int64(min(binary.LittleEndian.Uint64(wide), math.MaxInt64))
			wide = wide[8:]
		}
	}
}

// setName decodes the name. An Info-ZIP field of its own is right while it belongs to the name beside it; whether the
// flag for UTF-8 is set says little of what archivers write.
func (e *zipEntry) setName(raw string, extra []byte) {
	if f := extraField(extra, 0x7075); len(f) > 5 && f[0] == 1 && binary.LittleEndian.Uint32(f[1:]) == crc32.ChecksumIEEE([]byte(raw)) && utf8.Valid(f[5:]) {
		raw = string(f[5:])
	}
	e.name = decodeName(raw)
	e.other = e.other || strings.HasSuffix(e.name, "/") || e.packed == 0 && strings.HasSuffix(e.name, `\`)
}

// setTime takes the time from the fields that name an instant, else from the date of DOS, which is that of a wall
// clock in the zone.
func (e *zipEntry) setTime(date, clock uint16, extra []byte, zone *time.Location) {
	if f := extraField(extra, 0x5455); len(f) >= 5 && f[0]&1 != 0 {
		e.modTime = time.Unix(int64(int32(binary.LittleEndian.Uint32(f[1:]))), 0).UTC()
		return
	}
	if f := extraField(extra, 0x000A); len(f) >= 16 && binary.LittleEndian.Uint16(f[4:]) == 1 {
		const since1601 = 11_644_473_600 // seconds to 1970
		ticks := int64(binary.LittleEndian.Uint64(f[8:]))
		e.modTime = time.Unix(ticks/1e7-since1601, ticks%1e7*100).UTC()
		return
	}
	if date == 0 {
		return
	}
	e.modTime = time.Date(1980+int(date>>9), time.Month(date>>5&15), int(date&31), int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, zone).UTC()
}

// extraField returns a field of the extra area, nil if there is none.
func extraField(extra []byte, id uint16) []byte {
	for len(extra) >= 4 {
		n := int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return nil
		}
		if binary.LittleEndian.Uint16(extra) == id {
			return extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return nil
}

// isOther reports whether the attributes of an entry are those of something that is no file.
func isOther(madeBy uint16, attributes uint32) bool {
	const folder = 0x10 // of DOS
	switch madeBy >> 8 {
	case 3, 19: // Unix, macOS
		const typeMask, regular = 0xF000, 0x8000
		t := attributes >> 16 & typeMask
		return t != 0 && t != regular
	}
	return attributes&folder != 0
}
