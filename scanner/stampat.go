package scanner

import "encoding/binary"

// stampSpots say where the stamp stands in the lines of a shape. Other stamps, and values that cannot be, are left to
// [findStamp], which gives the same.
type stampSpots struct {
	known bool
	hour  int   // hole; those of minute and second follow
	reach int32 // up to where the time may begin
	// The date is in the holes before, which begin so far before the hour: the hour itself where there are less.
	dates  [3]int
	before [3]int32
	// How far before the hour the digits begin, 0 where there are none.
	year, month, day int
	dayWidth         int
	monthName        int // if month is 0
	fraction         bool
	zone             zone
	zoneText         string // behind the time, if that has digits
	maybeYear        int    // a hole behind the time that would be the year if it looked like one, or -1
	epoch            int    // so many holes are a Unix time, from hour on, and there is nothing else
}

// stampAt reads the stamp of a line of the shape; not sure where findStamp has to be asked.
func (s *shape) stampAt(p *stampSpots, line []byte) (t stamp, sure bool) {
	if !p.known {
		return stamp{}, false
	}
	if p.epoch > 0 {
		return parseEpoch(line[s.holes[p.hour].lo:s.holes[p.hour+p.epoch-1].hi])
	}
	at := s.holes[p.hour:][:3]
	lo := at[0].lo
	// Text as in the line that was learned from stands between the holes, so that all are as wide as there.
	other := (at[0].hi - lo - 2) | (at[1].hi - lo - 5) | (at[2].hi - lo - 8) |
		(s.holes[p.dates[0]].lo + p.before[0] - lo) | (s.holes[p.dates[1]].lo + p.before[1] - lo) | (s.holes[p.dates[2]].lo + p.before[2] - lo)
	if other != 0 || lo > p.reach {
		return stamp{}, false
	}
	hour, minute, sec := clockAt(line[lo:])
	if hour > 23 || minute > 59 || sec > 60 {
		return stamp{}, false
	}
	t.sec, t.zone = secondsOf(hour, minute, sec), p.zone
	if p.day > 0 {
		if t.date = p.dateAt(line, int(lo)); !t.date.possible() {
			return stamp{}, false
		}
	}
	if p.fraction {
		h := &s.holes[p.hour+3]
		n, rest := int(h.hi-h.lo), line[h.lo:]
		if n > 9 || len(rest) < 8 {
			return stamp{}, false // some of it may be beyond the end of a value
		}
		if t.nsec = 10 * padded(rest, n); n == 9 {
			t.nsec += uint32(rest[8] - '0')
		}
	}
	if n := len(p.zoneText); n > 0 {
		rest := line[s.timeEnd(p):]
		if len(rest) <= n || string(rest[:n]) != p.zoneText || !endsZone(rest[n]) {
			return stamp{}, false
		}
	}
	if p.maybeYear >= 0 && s.holes[p.maybeYear].hi-s.holes[p.maybeYear].lo == 4 {
		return stamp{}, false
	}
	return t, true
}

// clockAt reads hh:mm:ss where these are digits.
func clockAt(b []byte) (hour, minute, sec int) {
	x := binary.LittleEndian.Uint64(b) & (0x0F * eachByte)
	x = x*10 + x>>8 // a digit and the one behind it make a number
	return int(x & 0xFF), int(x >> 24 & 0xFF), int(x >> 48 & 0xFF)
}

// dateAt returns the date before an hour at lo, or 0 if its year does not begin with 20.
func (p *stampSpots) dateAt(line []byte, lo int) date {
	year, month := 0, p.monthName
	if p.year > 0 {
		y := line[lo-p.year:][:4]
		if y[0] != '2' || y[1] != '0' {
			return 0
		}
		year = 2000 + two(y, 2)
	}
	if p.month > 0 {
		month = two(line, lo-p.month)
	}
	if p.dayWidth == 1 {
		return dateOf(year, month, int(line[lo-p.day]-'0'))
	}
	return dateOf(year, month, two(line, lo-p.day))
}

// padded returns the number of eight digits, of which those behind the first n are zeros whatever stands there.
func padded(b []byte, n int) uint32 {
	x := (binary.LittleEndian.Uint64(b) - '0'*eachByte) & (1<<(8*n) - 1)
	x = x*10 + x>>8 // two digits make one number, and two of these again
	const low = 0x000000FF000000FF
	return uint32((x&low*(100+1_000_000<<32) + x>>16&low*(1+10_000<<32)) >> 32)
}

// timeEnd returns where the time ends, its fraction included.
func (s *shape) timeEnd(p *stampSpots) int {
	if p.fraction {
		return int(s.holes[p.hour+3].hi)
	}
	return int(s.holes[p.hour+2].hi)
}

// two reads two digits.
func two(b []byte, i int) int { return int(b[i]-'0')*10 + int(b[i+1]-'0') }
