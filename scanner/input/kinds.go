package input

import (
	"bufio"
	"bytes"
	"io"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// KindText is the kind of a text that lies there as it is.
const KindText = "text"

// kindBinary is what a folder or an archive may hold without anybody missing a log.
const kindBinary = "binary file"

// A kind is one thing that an input can be. One of codec, list and text says how it is read; without
// any, it is known but not read, and hint says what the user can do.
type kind struct {
	name  string
	match func(head []byte) bool
	codec codec                  // a compressor
	list  func(*archive) listing // an archive
	at    bool                   // an archive that cannot be read from front to back
	text  stage                  // something that text is made of
	hint  string
}

// A stage makes UTF-8 text of the bytes of an input. What it has to say of them goes to the health of o, also while the
// text is read; an error of the text is a *damage or one of r. It does not keep r beyond the text.
type stage func(p *opener, o *opened, r *bufio.Reader) (io.Reader, error)

// kinds is everything that is known by its first bytes, in the order in which they are looked at. What is
// none of these is text, or a binary.
var kinds = []kind{
	{name: "gzip", match: prefix("\x1f\x8b"), codec: gunzip},
	{name: "zstd", match: isZstd, codec: unzstd},
	{name: "bzip2", match: isBzip2, codec: bunzip2},
	{name: "xz", match: prefix("\xfd7zXZ\x00"), codec: unxz},
	{name: "zip", match: isZip, list: listZip, at: true},
	{name: "tar", match: isTar, list: listTar},
	{name: "rar archive", match: prefix("Rar!\x1a\x07"), hint: "unpack it and scan the folder: unrar x FILE DIR/"},
	{name: "7z archive", match: prefix("7z\xbc\xaf\x27\x1c"), hint: "unpack it and scan the folder: 7z x -oDIR FILE"},
	{name: "lz4 file", match: prefix("\x04\x22\x4d\x18"), hint: "decompress it: lz4 -dc FILE | imtriage scan -"},
	{name: "compress file", match: prefix("\x1f\x9d"), hint: "decompress it: uncompress -c FILE | imtriage scan -"},
	{name: "xlog", match: xlog.Is, text: unxlog},
	{name: "clog", match: xlog.IsClog, text: unclog},
}

// kindOf returns what an input is by its first bytes, or nil.
func kindOf(head []byte) *kind {
	for i := range kinds {
		if kinds[i].match(head) {
			return &kinds[i]
		}
	}
	return nil
}

func prefix(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

// isZstd also takes a skippable frame, with which seekable files and those of pzstd begin.
func isZstd(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")) ||
		len(b) >= 4 && b[0]&0xF0 == 0x50 && bytes.Equal(b[1:4], []byte("\x2a\x4d\x18"))
}

// isBzip2 wants the first block too, or the end of an empty stream: a log may begin with BZh.
func isBzip2(b []byte) bool {
	return len(b) >= 10 && bytes.HasPrefix(b, []byte("BZh")) && b[3] >= '1' && b[3] <= '9' &&
		(bytes.Equal(b[4:10], []byte("1AY&SY")) || bytes.Equal(b[4:10], []byte("\x17\x72\x45\x38\x50\x90")))
}

// isZip takes the header of a member, the directory of an empty archive, and the mark of a split one.
func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte(localMagic)) || bytes.HasPrefix(b, []byte(endMagic)) ||
		bytes.HasPrefix(b, []byte("PK\x07\x08"+localMagic))
}

// isBinary tells binaries from logs, of UTF-8 or something like it. Logs may hold some control bytes (colours, torn
// writes); after copytruncate they begin with a hole of zeros, and those that are written through a mapping end with one.
func isBinary(b []byte) bool {
	b = bytes.Trim(b, "\x00")
	control := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\x1b' && c != '\f' && c != '\b' {
			control++
		}
	}
	return control*20 > len(b)
}
