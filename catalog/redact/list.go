package redact

import "strings"

// elements records the ids of a list between commas or spaces up to the end, a closing bracket or
// something that is no id.
func (x *scan) elements(r rule, i, end int) int {
	s := x.s[:end]
	for i < len(s) {
		for i < len(s) && (isSpace(s[i]) || s[i] == ',' || s[i] == ';') {
			i++
		}
		if i >= len(s) || strings.IndexByte("{}])", s[i]) >= 0 {
			return i
		}
		from := i
		if quote, slashes, open := quoteAt(s, i); quote != 0 {
			v := x.quotedValue(open, quote, slashes, hasAt(s, open, `"`), false)
			if v.end = min(v.end, end); v.end > v.start && !isNull(s[v.start:v.end]) {
				x.value(r, v.start, v.end, v.next)
			}
			i = v.next
		} else if n := markLen(s[i:]); n > 0 {
			i += n
		} else {
			stop := bareEnd(s, i, r.flags, r.kind)
			if stop > i && !isNull(s[i:stop]) && !(stop < len(s) && s[stop] == '=') {
				x.value(r, i, stop, stop)
			}
			i = stop
		}
		if i <= from {
			return from
		}
	}
	return i
}
