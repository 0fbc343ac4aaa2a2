package scanner

import "time"

// stampSpots say where the stamp stands in the lines of a shape. Other stamps, and values that cannot be, are left to
// [findStamp], which gives the same.
type stampSpots struct {
	known bool
	hour  int // hole; those of minute and second follow
	reach int // before which the time must stand
	// The date is in the holes before, which begin so far before the hour.
	dates  int
	before [3]int32
	// How far before the hour the digits begin, 0 where there are none.
	year, month, day int
	dayWidth         int
	monthName        int // if month is 0
	fraction         bool
	zone             *time.Location
	zoneText         string // behind the time
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
	at := s.holes[p.hour : p.hour+3]
	lo := at[0].lo
	if at[0].hi != lo+2 || at[1].hi != lo+5 || at[2].hi != lo+8 || !p.inReach(int(lo)) {
		return stamp{}, false
	}
	clock := line[lo:][:8]
	t.hour, t.min, t.sec = two(clock, 0), two(clock, 3), two(clock, 6)
	if t.hour > 23 || t.min > 59 || t.sec > 60 {
		return stamp{}, false
	}
	for i := range p.dates {
		// Text as in the line that was learned from stands between them, so that all are as wide as there.
		if s.holes[p.hour-p.dates+i].lo+p.before[i] != lo {
			return stamp{}, false
		}
	}
	if p.dates > 0 && !t.readDateAt(p, line, int(lo)) {
		return stamp{}, false
	}
	if p.fraction {
		h := &s.holes[p.hour+3]
		if h.hi-h.lo > 9 {
			return stamp{}, false // some of it may be beyond the end of a value
		}
		t.readFraction(line[h.lo-1 : h.hi])
	}
	if n := len(p.zoneText); n > 0 {
		rest := line[s.timeEnd(p):]
		if len(rest) <= n || string(rest[:n]) != p.zoneText || !endsZone(rest[n]) {
			return stamp{}, false
		}
		t.zone = p.zone
	}
	if p.maybeYear >= 0 && s.holes[p.maybeYear].hi-s.holes[p.maybeYear].lo == 4 {
		return stamp{}, false
	}
	return t, true
}

// inReach reports whether a time at lo is near enough to the beginning of the line. That of a time of day is counted to
// where it begins, any other to its colon.
func (p *stampSpots) inReach(lo int) bool {
	if p.dates == 0 {
		return lo <= p.reach
	}
	return lo+2 < p.reach
}

// readDateAt reads the date before an hour at lo.
func (s *stamp) readDateAt(p *stampSpots, line []byte, lo int) bool {
	d := date{month: p.monthName}
	if p.year > 0 {
		y := line[lo-p.year:][:4]
		if y[0] != '2' || y[1] != '0' {
			return false
		}
		d.year = 2000 + two(y, 2)
	}
	if p.month > 0 {
		d.month = two(line, lo-p.month)
	}
	if d.day = int(line[lo-p.day] - '0'); p.dayWidth == 2 {
		d.day = two(line, lo-p.day)
	}
	return s.setDate(d)
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
