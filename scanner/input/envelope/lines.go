package envelope

import "bytes"

// lines is the framer of formats in which each line is an element, or a part of one.
type lines struct {
	// open unwraps a line, its break included; false if it is no envelope, and then nothing was given out.
	open opener
	long bool // in a line that is too long to be unwrapped
}

// An opener unwraps a line. An empty line says that the input is over: what is unfinished is given out.
type opener func(r *Reader, line []byte) bool

func (l *lines) step(r *Reader) bool {
	if l.long {
		piece, end := r.feed.lineEnd()
		r.out.goOn(piece)
		r.feed.skip(len(piece))
		l.long = !end
		return true
	}
	line, whole := r.feed.line()
	switch {
	case len(line) == 0:
		l.open(r, nil)
		return false
	case !whole:
		if !r.out.settled() {
			return true
		}
		r.report.Strays++
		r.out.raw(line)
		r.feed.skip(len(line))
		l.long, r.out.cut = true, true
		return true
	}
	if !l.open(r, line) {
		r.stray(line)
	}
	r.feed.skip(len(line))
	return true
}

// chomp takes the line break off a line.
func chomp(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}

// A joiner puts the parts together that a container runtime makes of a long line. Those of standard output and standard
// error come in turn, and each stream has its own unfinished line.
type joiner struct {
	streams [2]struct {
		text  []byte
		first moment
		open  bool
		spilt bool // its beginning was too long to be held, and was given out
	}
	spilling int // the stream, counted from 1, whose beginning was given out last, or 0
}

// add takes the next part of a stream: the output from at on. The last part of a line ends it.
func (j *joiner) add(r *Reader, stream, at int, m moment, last bool) {
	s, o := &j.streams[stream], &r.out
	if last && !s.open {
		if j.spilling > 0 {
			j.spilling = 0
			o.breakAt(at)
			at++
		}
		o.beginAt(at, m, "")
		o.end()
		r.report.Elements++
		return
	}
	if !s.open {
		s.open, s.first, s.text = true, m, s.text[:0]
	}
	s.text = append(s.text, o.buf[at:]...)
	o.buf = o.buf[:at]
	if last || len(s.text) > maxElement {
		j.give(r, stream, last)
	}
}

// give gives out what is held of a stream.
func (j *joiner) give(r *Reader, stream int, last bool) {
	s, o := &j.streams[stream], &r.out
	if j.spilling != stream+1 {
		if j.spilling > 0 {
			o.breakAt(len(o.buf))
		}
		o.begin(s.first, "")
		if !s.spilt {
			r.report.Elements++
		}
	} else if len(o.parts) == 0 {
		o.parts = append(o.parts, part{more: true})
	}
	o.buf = append(o.buf, s.text...)
	s.text, s.spilt, j.spilling = s.text[:0], true, stream+1
	if last {
		o.end()
		s.open, s.spilt, j.spilling = false, false, 0
	}
}

// finish gives out what no last part came for.
func (j *joiner) finish(r *Reader) {
	for i := range j.streams {
		if j.streams[i].open {
			r.report.Unfinished++
			j.give(r, i, true)
		}
	}
}
