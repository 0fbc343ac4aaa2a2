package scanner

import (
	"bytes"
	"time"
)

// readZone reads Z, +0800, +08:00, UTC or GMT+0800 behind the time, and the year of an ANSI C date.
func (s *stamp) readZone(b []byte) {
	if zone, n := zoneAfter(b); n > 0 {
		s.zone, b = zone, b[n:]
	}
	if s.month != 0 && s.year == 0 {
		s.year = yearAfter(b)
	}
}

// zoneAfter returns the zone that b begins with and how long it is, 0 without one. Of GMT+9 that is GMT.
func zoneAfter(b []byte) (zone *time.Location, n int) {
	t := b
	if len(t) > 0 && t[0] == ' ' {
		t = t[1:]
	}
	if len(t) == 0 {
		return nil, 0
	}
	switch t[0] {
	case '+', '-':
	case 'Z':
		if endsWord(t[1:]) {
			return time.UTC, len(b) - len(t) + 1
		}
		return nil, 0
	case 'G', 'U':
		if !bytes.HasPrefix(t, []byte("GMT")) && !bytes.HasPrefix(t, []byte("UTC")) {
			return nil, 0
		}
		if t = t[3:]; endsWord(t) {
			zone, n = time.UTC, len(b)-len(t)
		}
	default:
		return nil, 0
	}
	if len(t) < 5 || t[0] != '+' && t[0] != '-' {
		return zone, n
	}
	sign, hours := t[0], pair(t[1], t[2])
	if t = t[3:]; t[0] == ':' {
		t = t[1:]
	}
	if hours > 99 || len(t) < 2 || !endsWord(t[2:]) {
		return zone, n
	}
	minutes := pair(t[0], t[1])
	if minutes%15 != 0 || minutes > 45 {
		return zone, n
	}
	return offset(sign, hours, minutes), len(b) - len(t) + 2
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

// offset returns the zone of +0800, or nil if none is so far away.
func offset(sign byte, hours, minutes int) *time.Location {
	sec := hours*3600 + minutes*60
	if sec > 14*3600 {
		return nil
	}
	if sign == '-' {
		sec = -sec
	}
	if sec%zoneStep != 0 {
		return time.FixedZone("", sec)
	}
	return zones[sec/zoneStep+len(zones)/2]
}

// zoneStep is what zones differ by, in seconds.
const zoneStep = 15 * 60

// zones are those that a stamp can name, by their offset.
var zones = func() (all [2*14*3600/zoneStep + 1]*time.Location) {
	for i := range all {
		all[i] = time.FixedZone("", (i-len(all)/2)*zoneStep)
	}
	return all
}()
