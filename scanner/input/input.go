// Package input looks at the first bytes of an input and makes text of it.
//
// What an input is follows from its content, never from its name. [Open] reads plain text and
// gzip; of everything else it says what it is, so that nobody takes an unread archive for a clean
// log.
package input

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// The kinds of input.
const (
	Text   = "text"
	Gzip   = "gzip"
	Binary = "binary"
)

// A Stream is the decoded text of an input.
type Stream struct {
	Kind string
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
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(sniffLen)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, fmt.Errorf("gzip header: %w", err)
		}
		zr := bufio.NewReaderSize(z, 64<<10)
		inner, _ := zr.Peek(sniffLen)
		if err := unreadable(inner); err != nil {
			return nil, err
		}
		return &Stream{Gzip, zr}, nil
	}
	if err := unreadable(head); err != nil {
		return nil, err
	}
	return &Stream{Text, br}, nil
}

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
	return control*10 > len(b)
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
