package scanner

import (
	"bytes"
	"time"
)

// readZone reads Z, +0800, +08:00, UTC or GMT+0800 behind the time, and the year of an ANSI C date.
func (s *stamp) readZone(b []byte) {
	if z, n := zoneAfter(b); n > 0 {
		s.zone, b = z, b[n:]
	}
	if s.date != 0 && s.date.year() == 0 {
		s.date = dateOf(yearAfter(b), s.date.month(), s.date.day())
	}
}

// A zone is one that a stamp names: utc and the minutes that it is east of that, or 0 for none.
type zone int16

const utc zone = 1 << 12

// location returns the zone as the calendar wants it.
func (z zone) location() *time.Location { return time.FixedZone("", int(z-utc)*60) }

// zoneAfter returns the zone that b begins with and how long it is, 0 without one. Of GMT+9 that is GMT.
func zoneAfter(b []byte) (z zone, n int) {
	t := b
	if len(t) > 0 && t[0] == ' ' {
		t = t[1:]
	}
	if len(t) == 0 {
		return 0, 0
	}
	switch t[0] {
	case '+', '-':
	case 'Z':
		if endsWord(t[1:]) {
			return utc, len(b) - len(t) + 1
		}
		return 0, 0
	case 'G', 'U':
		if !bytes.HasPrefix(t, []byte("GMT")) && !bytes.HasPrefix(t, []byte("UTC")) {
			return 0, 0
		}
		if t = t[3:]; endsWord(t) {
			z, n = utc, len(b)-len(t)
		}
	default:
		return 0, 0
	}
	if len(t) < 5 || t[0] != '+' && t[0] != '-' {
		return z, n
	}
	sign, hours := t[0], pair(t[1], t[2])
	if t = t[3:]; t[0] == ':' {
		t = t[1:]
	}
	if hours > 99 || len(t) < 2 || !endsWord(t[2:]) {
		return z, n
	}
	minutes := pair(t[0], t[1])
	if minutes%15 != 0 || minutes > 45 {
		return z, n
	}
	return zoneOf(sign, hours, minutes), len(b) - len(t) + 2
}

// endsWord reports whether a word is over before b.
func endsWord(b []byte) bool { return len(b) == 0 || !isWordByte(b[0]) }

// yearAfter returns the year that b begins with, behind the short name of a zone perhaps, or 0.
func yearAfter(b []byte) int {
	if len(b) < 5 || b[0] != ' ' {
		return 0
	}
	n := 1
	for n < len(b) && n <= 5 && 'A' <= b[n] && b[n] <= 'Z' {
		n++
	}
	if n == 4 || n == 5 {
		b = b[n:]
	}
	if len(b) < 5 || b[0] != ' ' || b[1] != '2' || b[2] != '0' || !endsWord(b[5:]) {
		return 0
	}
	if y := pair(b[3], b[4]); y < 100 {
		return 2000 + y
	}
	return 0
}

// zoneOf returns the zone of +0800, or 0 if none is so far away.
func zoneOf(sign byte, hours, minutes int) zone {
	minutes += hours * 60
	switch {
	case minutes > 14*60:
		return 0
	case sign == '-':
		return utc - zone(minutes)
	}
	return utc + zone(minutes)
}
