package redact

import "strings"

// In the URLs and forms of access logs, JSON and queries stand with percent escapes, sometimes
// only of the quotes: browsers leave : and , as they are.

// escaped looks at the % at i: if it begins the separator behind a known key, with or without the
// key's closing quote, the value is recorded. It returns where the pass goes on.
func (x *scan) escaped(i int) int {
	s := x.s
	key, quote := i, hasAt(s, i, "%22")
	sep := i
	var width int
	if quote {
		sep += 3
		for n := 0; n < maxDeep && key >= 3 && escapeAt(s, key-3, "5C"); n++ {
			key -= 3
		}
	}
	colon := escapeAt(s, sep, "3A")
	switch {
	case colon, !quote && escapeAt(s, sep, "3D"):
		width = 3
	case quote && hasAt(s, sep, ":"):
		width = 1
	default:
		return i + 1
	}
	k := keyBefore(s, key, false)
	if k.n >= 2 && k.start > 0 && s[k.start-1] == '%' && key-k.start >= 2 {
		k.read(s, k.start+2, key) // %22UserSig: the digits are of the escape
	}
	if k.n == 0 || k.start < x.done {
		return i + 1
	}
	r, ok := ruleOf(s, &k)
	// A bare key before an escaped colon may be prose that somebody escaped.
	if !ok || !quote && colon && r.flags&(tight|quoted|text|label|content) != 0 || !x.kinds.has(r.kind) && !idKinds.has(r.kind) {
		return i + 1
	}
	if r.flags&(inMsg|capital|small|content) != 0 && !x.inMessage(r, &k) {
		return i + 1
	}
	start := sep + width
	for range maxGap {
		switch {
		case hasAt(s, start, "+"), hasAt(s, start, " "):
			start++
		case hasAt(s, start, "%20"):
			start += 3
		}
	}
	if start < x.keepTo && !secretKinds.has(r.kind) {
		return i + 1
	}
	if r.flags&list != 0 && (escapeAt(s, start, "5B") || hasAt(s, start, "[")) {
		return max(x.escapedList(r, start), i+1)
	}
	return max(x.escapedValue(r, start), i+1)
}

// escapedList records the quoted values of a list that opens at i.
func (x *scan) escapedList(r rule, i int) int {
	s := x.s
	for escapeAt(s, i, "5B") || escapeAt(s, i, "2C") || hasAt(s, i, "[") || hasAt(s, i, ",") {
		if i++; s[i-1] == '%' {
			i += 2
		}
		for hasAt(s, i, "+") {
			i++
		}
		from := i
		if i = x.escapedValue(r, i); i == from {
			return i
		}
	}
	return i
}

// escapedValue records the value at i, quoted by %22 or bare, and returns where the text goes on.
func (x *scan) escapedValue(r rule, i int) int {
	s := x.s
	open, deep := i, 0
	for deep < maxDeep && escapeAt(s, open, "5C") {
		open, deep = open+3, deep+1
	}
	if !hasAt(s, open, "%22") {
		if r.flags&quoted != 0 || markLen(s[i:]) > 0 {
			return i
		}
		end := escapedEnd(s, i, -1)
		raw := s[i:end]
		if len(raw) < r.min || isVoid(raw, !idKinds.has(r.kind)) || !hasAlnum(raw) || escapeAt(raw, 0, "5B") || escapeAt(raw, 0, "7B") ||
			r.flags&password == 0 && secretKinds.has(r.kind) && isCode(raw) {
			return i
		}
		return x.value(r, i, end, end)
	}
	open += 3
	if n := markLen(s[open:]); n > 0 {
		return open + n // its space would end the value
	}
	end := escapedEnd(s, open, deep)
	raw := s[open:end]
	if len(raw) < r.min || isNull(raw) ||
		r.kind == Body && (escapeAt(raw, 0, "5B") || escapeAt(raw, 0, "7B")) && strings.Contains(raw[:min(len(raw), 200)], "Msg") {
		return open // empty, or an object whose keys are dealt with one by one
	}
	next := end
	for escapeAt(s, next, "5C") {
		next += 3
	}
	if hasAt(s, next, "%22") {
		next += 3
	}
	return x.value(r, open, end, next)
}

// maxDeep is more backslashes than the quotes of any JSON text in a JSON text in a log have.
const maxDeep = 7

// escapedEnd returns the end of the value at i: before a %22 with at most deep backslashes, or, of
// a bare value, for which deep is negative, before any escaped delimiter. What cannot stand
// in a URL ends both.
func escapedEnd(s string, i, deep int) int {
	slashes := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c <= ' ' || strings.IndexByte("\"'<>\\`|", c) >= 0, deep < 0 && strings.IndexByte("&,;=:()[]{}", c) >= 0:
			return i
		case c != '%':
			slashes = 0
			i++
		case deep < 0 && len(s)-i > 2 && delimiters[strings.ToUpper(s[i+1:i+3])]:
			return i
		case escapeAt(s, i, "5C"):
			slashes++
			i += 3
		case hasAt(s, i, "%22") && slashes <= deep:
			return i - 3*slashes
		default:
			slashes = 0
			i++
		}
	}
	return i
}

// delimiters are the escapes that end a bare value: space " & , ; [ \ ] { | } and line ends.
var delimiters = map[string]bool{
	"20": true, "22": true, "26": true, "2C": true, "3B": true, "5B": true, "5C": true, "5D": true, "7B": true, "7C": true, "7D": true, "0A": true, "0D": true,
}

// escapeAt reports whether the escape of the two hex digits, given in capitals, stands at i.
func escapeAt(s string, i int, hex string) bool {
	return i >= 0 && len(s)-i > 2 && s[i] == '%' && s[i+1] == hex[0] && (s[i+2] == hex[1] || s[i+2] == hex[1]|0x20)
}
