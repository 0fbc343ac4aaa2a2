package envelope

import (
	"bytes"
	"io"
	"slices"
)

// DetectLive is [Detect] for a text that grows: it tells only of carriers that put each element on a line of its own, so
// that it can be unwrapped before the next one is there. Exports are written once, and are not followed.
func DetectLive(head []byte, whole bool) Format {
	f := Detect(head, whole)
	switch f {
	case None, NewestFirst, Array, JournalExport, CSV, TSV:
		return None
	case Docker, CRI, ISO, RFC3164, RFC5424:
		return f
	}
	head = head[:min(len(head), headLen)]
	if _, how := detectJSON(head, whole); how != asLines {
		return None
	}
	return f
}

// A Live unwraps a text that grows, line by line. Whatever it is given in, it gives what a [Reader] of the whole would.
// It is not safe for concurrent use.
type Live struct {
	r     Reader
	lines *lines
	quiet func() bool // no message waits for its last part
	// continues tells of a line that only the one above explains.
	continues func(line []byte) bool
	looked    int // bytes of what waits that hold no line break
	marks     []Mark
}

// A Mark is a place from which a text can be unwrapped without knowing what stands before it.
type Mark struct {
	Wrapped, Text int64 // the same place in the wrapped text and in what was carried
}

// NewLive returns what unwraps a text from a mark on. The format is one of [DetectLive].
func NewLive(f Format, from Mark) *Live {
	l := &Live{lines: liveLines(f), marks: []Mark{from}}
	l.r = Reader{frame: l.lines, out: output{turn: turn{may: turnable(f), state: forward}, off: from.Text}, handed: from.Text}
	l.r.feed.off = from.Wrapped
	switch f {
	case Docker, CRI:
		d := new(docker)
		j := &d.joiner
		l.lines.open = d.line
		if f == CRI {
			c := new(cri)
			j, l.lines.open = &c.joiner, c.line
		}
		l.quiet = func() bool { return !j.streams[0].open && !j.streams[1].open && j.spilling == 0 }
	case ISO, RFC3164:
		l.continues = func(line []byte) bool { return line[0] == ' ' }
	}
	return l
}

// liveLines returns the framer of a format of lines.
func liveLines(f Format) *lines {
	if l, ok := frameOf(f).(*lines); ok {
		return l
	}
	return &lines{open: new(unwrapper).line}
}

// Append takes more of the wrapped text, at most a few hundred KiB, and appends to dst what its complete lines carried.
func (l *Live) Append(dst, p []byte) []byte {
	f := &l.r.feed
	f.buf = append(f.buf[:copy(f.buf, f.buf[f.lo:f.hi])], p...)
	f.lo, f.hi = 0, len(f.buf)
	for l.hasLine() {
		dst = l.step(dst)
	}
	dst = l.flush(dst)
	return dst
}

// hasLine reports whether a step finds all that it asks for.
func (l *Live) hasLine() bool {
	f := &l.r.feed
	rest := f.rest()
	if l.lines.long {
		return len(rest) > 0
	}
	if bytes.IndexByte(rest[l.looked:], '\n') >= 0 {
		return true
	}
	l.looked = len(rest)
	return f.full()
}

// step takes a line, and hands out what was collected if that is enough.
func (l *Live) step(dst []byte) []byte {
	f := &l.r.feed
	if l.isMark() {
		l.marks = append(l.marks, Mark{f.off, l.r.out.off + int64(len(l.r.out.buf))})
	}
	l.looked = 0
	l.lines.step(&l.r)
	if l.r.out.full() {
		dst = l.flush(dst)
	}
	return dst
}

// isMark reports whether what comes next can be unwrapped alone.
func (l *Live) isMark() bool {
	rest := l.r.feed.rest()
	return !l.lines.long && (l.quiet == nil || l.quiet()) && (l.continues == nil || len(rest) > 0 && !l.continues(rest))
}

func (l *Live) flush(dst []byte) []byte {
	o := &l.r.out
	had := len(dst)
	o.release()
	for more := true; more; more = o.draw() {
		dst = append(dst, o.ready...)
		o.ready = nil
	}
	l.r.handed += int64(len(dst) - had)
	return dst
}

// End is the end of the text: it appends what waited for more of it.
func (l *Live) End(dst []byte) []byte {
	l.r.feed.err = io.EOF
	for l.lines.step(&l.r) {
		if l.r.out.full() {
			dst = l.flush(dst)
		}
	}
	return l.flush(dst)
}

// Carriers is that of [Reader], of the text that was appended so far.
func (l *Live) Carriers(dst []Carrier) []Carrier { return l.r.Carriers(dst) }

// Report is that of [Reader].
func (l *Live) Report() Report { return l.r.Report() }

// Trim gives back memory that is not in use: nothing more comes for a while.
func (l *Live) Trim() {
	f, o := &l.r.feed, &l.r.out
	f.buf = bytes.Clone(f.rest())
	f.lo, f.hi = 0, len(f.buf)
	o.buf, o.parts, o.next = nil, nil, nil
	o.carriers, o.taken = slices.Clone(o.carriers[o.taken:]), 0
	l.marks = slices.Clone(l.marks)
}

// Mark returns the last mark at or before a place in what was carried. Those before it are forgotten: the places that
// are asked for ascend.
func (l *Live) Mark(text int64) Mark {
	if l.isMark() {
		if m := (Mark{l.r.feed.off, l.r.out.off}); m != l.marks[len(l.marks)-1] {
			l.marks = append(l.marks, m)
		}
	}
	n := 0
	for n+1 < len(l.marks) && l.marks[n+1].Text <= text {
		n++
	}
	l.marks = append(l.marks[:0], l.marks[n:]...)
	return l.marks[0]
}
