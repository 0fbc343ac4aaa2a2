package redact

import "strings"

// maxLocal and maxDomain are the bounds of an address by RFC 5321.
const (
	maxLocal  = 64
	maxDomain = 255
)

// at looks at the @ at i, or at its escape %40 of the given width: an e-mail address, the
// credentials of a URL, a group id.
func (x *scan) at(i, width int) int {
	s := x.s
	if hasAt(s, i, "@TGS#") {
		if x.kinds.has(Group) && !insideMark(s, i) {
			return x.emit(i, bareEnd(s, i, 0, Group), Group)
		}
		return i + width
	}
	if start := credentials(s, i); start > 0 {
		if x.kinds.has(Token) && start >= x.done {
			return x.emit(start, i, Token)
		}
		return i + width
	}
	start := i
	for start > x.done && i-start < maxLocal && localByte(s[start-1]) {
		start--
	}
	for start < i && !isWord(s[start]) {
		start++
	}
	end := domainEnd(s, i+width)
	if start == i || end == 0 || s[start:i] == "git" {
		return i + width
	}
	return max(x.emit(start, end, Email), i+width)
}

// credentials returns where user:password begins before the @ of a URL, or 0.
func credentials(s string, i int) int {
	colon := false
	for j := i; j > 2 && i-j < 128; j-- {
		c := s[j-1]
		if c == '/' {
			if hasAt(s, j-3, "://") && colon && markLen(s[j:]) != i-j {
				return j
			}
			return 0
		}
		if c <= ' ' || strings.IndexByte(`"'<>|`, c) >= 0 {
			return 0
		}
		colon = colon || c == ':'
	}
	return 0
}

func localByte(c byte) bool { return isWord(c) || strings.IndexByte(".%+-", c) >= 0 }

// files are what stands behind the dot of icon@2x.png and chat@next.tgz.
var files = map[string]bool{
	"png": true, "jpg": true, "jpeg": true, "gif": true, "webp": true, "svg": true, "js": true, "mjs": true, "ts": true, "map": true,
	"json": true, "tgz": true, "gz": true, "zip": true, "so": true, "log": true, "html": true, "vue": true, "css": true, "plist": true,
}

// domainEnd returns the end of the domain name at i, or 0: labels, the last of which is a
// word of letters.
func domainEnd(s string, i int) int {
	end, labels := 0, 0
	for j := i; j < len(s) && j-i < maxDomain; {
		from := j
		for j < len(s) && j-i < maxDomain && (isDigit(s[j]) || isLetter(s[j]) || s[j] == '-') {
			j++
		}
		if j == from {
			break
		}
		labels++
		if n := letters(s[from:j]); labels > 1 && n >= 2 && !files[strings.ToLower(s[from:from+n])] {
			end = from + n
		}
		if j >= len(s) || s[j] != '.' {
			break
		}
		j++
	}
	return end
}

// letters counts the letters that s begins with.
func letters(s string) int {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	return n
}
