package envelope

import "bytes"

// value takes the value that comes next, which begins with c: it opens it, takes it for an element, or skips it.
func (d *document) value(r *Reader, c byte) {
	container := c == '{' || c == '['
	if takes := d.levels[len(d.levels)-1].takes; container && !takes && leadsToElement(d.path) {
		d.open(r, c)
		return
	}
	end := d.scalar
	if container || c == '"' {
		end = d.bones.held
	}
	n, v := end(&r.feed)
	switch {
	case v == goesOn && r.feed.full():
		if r.out.settled() {
			d.begins(r)
		} else {
			d.again = true
		}
		return
	case v == goesOn:
		d.broke(r, "is cut short")
		return
	case v == broken:
		d.broke(r, "is broken")
		return
	}
	d.take(r, r.feed.rest()[:n])
	r.feed.skip(n)
}

// scalar finds the end of a number, true, false or null.
func (d *document) scalar(f *feed) (n int, v verdict) {
	for {
		b := f.rest()
		for n < len(b) && kinds[b[n]] == mark && !isBlank(b[n]) && b[n] != ',' && b[n] != ':' {
			n++
		}
		if n < len(b) {
			if n == 0 {
				return 0, broken
			}
			return n, complete
		}
		if !f.more() {
			return n, goesOn
		}
	}
}

// take unwraps a value that is held whole.
func (d *document) take(r *Reader, b []byte) {
	switch {
	case string(d.path) == lokiLabels:
		d.host = d.u.lokiHost(b)
		if len(b) <= maxLabels {
			d.labels = append(d.labels[:0], b...)
			return
		}
		d.beside(r, b)
	case string(d.path) == lokiValue:
		d.count++
		d.entry(r, b)
	case d.levels[len(d.levels)-1].takes:
		d.count++
		d.u.element(r, b)
	default:
		d.beside(r, b)
	}
}

// maxLabels is how long the labels of a stream may be to be repeated with each of its lines.
const maxLabels = 1 << 10

// beside gives out, with its key, what stands beside the elements if it could present a result.
func (d *document) beside(r *Reader, b []byte) {
	key := d.path[bytes.LastIndexByte(d.path, '.')+1:]
	news := beside{}
	if isObject(b) || isArray(b) {
		if !news.holdsResult(b) {
			return
		}
	} else if namesResult(key) == 0 || !news.addsNumber(inside(b), leastInText) {
		return
	}
	r.out.begin(moment{}, "")
	d.u.member(r, key, b)
}

// entry unwraps a line of Loki: its time in nanoseconds, its text, and perhaps labels of its own.
func (d *document) entry(r *Reader, b []byte) {
	var parts [3][]byte
	n := 0
	for v := range values(b) {
		if n < len(parts) {
			parts[n] = v
		}
		n++
	}
	u := &d.u
	text, ok := unescape(u.text[:0], inside(parts[1]))
	if u.text = text; n < 2 || !isString(parts[1]) || !ok {
		u.element(r, b)
		return
	}
	u.say(r, readMoment(inside(parts[0])), d.host, text)
	r.out.end()
	news := beside{message: text}
	for _, labels := range [...][]byte{parts[2], d.labels} {
		if isObject(labels) && news.holdsResult(labels) {
			r.out.buf = append(appendOneLine(r.out.buf, labels), '\n')
		}
	}
}

// begins gives out the beginning of an element that is too long to be held.
func (d *document) begins(r *Reader) {
	r.report.Strays++
	d.count++
	r.out.raw(nil)
	d.bones.reset()
	d.passing = true
	d.pass(r)
}

// pass gives out a piece of such an element.
func (d *document) pass(r *Reader) {
	if r.feed.ended() {
		d.broke(r, "is cut short")
		return
	}
	b := r.feed.rest()
	n, v := d.bones.scan(b)
	if v == goesOn {
		n = len(b)
	}
	r.out.goOn(b[:n])
	r.feed.skip(n)
	switch v {
	case complete:
		d.passing = false
		r.out.goOn([]byte{'\n'})
	case broken:
		d.broke(r, "is broken")
	case goesOn:
	}
}

// broke says where the syntax broke off. What is left passes through raw.
func (d *document) broke(r *Reader, how string) {
	r.problem("JSON %s in element %d, at byte %d", how, d.count+1, r.feed.off)
	d.over, d.passed = true, d.passing
}

// rest gives out what is left as it is, in pieces.
func (d *document) rest(r *Reader) bool {
	if r.feed.ended() {
		return false
	}
	if !d.passed {
		if !r.out.settled() {
			return true
		}
		r.report.Strays++
		r.out.raw(nil)
		d.passed = true
	}
	b := r.feed.rest()
	r.out.goOn(b)
	r.feed.skip(len(b))
	return true
}
