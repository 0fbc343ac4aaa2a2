package envelope

import "bytes"

// An unwrapper opens elements that are JSON. Its buffers are used again for the next element.
type unwrapper struct {
	outer, inner object
	text         []byte // of the message
	made         []byte // a line of JSON, or a trace
	nested       []byte // JSON that was in a string
	host         hostName
	timer        timer
}

// element opens the element b of an array or document, or passes it on.
func (u *unwrapper) element(r *Reader, b []byte) {
	switch {
	case isString(b):
		if text, ok := unescape(u.text[:0], inside(b)); ok {
			u.text = text
			r.open(moment{}, "")
			r.out.buf = append(r.out.buf, text...)
			r.out.end()
			return
		}
	case isObject(b) && u.outer.parse(b):
		if !u.object(r) {
			u.generic(r, b)
		}
		return
	}
	r.report.Strays++
	r.out.begin(moment{}, "")
	r.out.buf = appendOneLine(r.out.buf, b)
	r.out.end()
}

// line opens a line of JSON; false if it is no carrier's.
func (u *unwrapper) line(r *Reader, line []byte) bool {
	if len(line) == 0 {
		return true
	}
	b := chomp(line)
	if len(b) > 0 && b[0] == recordSeparator {
		b = b[1:]
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return false
	}
	return u.outer.parse(b) && u.object(r)
}

// recordSeparator begins each record of a JSON text sequence (RFC 7464).
const recordSeparator = 0x1E

// object opens the object that was parsed last; false if it is no carrier's.
func (u *unwrapper) object(r *Reader) bool {
	o := &u.outer
	switch shapeOf(o) {
	case None:
		return false
	case Elastic:
		u.hit(r)
	case CLS:
		if o.has(kLogJSON, kRawLog) {
			u.answered(r)
			return true
		}
		u.fields(r, o, u.when(o), u.hostOf(o))
	case Loki:
		u.fields(r, o, u.when(o), u.lokiHost(first2(o.at(kLabels), o.at(kFields))))
	case Sentry:
		u.sentry(r)
	case Bugly:
		u.bugly(r)
	case JournalJSON:
		u.journal(r)
	default:
		u.fields(r, o, u.when(o), u.hostOf(o))
	}
	return true
}

// fields gives out the message of a carrier's element, and what must not be lost of its other members.
func (u *unwrapper) fields(r *Reader, o *object, m moment, host string) {
	at, ok := u.message(o)
	if !ok {
		u.whole(r, o, m, host)
		return
	}
	news := beside{message: u.text}
	for i := range o.fields {
		f := &o.fields[i]
		if i != at && !isMeta(f) && !isTrace(f) && news.addsResult(f.key, f.value) {
			u.both(r, o, at, m, host)
			return
		}
	}
	u.say(r, m, host, u.text)
	u.traces(r, o)
	r.out.end()
}

// both gives out a message and, as a line of JSON, the members beside it. A message that names no number stands in
// that line, so that an error's text and its code are together.
func (u *unwrapper) both(r *Reader, o *object, at int, m moment, host string) {
	skip := -1
	if hasLongNumber(u.text) || bytes.IndexByte(u.text, '\n') >= 0 {
		skip = at
	}
	made := u.made[:0]
	made = append(made, '{')
	for i := range o.fields {
		f := &o.fields[i]
		if i == skip || i != at && (isMeta(f) || isTrace(f)) {
			continue
		}
		if len(made) > 1 {
			made = append(made, ',')
		}
		made = append(append(append(made, '"'), f.key...), `":`...)
		made = appendOneLine(made, f.value)
	}
	made = append(made, '}')
	u.made = made
	if skip < 0 {
		u.say(r, m, host, u.made)
	} else {
		u.say(r, m, host, u.text)
		r.out.end()
		r.out.buf = append(r.out.buf, u.made...)
	}
	u.traces(r, o)
	r.out.end()
}

// say opens an element with a text.
func (u *unwrapper) say(r *Reader, m moment, host string, text []byte) {
	r.open(m, host)
	r.out.buf = append(r.out.buf, text...)
}

// whole gives out an element without a message, as one line.
func (u *unwrapper) whole(r *Reader, o *object, m moment, host string) {
	r.open(m, host)
	b := r.out.buf
	b = append(b, '{')
	for i := range o.fields {
		f := &o.fields[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), f.key...), `":`...)
		b = appendOneLine(b, f.value)
	}
	b = append(b, '}')
	r.out.buf = b
	r.out.end()
}

// isTrace reports whether a member is a trace of the stack, which is given out as the lines it is.
func isTrace(f *field) bool { return f.name > endHosts && f.name < endTraces && isString(f.value) }

// traces gives out the traces beside a message, unless the message has them.
func (u *unwrapper) traces(r *Reader, o *object) {
	for i := range o.fields {
		f := &o.fields[i]
		if !isTrace(f) {
			continue
		}
		trace, ok := unescape(u.made[:0], inside(f.value))
		u.made = trace
		if !ok || len(trace) == 0 || bytes.Contains(u.text, bytes.TrimSpace(trace[:min(len(trace), 200)])) {
			continue
		}
		r.out.end()
		r.out.buf = append(r.out.buf, trace...)
	}
}

// generic gives out an element of an array that no carrier is known to write: its message if that is all it says but
// for time, level and place, else all of it in one line.
func (u *unwrapper) generic(r *Reader, b []byte) {
	o := &u.outer
	m, host := u.when(o), u.hostOf(o)
	if at, ok := u.message(o); ok {
		plain := true
		for i := range o.fields {
			plain = plain && (i == at || isPlain(&o.fields[i]))
		}
		if plain {
			u.say(r, m, host, u.text)
			r.out.end()
			return
		}
	}
	r.open(m, host)
	r.out.buf = appendOneLine(r.out.buf, b)
	r.out.end()
}
