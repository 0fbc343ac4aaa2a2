package input

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// runes counts the bytes of b that are no UTF-8, and the characters of several bytes that are.
func runes(b []byte) (invalid, wide int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			invalid++
		} else {
			wide++
		}
		b = b[size:]
	}
	return invalid, wide
}

// mostlyInvalid reports whether too much of a head is no UTF-8 for it to be text with torn writes.
func mostlyInvalid(b []byte) bool {
	invalid, _ := runes(b)
	return invalid*5 > len(b)
}

// isGB18030 reports whether a head is Chinese text in GB18030 or GBK: not UTF-8 but for torn writes, all but
// without a fault when it is decoded so, and with common characters among what that gives.
func isGB18030(b []byte) bool {
	// Of two Chinese characters in GBK about one byte passes for UTF-8 by chance; of UTF-8, all but torn ones do.
	if invalid, wide := runes(b); invalid < 4 || invalid < 2*wide {
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
	return faults <= 1+han/50 && han > 4*other && frequent(b) > han/2
}

// frequent counts the pairs of bytes that are symbols or the more frequent characters, which GB 2312 has in its first
// rows. Nearly all of a Chinese text is among them, and no letter with an accent of a European one.
func frequent(b []byte) (n int) {
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 < len(b) && b[i+1] >= 0xA1 && (b[i] >= 0xA1 && b[i] <= 0xA3 || b[i] >= 0xB0 && b[i] <= 0xD7) {
			n++
		}
		i++ // either way the second byte of a pair
	}
	return n
}

// utf16Of tells UTF-16 without a mark by its zeros: every ASCII character has one, always on the same side. It returns
// "" for anything else, such as the hole of zeros that copytruncate leaves.
func utf16Of(b []byte) string {
	b = b[:len(b)&^1]
	zeros := [2]int{}
	both, ascii := 0, [2]int{}
	for i := 0; i < len(b); i += 2 {
		hi, lo := b[i], b[i+1]
		switch {
		case hi == 0 && lo == 0:
			both++
		case hi == 0:
			zeros[0]++
			if isPlain(lo) {
				ascii[0]++
			}
		case lo == 0:
			zeros[1]++
			if isPlain(hi) {
				ascii[1]++
			}
		}
	}
	pairs := len(b) / 2
	for side, name := range []string{UTF16BE, UTF16LE} {
		if z := zeros[side]; z >= 2 && z*10 >= pairs && ascii[side]*20 >= z*19 && zeros[1-side]*10 <= z && both*50 <= pairs {
			return name
		}
	}
	return ""
}

// isPlain reports whether a byte is an ASCII character of a log.
func isPlain(c byte) bool {
	return c >= ' ' && c < 0x7F || c == '\t' || c == '\n' || c == '\r' || c == 0x1B
}
