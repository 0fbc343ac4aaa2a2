package scanner

import (
	"bytes"
	"io"
)

// maxKept bounds what is kept of a line, in bytes without its break. A longer line is searched whole all the same; how
// many there are is part of an input's health.
const maxKept = 1 << 20

// A measure is what a run of text tells of the lengths of its lines.
type measure struct {
	broken bool  // it has a line break
	head   int   // bytes before the first one, or all
	tail   int   // bytes behind the last one
	long   int64 // lines between the two that are longer than maxKept
}

func measureOf(text []byte) measure {
	first := bytes.IndexByte(text, '\n')
	if first < 0 {
		return measure{head: len(text)}
	}
	last := bytes.LastIndexByte(text, '\n')
	m := measure{broken: true, head: first, tail: len(text) - last - 1}
	for at := first + 1; last-at > maxKept; {
		n := bytes.IndexByte(text[at:], '\n')
		if n > maxKept {
			m.long++
		}
		at += n + 1
	}
	return m
}

// lengths count the long lines of one input after the other. A line counts where it passes maxKept, so that each piece of
// an input counts its own, wherever it is cut.
type lengths struct {
	in   *Input // that the line belongs to
	run  int64  // bytes of the line before what comes next
	long int64
}

// add takes what comes next.
func (l *lengths) add(in *Input, m measure) {
	if l.in != in {
		*l = lengths{in: in, run: in.Begun}
	}
	before := l.run
	if l.run += int64(m.head); before <= maxKept && l.run > maxKept {
		l.long++
	}
	if !m.broken {
		return
	}
	l.long += m.long
	if l.run = int64(m.tail); l.run > maxKept {
		l.long++
	}
}

// take returns how many long lines there were in the input, which is at its end.
func (l *lengths) take() int64 {
	n := l.long
	*l = lengths{}
	return n
}

// begun returns how many bytes of a line stand before off, where it goes on: at most maxKept+1, beyond which it has counted.
// What cannot be read is taken for the end of an earlier line; that it cannot be read is said elsewhere.
func begun(text io.ReaderAt, off int64) int64 {
	buf := make([]byte, lookAround)
	for at, least := off, max(0, off-maxKept-1); at > least; {
		lo := max(least, at-int64(len(buf)))
		part := buf[:at-lo]
		if n, _ := text.ReadAt(part, lo); n < len(part) {
			return off - at
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return off - lo - int64(i) - 1
		}
		at = lo
	}
	return min(off, maxKept+1)
}
