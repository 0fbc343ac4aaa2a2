package envelope

// entry gives out an entry whose fields are all there.
func (j *journalExport) entry(r *Reader) {
	if j.spoken {
		j.u.say(r, j.when, j.host, j.text)
		r.out.end()
	}
	if news := (beside{message: j.text}); len(j.extra) > 0 && news.addsNumber(j.extra, 1) {
		r.out.begin(j.when, j.host)
		r.out.buf = append(append(append(r.out.buf, '{'), j.extra...), '}')
		r.out.end()
	}
	j.text, j.extra = j.text[:0], j.extra[:0]
	j.when, j.host, j.spoken = moment{}, "", false
}

// isFieldName reports whether a name is one of the journal's: upper-case letters, digits and underscores.
func isFieldName(b []byte) bool {
	if len(b) == 0 || len(b) > 64 || isDigit(b[0]) {
		return false
	}
	for _, c := range b {
		if !isDigit(c) && (c < 'A' || c > 'Z') && c != '_' {
			return false
		}
	}
	return true
}

// appendMember appends a member of a JSON object with a text as its value.
func appendMember(dst, key, value []byte) []byte {
	if len(dst) > 0 {
		dst = append(dst, ',')
	}
	dst = append(appendString(dst, key), ':')
	return appendString(dst, value)
}

// appendString appends a text as a JSON string. Bytes that are no UTF-8 stay as they are.
func appendString(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c < ' ':
			dst = append(dst, `\u00`...)
			dst = append(dst, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
