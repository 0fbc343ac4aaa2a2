package envelope

import "bytes"

// Fields beside a message may present a result of IM that the message does not name: then the element is more than its
// message. It is enough to know that they might; what they are is for extractors to say.

// A beside looks at what stands beside a message.
type beside struct {
	message []byte
	checks  int // numbers that were looked for in the message
}

// maxChecks bounds the search: with more numbers beside a message, it is taken for granted that one is new.
const maxChecks = 64

// maxKey is how long a key may be that names a result, without its separators.
const maxKey = 32

// namesResult returns how many digits a number in a member of that name has at least if it is a result of IM: one for
// code, errorCode, error_code, im.errCode and their like, more in the text of an error, and 0 if the member holds none.
func namesResult(key []byte) int {
	if len(key) > 2*maxKey {
		return 0
	}
	var room [2 * maxKey]byte
	k := room[:0]
	for _, c := range key {
		switch {
		case c == '.' || c == ':':
			k = k[:0] // what counts is the last word of a path
		case c == '_' || c == '-' || c == ' ':
		case 'A' <= c && c <= 'Z':
			k = append(k, c|0x20)
		default:
			k = append(k, c)
		}
	}
	switch string(k) {
	case "code", "errno", "imcode", "timcode", "sdkcode", "subcode", "bizcode", "ret", "errid", "错误码":
		return 1
	case "err", "error", "errorinfo", "errinfo", "errormsg", "errmsg", "errormessage":
		return leastInText
	}
	for _, suffix := range [...]string{"errorcode", "errcode", "resultcode", "retcode", "returncode", "failcode", "respcode"} {
		if bytes.HasSuffix(k, []byte(suffix)) {
			return 1
		}
	}
	return 0
}

// leastInText is how many digits a code in a text has.
const leastInText = 4

// addsResult reports whether a member presents a result with a number that the message does not hold.
func (s *beside) addsResult(key, value []byte) bool {
	switch {
	case isObject(value), isArray(value):
		return s.holdsResult(value)
	case isString(value) && speaksOfCode(inside(value)):
		return s.addsNumber(inside(value), leastInText)
	}
	least := namesResult(key)
	return least > 0 && s.addsNumber(inside(value), least)
}

// holdsResult looks at the members of a container at any depth, and at the texts in it.
func (s *beside) holdsResult(b []byte) bool {
	for i := 0; i < len(b); i++ {
		if b[i] != '"' {
			continue
		}
		end := stringEnd(b, i+1)
		if end < 0 {
			return false
		}
		text := b[i+1 : end]
		i = end
		if next := blanks(b, end+1); next < len(b) && b[next] == ':' {
			least := namesResult(text)
			if least == 0 {
				continue
			}
			from := blanks(b, next+1)
			if from < len(b) && (b[from] == '{' || b[from] == '[') {
				continue
			}
			if to := valueEnd(b, from); to > from && s.addsNumber(inside(b[from:to]), least) {
				return true
			}
			continue
		}
		if speaksOfCode(text) && s.addsNumber(text, leastInText) {
			return true
		}
	}
	return false
}

// speaksOfCode reports whether a text could name a code.
func speaksOfCode(text []byte) bool {
	if len(text) < 8 {
		return false
	}
	for _, word := range [...]string{"ode", "CODE", "errno", "rror", "错误", "ailed"} {
		if bytes.Contains(text, []byte(word)) {
			return true
		}
	}
	return false
}

// addsNumber reports whether a text holds a number of that many digits or more, as codes are, that the message does
// not hold.
func (s *beside) addsNumber(text []byte, least int) bool {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		from := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		if n := i - from; n < least || n > 8 {
			continue
		}
		if s.checks++; s.checks > maxChecks || !holdsNumber(s.message, text[from:i]) {
			return true
		}
	}
	return false
}

// holdsNumber reports whether the digits stand in b as a number of their own.
func holdsNumber(b, digits []byte) bool {
	for at := 0; ; {
		i := bytes.Index(b[at:], digits)
		if i < 0 {
			return false
		}
		i += at
		at = i + len(digits)
		if (i == 0 || !isDigit(b[i-1])) && (at == len(b) || !isDigit(b[at])) {
			return true
		}
	}
}

// hasLongNumber reports whether b has four digits in a row, without which it names no code.
func hasLongNumber(b []byte) bool {
	run := 0
	for _, c := range b {
		if !isDigit(c) {
			run = 0
		} else if run++; run == leastInText {
			return true
		}
	}
	return false
}
