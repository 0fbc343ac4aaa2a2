package redact

import "strings"

// pair looks at the separator of the given width at i: if a known key stands before it, its
// value is recorded. It returns where the pass goes on.
func (x *scan) pair(i, width int) int {
	s := x.s
	after := i + width
	if i == 0 || after >= len(s) || s[i] == ':' && (s[after] == ':' || hasAt(s, after, "//")) {
		if x.kinds.has(Host) && hasAt(s, after, "//") {
			return x.urlHost(after + 2)
		}
		return after
	}
	arrow := s[i] == '=' && s[after] == '>'
	if arrow {
		after++
	}
	if c := s[i-1]; isDigit(c) && (i < 2 || isDigit(s[i-2])) {
		return i + width // 17:36:33, the most frequent case of all
	}
	k := keyBefore(s, i, arrow)
	r, ok := ruleOf(s, &k)
	if !ok || k.start < x.done && x.done <= i {
		return i + width
	}
	if r.flags&(inMsg|capital|small) != 0 && !x.inMessage(r, &k) {
		return i + width
	}
	if !x.kinds.has(r.kind) && !idKinds.has(r.kind) {
		return i + width
	}
	start := x.valueStart(after, arrow)
	if start >= len(s) {
		return start
	}
	if start < x.keepTo && !secretKinds.has(r.kind) {
		return i + width
	}
	if r.flags&content != 0 && !x.contentAt(r, &k, s[i], start) {
		return i + width
	}
	spaced := start > after && s[i] != '='
	if quote, slashes, open := quoteAt(s, start); quote != 0 {
		return x.quotedPair(r, x.quotedValue(open, quote, slashes, k.doubled, !k.quote || arrow))
	}
	if r.flags&sent != 0 && !x.sentTo(&k, start) {
		return i + width
	}
	if r.flags&quoted != 0 || r.flags&tight != 0 && spaced && !k.quote {
		return i + width
	}
	if n := markLen(s[start:]); n > 0 && r.flags&(text|cookie) == 0 && (start+n == len(s) || !tokenByte(s[start+n])) {
		return start + n
	}
	switch {
	case r.flags&text != 0:
		return x.bareBody(r, &k, s[i], start, spaced)
	case r.flags&cookie != 0:
		end := cookieEnd(s, start)
		if markLen(s[start:end]) == end-start {
			return end
		}
		return x.emit(start, end, r.kind)
	case r.flags&list != 0 && (s[start] == '[' || s[start] == '('):
		return x.elements(r, start+1, len(s))
	case s[start] == '<' && r.kind == Token: // iOS prints <740f4707 bebcf74f …>
		if end := strings.IndexByte(s[start:min(len(s), start+200)], '>'); end > 8 {
			return x.emit(start+1, start+end, r.kind)
		}
	}
	return x.bare(r, start, i+width, spaced)
}

// quotedPair records a quoted value.
func (x *scan) quotedPair(r rule, v value) int {
	raw := x.s[v.start:v.end]
	switch {
	case r.kind == Body && r.flags&text != 0 && nested(raw):
		return v.start // the keys inside are dealt with one by one
	case len(raw) < r.min, markLen(raw) == len(raw):
		return v.next
	case idKinds.has(r.kind) && (isNull(raw) || !hasAlnum(raw)):
		return v.next
	case r.flags&prefixed == 0 && r.flags&list != 0 && strings.ContainsAny(raw[:min(len(raw), 1024)], ",;"):
		x.elements(r, v.start, v.end)
		return v.next
	}
	if r.kind == Token {
		v.start = skipScheme(x.s, v.start)
	}
	if markLen(x.s[v.start:]) == v.end-v.start {
		return v.next
	}
	return x.value(r, v.start, v.end, v.next)
}

// nested reports whether a quoted message is a JSON text with elements of its own.
func nested(raw string) bool {
	return len(raw) > 1 && (raw[0] == '[' && strings.IndexByte(raw[1:min(len(raw), 8)], '{') >= 0 || raw[0] == '{') &&
		strings.Contains(raw[:min(len(raw), 200)], "Msg")
}

// bare records an unquoted value, or leaves it if it says that there is none.
func (x *scan) bare(r rule, start, skip int, spaced bool) int {
	s := x.s
	if r.kind == Token {
		start = skipScheme(s, start)
		if n := markLen(s[start:]); n > 0 {
			return start + n
		}
	}
	var end int
	switch {
	case r.flags&label == 0:
		end = bareEnd(s, start, r.flags, r.kind)
	case keyAhead(s, start):
		return skip // nick= code=1: it is empty
	default:
		end = x.labelEnd(start)
	}
	raw := s[start:end]
	if len(raw) < r.min || isVoid(raw, spaced || !idKinds.has(r.kind)) || !hasAlnum(raw) || r.flags&password == 0 && secretKinds.has(r.kind) && isCode(raw) {
		return skip
	}
	if spaced && r.flags&password == 0 && secretKinds.has(r.kind) && len(raw) < 16 && isPlainWord(raw) {
		return skip // prose: without the private key: report
	}
	if r.kind == Phone && countDigits(raw) < r.min {
		return skip
	}
	if end < len(s) && (s[end] == ':' || s[end] == '=') && (structural(raw) || s[end] == '=') {
		return skip // the value is empty: userid: tinyid: 0
	}
	return x.value(r, start, end, end)
}

// value records one value that passed every test. A kind that is shown on request is kept whole,
// so that no other rule eats into it.
func (x *scan) value(r rule, start, end, next int) int {
	kind := r.kind
	if r.flags&prefixed != 0 {
		raw := x.s[start:end]
		switch {
		case hasAt(raw, 0, "C2C"):
			start += 3
		case hasAt(raw, 0, "c2c_"):
			start += 4
		case hasAt(raw, 0, "GROUP"):
			start, kind = start+5, Group
		case hasAt(raw, 0, "group_"):
			start, kind = start+6, Group
		default:
			return start
		}
	} else if kind == User && hasAt(x.s, start, "@TGS#") {
		kind = Group
	}
	if markLen(x.s[start:end]) == end-start {
		return next
	}
	if kind == Host && !ownHost(x.s[start:end]) {
		return start
	}
	if !x.kinds.has(kind) && idKinds.has(kind) {
		x.keepTo = end
		return start
	}
	if x.emit(start, end, kind) == end {
		return next
	}
	return start
}

// skipScheme steps over the scheme of an Authorization value.
func skipScheme(s string, i int) int {
	for _, scheme := range []string{"Bearer ", "Basic ", "Digest ", "bearer ", "basic "} {
		if hasAt(s, i, scheme) {
			i += len(scheme)
			for i < len(s) && s[i] == ' ' {
				i++
			}
			return i
		}
	}
	return i
}
