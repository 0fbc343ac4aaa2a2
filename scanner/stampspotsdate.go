package scanner

import (
	"bytes"
	"unicode/utf8"
)

// dateLayouts are dates by the widths of their numbers, which say what they are: y is a digit of a year, m of a month
// and d of a day.
var dateLayouts = [][]string{
	{"yyyy", "mm", "dd"}, {"mm", "dd", "yyyy"}, {"dd", "yyyy"}, {"d", "yyyy"}, {"mm", "dd"}, {"mmdd"}, {"yyyymmdd"}, {"dd"}, {"d"},
}

// dateSpots finds the date before the time, of which the stamp is known.
func (s *shape) dateSpots(p *stampSpots, line []byte, want stamp) bool {
	lo, before := int(s.holes[p.hour].lo), 0
	if p.hour > 0 {
		before = int(s.holes[p.hour-1].hi)
	}
	p.dates = [3]int{p.hour, p.hour, p.hour}
	if want.date == 0 {
		// No date in any line, if text stands there that is behind none.
		for lo > before && followsDate(line[lo-1]) {
			lo--
		}
		return lo > before || lo == 0
	}
	for _, layout := range dateLayouts {
		if s.laidOut(p, line, layout, want) {
			return true
		}
	}
	return false
}

// laidOut reports whether the numbers before the time are a layout of the stamp, and fills it in.
func (s *shape) laidOut(p *stampSpots, line []byte, layout []string, want stamp) bool {
	first := p.hour - len(layout)
	if first < 0 {
		return false
	}
	lo := int(s.holes[p.hour].lo)
	q := *p
	for i, number := range layout {
		h := s.holes[first+i]
		if s.kind(first+i) != decimal || int(h.hi-h.lo) != len(number) || lo-int(h.lo) >= dateReach-8 {
			return false
		}
		if i > 0 && layout[0] != "dd" && layout[0] != "d" && (s.holes[first+i-1].hi+1 != h.lo || !isSeparator(line[h.lo-1])) {
			return false
		}
		q.dates[i], q.before[i] = first+i, int32(lo)-h.lo
		for j := range number {
			switch back := int(q.before[i]) - j; number[j] {
			case 'y':
				q.year = max(q.year, back)
			case 'm':
				q.month = max(q.month, back)
			case 'd':
				q.day = max(q.day, back)
				q.dayWidth++
			}
		}
	}
	if q.month == 0 {
		q.monthName = want.date.month()
	}
	if (q.year == 0) != (want.date.year() == 0) || (q.month == 0) != s.namesMonth(line, first) {
		return false
	}
	switch lo := int(s.holes[first].lo); {
	case q.year == 0 && lo > 0 && (line[lo-1] == '/' || line[lo-1] >= utf8.RuneSelf):
		return false // the end of a date whose year is none here
	case layout[len(layout)-1] == "yyyy" && dateBeforeZone(line[:s.holes[p.hour-1].lo-1]) != 0:
		return false // a zone that looks like a year
	}
	*p = q
	return true
}

// namesMonth reports whether the name of a month stands before or behind the day in a hole.
func (s *shape) namesMonth(line []byte, day int) bool {
	h := s.holes[day]
	_, month, _ := cutMonth(bytes.TrimRight(line[:h.lo], " "))
	return month > 0 || isLetter(line[h.hi+1])
}
