package redact

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A mark is what stands in redacted text in place of a secret: [kind], [body 12 chars] or a
// pseudonym.

const (
	bodyOpen  = "[body "
	bodyClose = " chars]"
	maxMark   = len(bodyOpen) + maxBodyDigits + len(bodyClose)

	maxBodyDigits = 9 // more is no length but perhaps a phone number
)

// appendMark appends what replaces the raw text of a kind.
func (r *Redactor) appendMark(b []byte, kind Kind, raw string) []byte {
	switch kind {
	case User, Device, Group, Host:
		return r.appendPseudonym(b, kind, raw)
	case Body:
		return appendBody(b, raw)
	}
	b = append(b, '[')
	b = append(b, kind...)
	return append(b, ']')
}

func appendBody(b []byte, raw string) []byte {
	b = append(b, bodyOpen...)
	b = strconv.AppendInt(b, int64(min(utf8.RuneCountInString(raw), 999_999_999)), 10)
	return append(b, bodyClose...)
}

// markLen returns the length of the mark that s begins with, or 0.
func markLen(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case '[':
		return bracketLen(s)
	case 'u':
		return pseudonymLen(s, User)
	case 'd':
		return pseudonymLen(s, Device)
	case 'g':
		return pseudonymLen(s, Group)
	case 'h':
		return pseudonymLen(s, Host)
	}
	return 0
}

func bracketLen(s string) int {
	for i := range kindInfos {
		k := string(kindInfos[i].Kind)
		if len(s) > len(k)+1 && s[1:len(k)+1] == k && s[len(k)+1] == ']' {
			return len(k) + 2
		}
	}
	rest, ok := strings.CutPrefix(s, bodyOpen)
	if !ok {
		return 0
	}
	n := 0
	for n < len(rest) && isDigit(rest[n]) {
		n++
	}
	if n == 0 || n > maxBodyDigits || !strings.HasPrefix(rest[n:], bodyClose) {
		return 0
	}
	return len(bodyOpen) + n + len(bodyClose)
}

func pseudonymLen(s string, kind Kind) int {
	n := len(kind) + 9
	if len(s) < n || s[:len(kind)] != string(kind) || s[len(kind)] != '-' {
		return 0
	}
	for i := len(kind) + 1; i < n; i++ {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'f') {
			return 0
		}
	}
	if len(s) > n && isWord(s[n]) {
		return 0
	}
	return n
}

// insideMark reports whether a mark covers the byte at p.
func insideMark(s string, p int) bool {
	for q := max(0, p-maxMark); q <= p; q++ {
		if n := markLen(s[q:]); n > 0 && q+n > p {
			return true
		}
	}
	return false
}
