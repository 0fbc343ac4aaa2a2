package scanner

import "strings"

// A date is what stands before a time: a year, 0 where none is written, a month and a day of two digits each. It is 0
// where there is no date.
type date uint32

// dateOf returns the date of three numbers, of which the month and the day are below 128, whether it can be or not.
func dateOf(year, month, day int) date { return date(year<<14 | month<<7 | day) }

func (d date) year() int  { return int(d >> 14) }
func (d date) month() int { return int(d >> 7 & 127) }
func (d date) day() int   { return int(d & 127) }

// unixDate is when Unix times begin. No other stamp has it: the years that are read begin with 20.
const unixDate = date(1970<<14 | 1<<7 | 1)

// setDate keeps a date if it is one that can be.
func (s *stamp) setDate(d date) bool {
	if !d.possible() {
		return false
	}
	s.date = d
	return true
}

// possible reports whether there is such a day.
func (d date) possible() bool {
	month, day := d.month(), d.day()
	return 1 <= month && month <= 12 && 1 <= day && (day <= 28 || day <= daysIn(d.year(), month))
}

// daysIn returns how many days a month of this century has. The 29th of February may be a day without a year.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// cutNumber cuts the digits that end b off, and returns their number, modulo what an int holds, and how many they are.
func cutNumber(b []byte) (rest []byte, n, width int) {
	scale := 1
	for i := len(b) - 1; i >= 0 && isDigit(b[i]); i-- {
		n += int(b[i]-'0') * scale
		scale *= 10
		width++
	}
	return b[:len(b)-width], n, width
}

// cutMonth cuts an English month off the end of b, whose name may be longer than three letters; 0 where there is none.
func cutMonth(b []byte) (rest []byte, month int, long bool) {
	i := len(b)
	for i > 0 && 'a' <= b[i-1] && b[i-1] <= 'z' {
		i--
	}
	if i == 0 || len(b)-i < 2 {
		return b, 0, false
	}
	i--
	return b[:i], monthOf(b[i : i+3]), len(b)-i > 3
}

func monthOf(b []byte) int {
	switch string(b) {
	case "Jan":
		return 1
	case "Feb":
		return 2
	case "Mar":
		return 3
	case "Apr":
		return 4
	case "May":
		return 5
	case "Jun":
		return 6
	case "Jul":
		return 7
	case "Aug":
		return 8
	case "Sep":
		return 9
	case "Oct":
		return 10
	case "Nov":
		return 11
	case "Dec":
		return 12
	}
	return 0
}

// endsLikeDate reports whether b ends in a date in digits, possible or not.
func endsLikeDate(b []byte) bool {
	if n := len(b); n > 0 && isOneOf("T _", b[n-1]) {
		b = b[:n-1]
	}
	b, _, width := cutNumber(b)
	n := len(b)
	return (width == 1 || width == 2) && n > 1 && isSeparator(b[n-1]) && isDigit(b[n-2])
}

func endsInLetter(b []byte) bool { return len(b) > 0 && isLetter(b[len(b)-1]) }

func isSeparator(c byte) bool { return c == '-' || c == '/' || c == '.' }

func isOneOf(set string, c byte) bool { return strings.IndexByte(set, c) >= 0 }
