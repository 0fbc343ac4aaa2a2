package envelope

import "bytes"

// hit opens a document of Elasticsearch or OpenSearch: an answer's hit, a line of elasticdump. What was logged is in
// _source, or where that is left out in the arrays of fields.
func (u *unwrapper) hit(r *Reader) {
	o, in := &u.outer, &u.inner
	source := o.at(kSource)
	if !isObject(source) || !in.parse(source) || len(in.fields) == 0 {
		source = o.at(kFields)
		if !isObject(source) || !in.parse(source) {
			u.whole(r, o, u.when(o), u.hostOf(o))
			return
		}
	}
	m, host := u.when(in), u.hostOf(in)
	if f := o.at(kFields); !m.known && isObject(f) {
		m = readMoment(inside(first(member(f, "@timestamp", true))))
	}
	if _, ok := u.message(in); !ok {
		r.open(m, host)
		r.out.buf = appendOneLine(r.out.buf, source)
		r.out.end()
		return
	}
	u.fields(r, in, m, host)
}

// answered opens a result of CLS SearchLog: what was logged is JSON in a string, or the raw text.
func (u *unwrapper) answered(r *Reader) {
	o, in := &u.outer, &u.inner
	m, host := u.when(o), u.hostOf(o)
	text, ok := unescape(u.nested[:0], inside(o.at(kLogJSON)))
	u.nested = text
	if ok && in.parse(text) {
		if _, has := u.message(in); has {
			if !m.known {
				m = u.when(in)
			}
			u.fields(r, in, m, host)
			return
		}
	}
	if raw := o.at(kRawLog); isString(raw) && len(raw) > 2 {
		if raw, ok := unescape(u.text[:0], inside(raw)); ok {
			u.text = raw
			u.say(r, m, host, raw)
			r.out.end()
			return
		}
	}
	if len(text) == 0 || !ok {
		u.whole(r, o, m, host)
		return
	}
	r.open(m, host)
	r.out.buf = appendOneLine(r.out.buf, text)
	r.out.end()
}

// journal opens an entry of journalctl -o json. MESSAGE is text, an array of its bytes where it is no UTF-8, an array
// of both where an entry has several, and null where it was too long for journalctl.
func (u *unwrapper) journal(r *Reader) {
	o := &u.outer
	m, host := readMoment(inside(o.at(kJournalTime))), u.hostOf(o)
	v := o.at(kJournalMessage)
	switch {
	case isString(v):
		u.fields(r, o, m, host)
		return
	case isArray(v):
		if text, ok := journalText(u.text[:0], v); ok {
			u.text = text
			u.say(r, m, host, text)
			r.out.end()
			return
		}
	}
	u.whole(r, o, m, host)
}

// journalText appends the text of an array: bytes, or lines of texts and such arrays.
func journalText(dst, v []byte) (_ []byte, ok bool) {
	i := blanks(v, 1)
	for lines := 0; i < len(v) && v[i] != ']'; {
		to := valueEnd(v, i)
		if to <= i {
			return dst, false
		}
		item := v[i:to]
		switch n, end := number(item, 0, 1, 3); {
		case end == len(item) && n < 256:
			dst = append(dst, byte(n))
		case isString(item), isArray(item):
			if lines++; lines > 1 {
				dst = append(dst, '\n')
			}
			if isString(item) {
				dst, ok = unescape(dst, inside(item))
			} else {
				dst, ok = journalBytes(dst, item)
			}
			if !ok {
				return dst, false
			}
		default:
			return dst, false
		}
		if i = blanks(v, to); i < len(v) && v[i] == ',' {
			i = blanks(v, i+1)
		}
	}
	return dst, true
}

// journalBytes appends the bytes of an array of numbers.
func journalBytes(dst, v []byte) (_ []byte, ok bool) {
	for item := range bytes.SplitSeq(bytes.Trim(v, "[]"), []byte(",")) {
		item = bytes.TrimSpace(item)
		n, end := number(item, 0, 1, 3)
		if end != len(item) || n > 255 {
			return dst, false
		}
		dst = append(dst, byte(n))
	}
	return dst, true
}
