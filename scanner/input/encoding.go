package input

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// The encodings of texts.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030" // with GBK and GB2312 in it
	GBK     = "gbk"
	UTF16   = "utf-16" // as its mark says, else as its zeros do, else little-endian
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// Encodings returns what [Options] may name, in the order of a help text.
func Encodings() []string { return []string{UTF8, GB18030, GBK, UTF16, UTF16LE, UTF16BE} }

// marks are byte order marks, which are no part of a text.
var marks = []struct{ mark, encoding string }{
	{"\xef\xbb\xbf", UTF8},
	{"\xff\xfe", UTF16LE},
	{"\xfe\xff", UTF16BE},
}

// A verdict says in which encoding a text is.
type verdict struct {
	encoding string
	mark     int  // bytes of its byte order mark
	guessed  bool // by the characters
}

// encodingOf finds the encoding of a text by its head; cut tells that the text goes on behind it. wanted is one
// of [Encodings], which then holds, or "". It is false for what is no text in any of them.
func encodingOf(head []byte, cut bool, wanted string) (v verdict, ok bool) {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.mark)) && fits(m.encoding, wanted) {
			v = verdict{encoding: m.encoding, mark: len(m.mark)}
			return v, !isBinary(v.decode(head))
		}
	}
	switch wanted {
	case "":
		v = guess(head, cut)
	case UTF16:
		if v = guess(head, cut); v.encoding != UTF16BE {
			v = verdict{encoding: UTF16LE}
		}
	default:
		v = verdict{encoding: wanted}
	}
	if v.encoding == UTF8 && wanted == "" && mostlyInvalid(head) {
		return v, false
	}
	return v, !isBinary(v.decode(head))
}

func fits(found, wanted string) bool {
	return wanted == "" || wanted == found || wanted == UTF16 && found != UTF8
}

// decoder returns what makes UTF-8 of the encoding, nil of UTF-8. What is no character of it becomes U+FFFD.
func (v verdict) decoder() *encoding.Decoder {
	switch v.encoding {
	case GB18030:
		return simplifiedchinese.GB18030.NewDecoder()
	case GBK:
		return simplifiedchinese.GBK.NewDecoder()
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return nil
}

// decode returns the head of a text without its mark in UTF-8.
func (v verdict) decode(head []byte) []byte {
	head = head[v.mark:]
	if d := v.decoder(); d != nil {
		head, _ = d.Bytes(head) // these decoders replace, they do not fail
	}
	return head
}

// guess tells the encoding by the characters.
func guess(head []byte, cut bool) verdict {
	if utf8.Valid(head) && bytes.IndexByte(head, 0) < 0 {
		return verdict{encoding: UTF8}
	}
	if e := utf16Of(head); e != "" {
		return verdict{encoding: e, guessed: true}
	}
	if cut {
		head = trimRune(head)
	}
	if isGB18030(head) {
		return verdict{encoding: GB18030, guessed: true}
	}
	return verdict{encoding: UTF8}
}

// trimRune takes a last character away that may be cut.
func trimRune(b []byte) []byte {
	for range 3 {
		if len(b) == 0 || b[len(b)-1] < 0x80 {
			break
		}
		b = b[:len(b)-1]
	}
	return b
}
