package input

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// A zipArchive is a zip archive in a file. Its directory is read entry by entry: that of package archive/zip is
// held in memory as a whole, 300 bytes and more for each of any number of entries, and lost as a whole
// when a byte of it is wrong.
type zipArchive struct {
	*archive
	base  int64 // where offsets count from: behind a program that unpacks the archive
	dir   *bufio.Reader
	left  int64 // entries of the directory to come
	taken int64 // compressed bytes of the members so far

	directory directory
	joined    map[int64]*member // rotated logs by where their first file's header stands; nil for their other files
}

func listZip(a *archive) listing {
	z := &zipArchive{archive: a, joined: map[int64]*member{}}
	d, ok := findDirectory(a.at, a.size)
	if ok && d.split {
		a.health.fail("one part of a split zip archive, join them first: zip -s 0 FILE --out WHOLE.zip")
	}
	if !ok || !z.intact(d) {
		return salvage(z)
	}
	z.rewind(d)
	return z
}

func (z *zipArchive) rewind(d directory) {
	z.directory = d
	z.base, z.left = d.base, d.entries
	z.dir = bufio.NewReaderSize(io.NewSectionReader(z.at, d.offset, d.size), sniffLen)
}

// intact reads the whole directory once, so that half of one is not mistaken for all of it.
func (z *zipArchive) intact(d directory) bool {
	z.rewind(d)
	for n := int64(0); ; n++ {
		e, err := z.entry()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return false
		}
		if n == 0 {
			var magic [4]byte
			if _, err := z.at.ReadAt(magic[:], e.header); err != nil || string(magic[:]) != localMagic {
				return false
			}
		}
		if z.ctx.Err() != nil {
			return true
		}
	}
}

// next implements listing.
func (z *zipArchive) next() (*member, error) {
	for {
		e, err := z.entry()
		if err != nil {
			return nil, err
		}
		if log, ok := z.joined[e.header]; log != nil {
			return log, nil
		} else if !ok && !e.other {
			return z.member(e), nil
		}
	}
}

func (z *zipArchive) member(e zipEntry) *member {
	m := &member{name: e.name, modTime: e.modTime, refused: e.refusal(), ahead: true, open: z.openMember(e)}
	// Members that share their bytes have more of them than the archive.
	if z.taken += min(e.packed, z.size); z.taken > z.size && m.refused == "" {
		z.taken -= min(e.packed, z.size)
		m.refused = "lies where other members do, as in a bomb"
	}
	return m
}

// entry reads one entry of the directory.
func (z *zipArchive) entry() (e zipEntry, err error) {
	if z.left == 0 {
		return e, io.EOF
	}
	z.left--
	var h [centralLen]byte
	if _, err := io.ReadFull(z.dir, h[:]); err != nil || string(h[:4]) != centralMagic {
		return e, damaged("the directory of the zip archive is damaged")
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	name, extra, comment := int(u16(h[28:])), int(u16(h[30:])), int(u16(h[32:]))
	tail := make([]byte, name+extra)
	if _, err := io.ReadFull(z.dir, tail); err != nil {
		return e, damaged("the directory of the zip archive is damaged")
	}
	if _, err := z.dir.Discard(comment); err != nil {
		return e, damaged("the directory of the zip archive is damaged")
	}
	e = zipEntry{flags: u16(h[8:]), method: u16(h[10:]), crc: u32(h[16:]), sized: true, other: isOther(u16(h[4:]), u32(h[38:]))}
	e.sizes(u32(h[20:]), u32(h[24:]), u32(h[42:]), tail[name:])
	e.header += z.base
	if e.header < 0 || e.header > z.size-localLen {
		return e, damaged("the directory of the zip archive points behind its end")
	}
	e.setName(string(tail[:name]), tail[name:])
	e.setTime(u16(h[14:]), u16(h[12:]), tail[name:], z.zone)
	return e, nil
}

// A directory says where the central directory of an archive lies.
type directory struct {
	offset, size, entries, base int64
	split                       bool
}

// hasDirectory reports whether a file ends as a zip archive does.
func hasDirectory(at io.ReaderAt, size int64) bool {
	_, ok := findDirectory(at, size)
	return ok
}

// findDirectory looks for the end record from the end of the file, over a comment.
func findDirectory(at io.ReaderAt, size int64) (d directory, ok bool) {
	tail := make([]byte, min(size, endLen+math.MaxUint16))
	from := size - int64(len(tail))
	if _, err := at.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return d, false
	}
	for i := bytes.LastIndex(tail, []byte(endMagic)); i >= 0; i = bytes.LastIndex(tail[:i], []byte(endMagic)) {
		if d, ok := readEnd(at, tail[i:], from+int64(i)); ok {
			return d, true
		}
	}
	return d, false
}

// readEnd reads the end record b, which stands at pos, and that of zip64 before it if there is one.
func readEnd(at io.ReaderAt, b []byte, pos int64) (d directory, ok bool) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	if len(b) < endLen || len(b)-endLen < int(u16(b[20:])) {
		return d, false
	}
	d = directory{entries: int64(u16(b[10:])), size: int64(u32(b[12:])), offset: int64(u32(b[16:]))}
	d.split = u16(b[4:]) != 0 && u16(b[4:]) != math.MaxUint16
	end := pos
	var l [locator64Len]byte
	if _, err := at.ReadAt(l[:], max(0, pos-locator64Len)); err == nil && pos >= locator64Len && string(l[:4]) == locator64 {
		var e [end64Len]byte
		// Without a program before the archive the locator is right, else the record is looked for where it usually is.
		for _, p := range []uint64{binary.LittleEndian.Uint64(l[8:]), uint64(pos - locator64Len - end64Len)} {
			if p > uint64(pos) {
				continue
			}
			if _, err := at.ReadAt(e[:], int64(p)); err == nil && string(e[:4]) == end64Magic {
				end = int64(p)
				u64 := func(i int) int64 { return int64(min(binary.LittleEndian.Uint64(e[i:]), math.MaxInt64)) }
				d.entries, d.size, d.offset = u64(32), u64(40), u64(48)
				break
			}
		}
	}
	if d.size > end || d.entries > d.size/centralLen {
		return d, false
	}
	d.base = end - d.size - d.offset
	d.offset = end - d.size
	return d, d.base >= 0
}
