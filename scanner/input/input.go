// Package input looks at the first bytes of an input and makes text of it.
//
// What an input is follows from its content, never from its name. [Open] reads plain text in UTF-8 and
// GB18030, and gzip; of everything else it says what it is, so that nobody takes an unread archive for a clean
// log.
package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The kinds of input.
const (
	Text   = "text"
	Gzip   = "gzip"
	Binary = "binary"
)

// A Stream is the decoded text of an input.
type Stream struct {
	Kind  string
	Notes []string // what a reader of the report should know
	io.Reader
}

// An UnreadableError says what an input is that cannot be read as a log.
type UnreadableError struct {
	Kind string // binary, zip, xlog …
	Hint string // what the user can do, or ""
}

// Error implements error.
func (e *UnreadableError) Error() string {
	if e.Hint == "" {
		return e.Kind + ", not a text log"
	}
	return e.Kind + ", not a text log: " + e.Hint
}

// containers are what Open knows but does not unpack.
var containers = []struct {
	magic      string
	at         int
	kind, hint string
}{
	{"PK\x03\x04", 0, "zip archive", "unpack it and scan the folder"},
	{"\x28\xb5\x2f\xfd", 0, "zstd file", "decompress it: zstd -dc FILE | imtriage scan -"},
	{"BZh", 0, "bzip2 file", "decompress it: bzcat FILE | imtriage scan -"},
	{"\xfd7zXZ\x00", 0, "xz file", "decompress it: xzcat FILE | imtriage scan -"},
	{"ustar", 257, "tar archive", "unpack it and scan the folder"},
	{"Rar!\x1a\x07", 0, "rar archive", "unpack it and scan the folder"},
	{"7z\xbc\xaf\x27\x1c", 0, "7z archive", "unpack it and scan the folder"},
	{"\xff\xfe", 0, "UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8 FILE | imtriage scan -"},
	{"\xfe\xff", 0, "UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8 FILE | imtriage scan -"},
}

// sniffLen is how much of an input is looked at, in bytes.
const sniffLen = 8 << 10

// Open returns the text of r, or an [*UnreadableError]. Errors of a damaged stream come from
// reading, after everything that could be read; wrap them with [Explain].
func Open(r io.Reader) (*Stream, error) {
	head, text, err := sniff(r)
	if err != nil && len(head) == 0 {
		return nil, err
	}
	s := &Stream{Kind: Text, Reader: text}
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(text)
		if err != nil {
			return nil, fmt.Errorf("gzip header: %w", err)
		}
		s.Kind = Gzip
		head, s.Reader, _ = sniff(z)
	}
	if err := unreadable(head); err != nil {
		return nil, err
	}
	if isGB18030(head) {
		s.Reader = simplifiedchinese.GB18030.NewDecoder().Reader(s.Reader)
		s.Notes = append(s.Notes, "decoded from GB18030, as its beginning suggests")
	}
	return s, nil
}

// sniff returns the head of r and a reader that gives all of it, the error of the head included.
func sniff(r io.Reader) (head []byte, all io.Reader, err error) {
	head = make([]byte, sniffLen)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if errors.Is(err, io.ErrUnexpectedEOF) && n > 0 {
		// Of ReadFull itself, or of a stream that is cut short: reading on tells which.
		err = nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return head, io.MultiReader(bytes.NewReader(head), failing{err}), err
	}
	return head, io.MultiReader(bytes.NewReader(head), r), nil
}

// failing is a reader that has failed already.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// unreadable tells what the head of an input is if it is no text.
func unreadable(head []byte) error {
	for _, c := range containers {
		if len(head) >= c.at && bytes.HasPrefix(head[c.at:], []byte(c.magic)) {
			return &UnreadableError{c.kind, c.hint}
		}
	}
	if isXlog(head) {
		return &UnreadableError{"xlog file", "this version cannot decode it; decode it with the Mars tools first"}
	}
	if isBinary(head) {
		return &UnreadableError{Kind: "binary file"}
	}
	return nil
}

// isXlog recognises a block of Tencent Mars, as the IM SDK writes them: magic, sequence, begin and end hour, and a
// length below 16 MiB. Text does not begin so: hours are control bytes.
func isXlog(b []byte) bool {
	return len(b) >= 13 && b[0] >= 0x03 && b[0] <= 0x0D && b[3] <= 23 && b[4] <= 23 && b[8] == 0
}

// isBinary tells binaries from logs. Logs may hold some control bytes (colours, torn writes), and
// after copytruncate they begin with a hole of zeros.
func isBinary(b []byte) bool {
	b = bytes.TrimLeft(b, "\x00")
	control := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\x1b' && c != '\f' && c != '\b' {
			control++
		}
	}
	return control*20 > len(b) || (invalid(b)*5 > len(b) && !isGB18030(b))
}

// invalid counts the bytes that are no UTF-8.
func invalid(b []byte) (n int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		b = b[size:]
	}
	return n
}

// isGB18030 reports whether a head is Chinese text in GB18030 or GBK: no UTF-8, but without a fault when it
// is decoded so, and with common characters among what that gives.
func isGB18030(b []byte) bool {
	if invalid(b) < 4 {
		return false
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return false
	}
	faults, han, other := 0, 0, 0
	for _, r := range string(text) {
		switch {
		case r == utf8.RuneError:
			faults++
		case r >= 0x4E00 && r <= 0x9FFF || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF:
			han++
		case r >= 0x80:
			other++
		}
	}
	// The head may end inside a character.
	return faults <= 1 && han > 4*other
}

// Explain says in words what is wrong with a stream that failed after some decoded bytes.
func Explain(kind string, decoded int64, err error) string {
	if kind == Gzip {
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Sprintf("gzip stream is cut short after %d decoded bytes", decoded)
		case errors.Is(err, gzip.ErrChecksum):
			return fmt.Sprintf("gzip checksum is wrong after %d decoded bytes", decoded)
		case errors.Is(err, gzip.ErrHeader):
			return fmt.Sprintf("garbage follows the gzip stream after %d decoded bytes", decoded)
		}
		return fmt.Sprintf("gzip stream is damaged after %d decoded bytes: %v", decoded, err)
	}
	return fmt.Sprintf("reading failed after %d bytes: %v", decoded, err)
}
