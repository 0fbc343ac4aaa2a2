package scanner

import (
	"bytes"
	"regexp"
)

// stampSpots finds out where the stamp of the line stands, if that is simple and the same in all lines of the shape
// whose numbers are as wide. The text of a shape is the same in all its lines, and so is what is found in it: only
// what depends on digits has to be looked at again, see [shape.stampAt].
func (s *shape) stampSpots(line []byte) stampSpots {
	want, ok := findStamp(line)
	if !ok {
		return stampSpots{}
	}
	p := stampSpots{reach: plainReach - int32(len("hh:")), maybeYear: -1}
	value := 0
	if at := firstKey(line); at > 0 {
		if line[0] != '{' {
			return stampSpots{} // whether a key is looked for depends on where the first brace stands
		}
		if value, p.reach = at, maxShaped; s.epochSpots(&p, line, value) {
			return s.proven(p, line, want)
		}
	}
	if p.hour = s.firstTime(line, value); p.hour < 0 {
		return stampSpots{}
	}
	end := int(s.holes[p.hour+2].hi)
	p.fraction = p.hour+3 < len(s.holes) && int(s.holes[p.hour+3].lo) == end+1 && (line[end] == '.' || line[end] == ',' && value == 0)
	if !s.dateSpots(&p, line, want) || !s.zoneSpots(&p, line) {
		return stampSpots{}
	}
	if value > 0 && (p.year == 0 || int(s.holes[p.dates[0]].lo) != value) {
		return stampSpots{}
	}
	if p.day == 0 {
		if end < len(line) && line[end] == ':' {
			return stampSpots{}
		}
		p.reach = timeOnlyReach
	}
	return s.proven(p, line, want)
}

// proven returns the spots if they say of this line what [findStamp] says.
func (s *shape) proven(p stampSpots, line []byte, want stamp) stampSpots {
	p.known = true
	if got, sure := s.stampAt(&p, line); !sure || got != want {
		return stampSpots{}
	}
	return p
}

// firstKey returns where the value of the first key that names a time begins, or 0. Such keys have no digits, so that
// no hole makes one.
func firstKey(line []byte) int {
	for i := range line {
		if n := keyAt(line[i:]); n > 0 {
			return i + n
		}
	}
	return 0
}

// epochSpots finds the Unix time that is all of a value.
func (s *shape) epochSpots(p *stampSpots, line []byte, value int) bool {
	for k := range s.holes {
		if int(s.holes[k].lo) != value {
			continue
		}
		n := 1
		if s.apart(line, k, '.') {
			n = 2
		}
		if end := int(s.holes[k+n-1].hi); end >= len(line) || !endsValue(line[end]) {
			return false
		}
		p.hour, p.epoch = k, n
		return true
	}
	return false
}

// firstTime returns the hole of the hour if the first colon between digits, which is where a time is looked for, is
// followed by minutes and seconds; else -1. A year may stand before that colon.
func (s *shape) firstTime(line []byte, from int) int {
	for k := range s.holes {
		if int(s.holes[k].lo) < from || !s.apart(line, k, ':') {
			continue
		}
		if s.holes[k].hi-s.holes[k].lo == 4 && s.apart(line, k+1, ':') {
			k++
		}
		if s.apart(line, k, ':') && s.apart(line, k+1, ':') && s.kind(k)|s.kind(k+1)|s.kind(k+2) == decimal {
			return k
		}
		return -1
	}
	return -1
}

// apart reports whether only the byte stands between hole k and the next one.
func (s *shape) apart(line []byte, k int, sep byte) bool {
	return k+1 < len(s.holes) && s.holes[k+1].lo == s.holes[k].hi+1 && line[s.holes[k].hi] == sep
}

// digitAhead finds what could become a zone or a year in another line of the shape.
var digitAhead = regexp.MustCompile(`^(?: [A-Z]{3,4})? ?(?:GMT|UTC)?[+-]?\d`)

// idAhead is what stands before a part of an id that could become a zone or a year in another line of the shape.
var idAhead = regexp.MustCompile(`^ ?(?:GMT|UTC)?[+-]?$|^ [A-Z]{3,4} $`)

// zoneSpots finds the zone behind the time.
func (s *shape) zoneSpots(p *stampSpots, line []byte) bool {
	end := s.timeEnd(p)
	rest := line[end:]
	next := -1 // the hole behind a blank
	for k := p.hour; k < len(s.holes); k++ {
		if int(s.holes[k].lo) == end+1 {
			next = k
		}
	}
	for k := p.hour + 1; k < len(s.holes); k++ {
		if h := &s.holes[k]; s.kind(k) != decimal && (int(h.lo) < end || idAhead.Match(line[end:h.lo])) {
			return false
		}
	}
	withYear := p.year > 0 || p.day == 0 // or no year is looked for
	if z, n := zoneAfter(rest); n > 0 {
		p.zone = z
		if bytes.ContainsAny(rest[:n], digitAlphabet) {
			p.zoneText = string(rest[:n])
		}
		return withYear && n < len(rest) && endsZone(rest[n])
	}
	if !digitAhead.Match(rest) {
		return true
	}
	if rest[0] != ' ' || !isDigit(rest[1]) {
		return false
	}
	if !withYear {
		p.maybeYear = next
	}
	return true
}

// endsZone reports whether a zone is over before a byte: UTC is not before +8.
func endsZone(c byte) bool { return !isWordByte(c) && c != '+' && c != '-' && c != ':' }
