package envelope

import "bytes"

// docker unwraps what Docker's json-file driver writes:
//
//	{"log":"a line\n","stream":"stdout","time":"2026-06-01T02:03:04.123456789Z"}
//
// A line above 16 KiB comes in parts, of which the last one alone ends with a line break. Options of the driver add
// "attrs". Source: moby, daemon/logger/jsonfilelog.
type docker struct {
	joiner
	timer
	fields object
}

func (d *docker) line(r *Reader, line []byte) bool {
	if len(line) == 0 {
		d.finish(r)
		return true
	}
	at := len(r.out.buf)
	stream, when, ok := d.quick(&r.out, line)
	if !ok {
		r.out.buf = r.out.buf[:at]
		if stream, when, ok = d.slow(&r.out, line); !ok {
			r.out.buf = r.out.buf[:at]
			return false
		}
	}
	n := 0
	if string(stream) != "stdout" {
		n = 1
	}
	b := r.out.buf
	d.add(r, n, at, d.read(when), len(b) > at && b[len(b)-1] == '\n')
	return true
}

// quick reads a line of the usual keys in the usual order.
func (d *docker) quick(o *output, line []byte) (stream, when []byte, ok bool) {
	b, ok := bytes.CutPrefix(line, []byte(`{"log":"`))
	if !ok {
		return nil, nil, false
	}
	end := stringEnd(b, 0)
	if end < 0 {
		return nil, nil, false
	}
	if o.buf, ok = unescape(o.buf, b[:end]); !ok {
		return nil, nil, false
	}
	if b, ok = bytes.CutPrefix(b[end:], []byte(`","stream":"`)); !ok {
		return nil, nil, false
	}
	if stream, b, ok = bytes.Cut(b, []byte(`"`)); !ok {
		return nil, nil, false
	}
	if b, ok = bytes.CutPrefix(b, []byte(`,"time":"`)); !ok {
		return nil, nil, false
	}
	if when, b, ok = bytes.Cut(b, []byte(`"`)); !ok || len(b) == 0 || b[0] != '}' {
		return nil, nil, false
	}
	return stream, when, len(chomp(b)) == 1
}

// slow reads keys in any order.
func (d *docker) slow(o *output, line []byte) (stream, when []byte, ok bool) {
	f := &d.fields
	if !f.parse(line) || !isDocker(f) {
		return nil, nil, false
	}
	o.buf, ok = unescape(o.buf, inside(f.at(kLog)))
	return inside(f.at(kStream)), inside(f.at(kTime)), ok
}

// isDocker reports whether an object has the driver's keys and no others. With others it is a collector's, which may
// have read it from such a file.
func isDocker(f *object) bool {
	n := 3
	if f.at(kAttrs) != nil {
		n = 4
	}
	return len(f.fields) == n && isString(f.at(kLog)) && isString(f.at(kStream)) && isString(f.at(kTime))
}

// cri unwraps what containerd and CRI-O write, the parts of a long line joined:
//
//	2026-06-01T02:03:04.123456789Z stdout F a line
//
// Source: Kubernetes, KEP "CRI: log management"; a tag may be followed by others behind a colon.
type cri struct {
	joiner
	timer
}

func (c *cri) line(r *Reader, line []byte) bool {
	if len(line) == 0 {
		c.finish(r)
		return true
	}
	h, ok := criHeader(line)
	if !ok {
		return false
	}
	m := c.read(line[:h.stamp])
	if !m.zoned {
		return false
	}
	o, at, text := &r.out, len(r.out.buf), line[h.text:]
	if !h.last {
		text = bytes.TrimSuffix(text, []byte("\n"))
	}
	o.buf = append(o.buf, text...)
	c.add(r, h.stream, at, m, h.last)
	return true
}

// A criStart is what stands before the text of a line.
type criStart struct {
	stamp, text int // where the one ends and the other begins
	stream      int
	last        bool
}

func criHeader(line []byte) (h criStart, ok bool) {
	h.stamp = bytes.IndexByte(line[:min(len(line), 40)], ' ')
	if h.stamp < 20 || line[10] != 'T' {
		return h, false
	}
	b := line[h.stamp:]
	switch {
	case bytes.HasPrefix(b, []byte(" stdout ")):
	case bytes.HasPrefix(b, []byte(" stderr ")):
		h.stream = 1
	default:
		return h, false
	}
	i := h.stamp + len(" stdout ")
	if i >= len(line) || line[i] != 'F' && line[i] != 'P' {
		return h, false
	}
	h.last = line[i] == 'F'
	if i++; i < len(line) && line[i] == ':' {
		for i < len(line) && line[i] != ' ' && line[i] != '\n' {
			i++
		}
	}
	if h.text = i; i < len(line) && line[i] == ' ' {
		h.text++
		return h, true
	}
	return h, i == len(line) || line[i] == '\n' || line[i] == '\r'
}
