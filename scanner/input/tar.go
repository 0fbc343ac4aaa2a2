package input

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const tarBlock = 512

// isTar wants the checksum of the first header to be right: the oldest archives have no magic, and a text
// may hold the word ustar anywhere.
func isTar(b []byte) bool {
	if len(b) < tarBlock || b[0] == 0 {
		return false
	}
	const from, to = 148, 156
	want, err := strconv.ParseInt(strings.Trim(string(b[from:to]), " \x00"), 8, 32)
	if err != nil {
		return false
	}
	var unsigned, signed int64
	for i, c := range b[:tarBlock] {
		if from <= i && i < to {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return want == unsigned || want == signed
}

// A tarListing yields the files of a tar archive from front to back. Behind a damaged header it goes on at the
// next good one, and behind the end of an archive at another that was appended to it.
type tarListing struct {
	a    *archive
	r    *countingReader
	tar  *tar.Reader
	gone bool // nothing more comes
}

func listTar(a *archive) listing {
	r := &countingReader{r: a.Reader}
	return &tarListing{a: a, r: r, tar: tar.NewReader(r)}
}

// next implements listing.
func (l *tarListing) next() (*member, error) {
	for !l.gone {
		h, err := l.tar.Next()
		switch {
		case err == nil:
			if h.Typeflag == tar.TypeReg || h.Typeflag == tar.TypeGNUSparse || h.Typeflag == '7' {
				return l.member(h), nil
			}
		case errors.Is(err, io.EOF):
			if err := l.seek(false); err != nil {
				return nil, err
			}
		case errors.Is(err, tar.ErrHeader):
			if err := l.seek(true); err != nil {
				return nil, err
			}
		default:
			l.gone = true
			return nil, l.explain(err)
		}
	}
	return nil, io.EOF
}

// seek goes to the next good header, at the end of an archive or behind a bad one.
func (l *tarListing) seek(bad bool) error {
	from := l.r.n
	if bad {
		from -= tarBlock
	}
	if _, err := io.CopyN(io.Discard, l.r, -l.r.n&(tarBlock-1)); err != nil {
		l.gone = true
		return l.explain(err)
	}
	garbage := bad
	var block [tarBlock]byte
	for {
		_, err := io.ReadFull(l.r, block[:])
		if err != nil {
			l.gone = true
			if garbage {
				l.skipped(from, l.r.n)
			}
			if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
				return nil // padding need not be whole
			}
			return l.explain(err)
		}
		if isTar(block[:]) {
			break
		}
		garbage = garbage || block != [tarBlock]byte{}
	}
	if garbage {
		l.skipped(from, l.r.n-tarBlock)
	}
	l.tar = tar.NewReader(io.MultiReader(bytes.NewReader(block[:]), l.r))
	return nil
}

// skipped notes that bytes belong to no member, up to a place.
func (l *tarListing) skipped(from, to int64) {
	l.a.health.Skipped += to - from
	l.a.health.fail(fmt.Sprintf("tar archive is damaged between byte %d and %d", from, to))
}

// explain tells what is wrong with the archive.
func (l *tarListing) explain(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("tar archive is cut short after %d bytes", l.r.n)
	}
	return explain("tar", l.r.n, err)
}

func (l *tarListing) member(h *tar.Header) *member {
	m := &member{name: decodeName(h.Name), modTime: h.ModTime}
	begin := l.r.n
	files := l.tar
	m.open = func(p *opener) (stream, func(), error) {
		// A sparse file says how long it is and not what it is made of: it counts as decoded.
		sparse := h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != ""
		r := io.Reader(&tarFile{l, files})
		if sparse {
			r = &layer{kind: "tar", dec: r, meter: p.meter, took: func() int64 { return l.r.n - begin }}
		}
		return stream{Reader: r}, nil, nil
	}
	return m
}

// A tarFile is the content of a member.
type tarFile struct {
	l   *tarListing
	tar *tar.Reader
}

// Read implements io.Reader.
func (f *tarFile) Read(p []byte) (int, error) {
	n, err := f.tar.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = f.l.explain(err)
	}
	return n, err
}

// A countingReader counts what is read.
type countingReader struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
