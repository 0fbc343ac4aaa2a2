package redact

import "strings"

// nulls stand where a value is missing, prose begins a sentence about it, and particles do only
// behind a space: userid=a is an id.
var (
	nulls     = wordSet("null nil none undefined nan true false unknown 0 -1 - (null) <nil> [] {}")
	prose     = wordSet("empty expired invalid missing required error failed failure success wrong illegal incorrect not must should cannot too length type check checking verify verified denied refused default string number object optional mismatch absent exist exists existed need needs found")
	particles = wordSet("ok yes no is are can has have was had a an the len for and or in of with by from to")
)

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func isNull(v string) bool { return len(v) < maxVoid && nulls[strings.ToLower(v)] }

// isVoid reports whether an unquoted value is none.
func isVoid(v string, spaced bool) bool {
	if len(v) >= maxVoid {
		return false
	}
	v = strings.ToLower(v)
	return nulls[v] || prose[v] || spaced && particles[v]
}

// maxVoid is longer than any word that stands for no value.
const maxVoid = 16

// isCode reports whether a bare number is more likely a code than a secret.
func isCode(v string) bool {
	v = strings.TrimPrefix(v, "-")
	return len(v) <= 6 && countDigits(v) == len(v)
}

func countDigits(v string) (n int) {
	for i := range len(v) {
		if isDigit(v[i]) {
			n++
		}
	}
	return n
}

func hasAlnum(v string) bool {
	for i := range len(v) {
		if isWord(v[i]) || v[i] >= 0x80 {
			return true
		}
	}
	return false
}

// isPlainWord reports whether v is small letters only, as no generated secret is.
func isPlainWord(v string) bool {
	for i := range len(v) {
		if v[i]-'a' >= 26 {
			return false
		}
	}
	return true
}

// tokenByte reports whether c would continue an unquoted value.
func tokenByte(c byte) bool {
	return c > ' ' && strings.IndexByte("\"'`|&<>\\,;()[]{}:=.!?", c) < 0 && c < 0x80
}
