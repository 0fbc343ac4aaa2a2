package redact

import (
	"strings"
	"unicode/utf8"
)

// minNumber is the length from which an id of digits is taken for a user without a key before it;
// shorter ones may be codes, lines, ports or costs.
const minNumber = 7

// words records a known id wherever it stands as a whole word, and behind the prefix of a
// conversation id.
func (x *scan) words(id string) {
	if len(id) < 2 || !utf8.ValidString(id) || isNull(id) || markLen(id) == len(id) {
		return
	}
	number := countDigits(id) == len(id)
	if number && len(id) < minNumber {
		return
	}
	_, isKey := keys[strings.ToLower(id)]
	isKey = isKey || structural(id)
	s := x.s
	for from := 0; ; {
		n := strings.Index(s[from:], id)
		if n < 0 {
			return
		}
		i := from + n
		j := i + len(id)
		from = i + 1
		switch {
		case !wordLeft(s, i, number) || !wordRight(s, j, number):
		case isKey && j < len(s) && strings.IndexByte(`:="'\ `, s[j]) >= 0:
			// Somebody is called "code", or "error"; the key must stay.
		case number && countedKey(s, i):
		case insideMark(s, i):
		default:
			x.spans = append(x.spans, Span{i, j, User})
			from = j
		}
	}
}

func wordLeft(s string, i int, number bool) bool {
	if i == 0 || !isWord(s[i]) {
		return true
	}
	for _, prefix := range []string{"C2C", "c2c_"} {
		if p := i - len(prefix); p >= 0 && s[p:i] == prefix && (p == 0 || !isWord(s[p-1])) {
			return true
		}
	}
	c := s[i-1]
	return !isWord(c) && !(number && i > 1 && strings.IndexByte(".-:", c) >= 0 && isDigit(s[i-2]))
}

func wordRight(s string, j int, number bool) bool {
	if j >= len(s) || !isWord(s[j-1]) {
		return true
	}
	c := s[j]
	return !isWord(c) && !(number && j+1 < len(s) && strings.IndexByte(".-:", c) >= 0 && isDigit(s[j+1]))
}
