package envelope

import (
	"bytes"
	"time"
)

// What it takes for a text without an envelope to be taken for newest first: a program that writes a log does not go
// back in time again and again, and never forward.
const (
	leastStamped = 10
	leastFalls   = 3
)

// isNewestFirst reports whether the lines of a head that begin with a date and a time never ascend, as those that
// Grafana and the like save as text.
func isNewestFirst(head []byte, whole bool) bool {
	var last int64
	stamped, falls := 0, 0
	for line := range headLines(head, whole) {
		rank := leadingMoment(line).rank()
		switch {
		case rank == 0:
			continue
		case stamped > 0 && rank > last:
			return false
		case stamped > 0 && rank < last:
			falls++
		}
		stamped, last = stamped+1, rank
	}
	return stamped >= leastStamped && falls >= leastFalls
}

// leadingMoment reads the date and time that a line begins with, a bracket before it perhaps.
func leadingMoment(line []byte) moment {
	m, _ := readISO(bytes.TrimPrefix(line[:min(len(line), 48)], []byte("[")))
	return m
}

// newestFirst unwraps a line of a text without an envelope: one that begins with a time begins a record, and the
// lines up to the next one belong to it. Nothing is carried beside it, for its stamp stays in the text.
func newestFirst(r *Reader, line []byte) bool {
	if len(line) == 0 {
		return true
	}
	o := &r.out
	if m := leadingMoment(line); m.known || len(o.parts) == 0 {
		r.open(m, "")
		p := &o.parts[len(o.parts)-1]
		p.time, p.stamp = time.Time{}, ""
	}
	o.buf = append(o.buf, line...)
	o.end()
	return true
}
