package scanner

import "bytes"

// dateReach is how much before a time is looked at for its date.
const dateReach = 36

// readDate reads the date that ends b, if one does. All are read from their end, where the last number says by its
// width which they can be:
//
//	2026-06-01T  2026/06/01   2026.06.01,  2026年6月1日   Jun  1   06-01    one digit or two
//	01/Jun/2026:  June 1, 2026 at   06/01/2026   E0601   2026-06-01 +0800   four
//	20260601T                                                               eight
func (s *stamp) readDate(b []byte) {
	b = b[max(0, len(b)-dateReach):]
	end := len(b)
	for ; end > 0 && !isDigit(b[end-1]); end-- {
		if !followsDate(b[end-1]) {
			return
		}
	}
	behind := b[end:]
	b, n, width := cutNumber(b[:end])
	switch width {
	case 1, 2:
		if !s.setDate(numericDate(b, behind, n)) {
			s.setDate(dayWithoutYear(b, behind, n, width))
		}
	case 4:
		if n/100 == 20 && s.setDate(dateBeforeYear(b, behind, n)) || string(behind) != " " || len(b) == 0 {
			return
		}
		switch sign := b[len(b)-1]; sign {
		case 'I', 'W', 'E', 'F', 'D':
			if b = b[:len(b)-1]; len(b) == 0 || !isLetter(b[len(b)-1]) && !isDigit(b[len(b)-1]) {
				s.setDate(dateOf(0, n/100, n%100))
			}
		case '+', '-':
			if d := dateBeforeZone(b[:len(b)-1]); s.setDate(d) {
				s.zone = zoneOf(sign, n/100, n%100)
			}
		}
	case 8:
		if n/1_000_000 == 20 && (len(behind) == 0 || len(behind) == 1 && isOneOf("T _-", behind[0])) {
			s.setDate(dateOf(n/10_000, n/100%100, n%100))
		}
	}
}

// followsDate reports whether a byte may stand between the last digit of a date and the time.
func followsDate(c byte) bool {
	switch c {
	case ' ', 'T', '_', ':', ',', '-', 'a', 't', "日"[0], "日"[1], "日"[2]:
		return true
	}
	return false
}

// numericDate reads 2026-06- and its like before the day.
func numericDate(b, behind []byte, day int) date {
	behind = bytes.TrimPrefix(behind, []byte("日"))
	if len(behind) > 0 && isOneOf("T _:,-", behind[0]) {
		behind = behind[1:]
	}
	if len(behind) > 1 || len(behind) == 1 && behind[0] != ' ' {
		return 0
	}
	b, ok := cutSeparator(b, "月")
	b, month, width := cutNumber(b)
	if !ok || width != 1 && width != 2 {
		return 0
	}
	b, ok = cutSeparator(b, "年")
	_, year, width := cutNumber(b)
	if !ok || width != 4 || year/100 != 20 {
		return 0
	}
	return dateOf(year, month, day)
}

// cutSeparator cuts what stands between the numbers of a date off the end of b: the word or one of -/. alike.
func cutSeparator(b []byte, word string) ([]byte, bool) {
	if n := len(b); n > 0 && isSeparator(b[n-1]) {
		return b[:n-1], true
	}
	return bytes.CutSuffix(b, []byte(word))
}

// dayWithoutYear reads Jun and 06- before the day.
func dayWithoutYear(b, behind []byte, day, width int) date {
	n := len(b)
	switch {
	case string(behind) != " " || n == 0:
	case b[n-1] == ' ':
		if b, month, long := cutMonth(bytes.TrimRight(b, " ")); !long && !endsInLetter(b) {
			return dateOf(0, month, day)
		}
	case width == 2 && (b[n-1] == '-' || b[n-1] == '/'):
		b, month, width := cutNumber(b[:n-1])
		if width == 2 && (len(b) == 0 || !isOneOf(".:-", b[len(b)-1])) {
			return dateOf(0, month, day)
		}
	}
	return 0
}

// dateBeforeYear reads 01/Jun/, June 1, and 06/01/ before the year.
func dateBeforeYear(b, behind []byte, year int) date {
	n := len(b)
	if n < 2 || len(behind) == 0 || !isOneOf("/ -", b[n-1]) {
		return 0
	}
	sep, b := b[n-1], b[:n-1]
	switch last := b[n-2]; {
	case isLetter(last):
		b, month, _ := cutMonth(b)
		if n := len(b); n > 0 && isOneOf("/ -", b[n-1]) && len(bytes.TrimLeft(behind, ": ,T")) == 0 {
			if _, day, width := cutNumber(b[:n-1]); width == 1 || width == 2 {
				return dateOf(year, month, day)
			}
		}
	case sep == ' ':
		behind = bytes.TrimPrefix(behind, []byte(","))
		b, day, width := cutNumber(bytes.TrimSuffix(b, []byte(",")))
		blanks := len(b)
		b = bytes.TrimRight(b, " ")
		blanks -= len(b)
		b, month, _ := cutMonth(b)
		if blanks > 0 && (width == 1 || width == 2) && (string(behind) == " " || string(behind) == " at ") && !endsInLetter(b) {
			return dateOf(year, month, day)
		}
	case sep == '/' && string(bytes.TrimPrefix(behind, []byte(","))) == " ":
		b, day, width := cutNumber(b)
		if n := len(b); n > 0 && b[n-1] == '/' && (width == 1 || width == 2) {
			if _, month, width := cutNumber(b[:n-1]); width == 1 || width == 2 {
				return dateOf(year, month, day)
			}
		}
	}
	return 0
}

// dateBeforeZone reads the date of [2026-06-01 +0800 02:03:04] before the sign.
func dateBeforeZone(b []byte) date {
	b, ok := bytes.CutSuffix(b, []byte(" "))
	n := len(b)
	if !ok || n < 10 || b[n-3] != '-' || b[n-6] != '-' || !digits(b[n-10:n-6]) || b[n-10] != '2' || b[n-9] != '0' || n > 10 && isDigit(b[n-11]) {
		return 0
	}
	return dateOf(atoi(b[n-10:n-6]), pair(b[n-5], b[n-4]), pair(b[n-2], b[n-1]))
}
