package scanner

import (
	"bytes"
	"regexp"
	"strings"
	"time"
)

// stampSpots say where the stamp stands in the lines of a shape. They know the three dates that most logs have, see
// [stamp.plainDate]; other stamps, and values that cannot be, are left to [findStamp], which gives the same.
type stampSpots struct {
	known            bool
	year, month, day int // holes, -1 where there is none
	monthName        int // if month is -1
	hour             int // minute and second follow
	fraction         bool
	zone             *time.Location
	zoneText         string // behind the time
	maybeYear        int    // a hole behind the time that would be the year if it looked like one, or -1
}

var unknownStamp = stampSpots{}

// stampSpots finds out where the stamp of the line stands.
func (s *shape) stampSpots(line []byte) stampSpots {
	if hasKey(line) {
		return unknownStamp
	}
	k := s.firstTime(line)
	if k < 1 {
		return unknownStamp
	}
	p := stampSpots{known: true, year: -1, month: -1, day: -1, hour: k, maybeYear: -1}
	p.fraction = k+3 < len(s.holes) && s.holes[k+3].lo == s.holes[k+2].hi+1 && strings.IndexByte(".,", line[s.holes[k+2].hi]) >= 0
	if !s.dateSpots(&p, line) || !s.zoneSpots(&p, line) {
		return unknownStamp
	}
	// The proof: what findStamp says of this line.
	want, ok := findStamp(line)
	got, sure := s.stampAt(&p, line)
	if !ok || !sure || got != want {
		return unknownStamp
	}
	return p
}

// firstTime returns the hole of the hour if the first colon between digits, which is where a time is looked for, is
// followed by minutes and seconds; else -1.
func (s *shape) firstTime(line []byte) int {
	for k := range s.holes {
		if !s.apart(line, k, ':') {
			continue
		}
		if k+2 < len(s.holes) && s.apart(line, k+1, ':') && s.holes[k].kind|s.holes[k+1].kind|s.holes[k+2].kind == decimal {
			return k
		}
		return -1
	}
	return -1
}

// apart reports whether only the byte stands between hole k and the next one.
func (s *shape) apart(line []byte, k int, sep byte) bool {
	return k >= 0 && k+1 < len(s.holes) && s.holes[k+1].lo == s.holes[k].hi+1 && line[s.holes[k].hi] == sep
}

// dateSpots finds the date before the time.
func (s *shape) dateSpots(p *stampSpots, line []byte) bool {
	k := p.hour
	day := s.holes[k-1]
	if s.holes[k].lo != day.hi+1 {
		return false
	}
	before := line[day.hi]
	between := func(i int) bool {
		return i >= 0 && s.holes[i+1].lo == s.holes[i].hi+1 && isSeparator(line[s.holes[i].hi])
	}
	switch {
	case between(k-2) && between(k-3) && strings.IndexByte("T _:,-", before) >= 0:
		p.year, p.month, p.day = k-3, k-2, k-1
	case before == ':' && k >= 2 && line[day.lo-1] == '/' && s.holes[k-2].hi+5 == day.lo && line[s.holes[k-2].hi] == '/':
		p.year, p.day, p.monthName = k-1, k-2, monthOf(line[day.lo-4:day.lo-1])
		return p.monthName > 0
	case before == ' ' && between(k-2) && line[s.holes[k-2].hi] != '.':
		p.month, p.day = k-2, k-1
		lo := s.holes[k-2].lo
		return lo == 0 || line[lo-1] == ' ' || isLetter(line[lo-1])
	default:
		return false
	}
	return true
}

// digitAhead finds what could become a zone or a year in another line of the shape.
var digitAhead = regexp.MustCompile(`^(?: [A-Z]{3,4})? ?(?:GMT|UTC)?[+-]?\d`)

// zoneSpots finds the zone behind the time.
func (s *shape) zoneSpots(p *stampSpots, line []byte) bool {
	rest := line[s.timeEnd(p):]
	var z stamp
	z.year = 1 // so that no year is looked for
	z.readZone(rest)
	if z.zone != nil {
		_, n := zoneAfter(rest)
		p.zone, p.zoneText = z.zone, string(rest[:n])
		return p.year >= 0 && n < len(rest) && endsZone(rest[n])
	}
	if !digitAhead.Match(rest) {
		return true
	}
	if p.year < 0 && rest[0] == ' ' && isDigit(rest[1]) {
		for k := p.hour; k < len(s.holes); k++ {
			if int(s.holes[k].lo) == s.timeEnd(p)+1 {
				p.maybeYear = k
			}
		}
		return p.maybeYear >= 0
	}
	return p.year >= 0 && rest[0] == ' ' && isDigit(rest[1])
}

// endsZone reports whether a zone is over before a byte: UTC is not before +8.
func endsZone(c byte) bool { return !isWordByte(c) && c != '+' && c != '-' && c != ':' }

// timeEnd returns where the time ends, its fraction included.
func (s *shape) timeEnd(p *stampSpots) int {
	if p.fraction {
		return int(s.holes[p.hour+3].hi)
	}
	return int(s.holes[p.hour+2].hi)
}

// stampAt reads the stamp of a line of the shape; not sure where findStamp has to be asked.
func (s *shape) stampAt(p *stampSpots, line []byte) (t stamp, sure bool) {
	if !p.known {
		return stamp{}, false
	}
	hour, minute, second := s.number(line, p.hour), s.number(line, p.hour+1), s.number(line, p.hour+2)
	if s.holes[p.hour].hi >= plainReach || s.width(p.hour) > 2 || s.width(p.hour+1) != 2 || s.width(p.hour+2) != 2 || hour > 23 || minute > 59 || second > 60 {
		return stamp{}, false
	}
	t = stamp{day: s.number(line, p.day), hour: hour, min: minute, sec: second, month: p.monthName, zone: p.zone}
	if p.month >= 0 {
		t.month = s.number(line, p.month)
		if s.width(p.month) != 2 {
			return stamp{}, false
		}
	}
	if s.width(p.day) != 2 || t.day < 1 || t.day > 28 || t.month < 1 || t.month > 12 {
		return stamp{}, false
	}
	if p.year >= 0 {
		if t.year = s.number(line, p.year); s.width(p.year) != 4 || t.year < 2000 || t.year > 2099 {
			return stamp{}, false
		}
	}
	if p.fraction {
		h := s.holes[p.hour+3]
		t.readFraction(line[h.lo-1 : h.hi])
	}
	if p.zoneText != "" {
		rest := line[s.timeEnd(p):]
		if n := len(p.zoneText); !bytes.HasPrefix(rest, []byte(p.zoneText)) || len(rest) == n || !endsZone(rest[n]) {
			return stamp{}, false
		}
	}
	if p.maybeYear >= 0 && s.width(p.maybeYear) == 4 {
		return stamp{}, false
	}
	return t, true
}

func (s *shape) width(k int) int32 { return s.holes[k].hi - s.holes[k].lo }

// number reads a hole, modulo what an int holds.
func (s *shape) number(line []byte, k int) int { return atoi(line[s.holes[k].lo:s.holes[k].hi]) }

func hasKey(line []byte) bool {
	for i := range line {
		if line[i] == '"' && keyAt(line[i:]) > 0 {
			return true
		}
	}
	return false
}
