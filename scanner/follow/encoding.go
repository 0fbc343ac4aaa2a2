package follow

import "bytes"

// The encodings that decide where a line ends. Those whose line breaks are the byte 0x0A, as GB18030, need no name.
const (
	encPlain = "utf-8"
	encLE    = "utf-16le"
	encBE    = "utf-16be"
)

func isUTF16(enc string) bool { return enc == encLE || enc == encBE }

// detect tells the encoding by the head of a file: by its mark, else by the zeros of characters below U+0100. It is ""
// while there is too little to tell.
func detect(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return encLE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return encBE
	}
	if len(head) > 0 && len(head) < 4 && (bytes.IndexByte(head, 0) >= 0 || head[0] >= 0xfe) {
		return ""
	}
	head = head[:min(len(head), 512)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	many := len(head) / 5 // 40 % of the units
	switch {
	case len(head) < 4 || zeros[0] > 0 && zeros[1] > 0:
	case zeros[1] > many:
		return encLE
	case zeros[0] > many:
		return encBE
	}
	return encPlain
}

// newline is what ends a line.
func newline(enc string) []byte {
	switch enc {
	case encLE:
		return []byte{'\n', 0}
	case encBE:
		return []byte{0, '\n'}
	}
	return []byte{'\n'}
}

// linesEnd returns the length of the complete lines in b, which begins between two characters.
func linesEnd(b []byte, enc string) int {
	if !isUTF16(enc) {
		return bytes.LastIndexByte(b, '\n') + 1
	}
	for b = b[:len(b)&^1]; len(b) > 0; b = b[:len(b)-2] {
		if bytes.HasSuffix(b, newline(enc)) {
			break
		}
	}
	return len(b)
}

func countLines(b []byte, enc string) (n int) {
	if !isUTF16(enc) {
		return bytes.Count(b, []byte{'\n'})
	}
	nl := newline(enc)
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == nl[0] && b[i+1] == nl[1] {
			n++
		}
	}
	return n
}
