package envelope

import (
	"bytes"
	"time"
)

// A moment is a time as an envelope writes it.
type moment struct {
	t     time.Time
	known bool
	zoned bool   // it is an instant; else t is what a clock showed, as if in UTC
	stamp string // as it is written, where it is not known for want of a year
}

// told returns the moment as a [Carrier] has it.
func (m moment) told() (at time.Time, stamp string) {
	switch {
	case m.zoned:
		return m.t, ""
	case m.known:
		return at, m.t.Format("2006-01-02 15:04:05.000")
	}
	return at, m.stamp
}

// rank orders moments; 0 is unknown.
func (m moment) rank() int64 {
	if !m.known {
		return 0
	}
	return m.t.UnixNano()
}

// readMoment reads what carriers write as a time: RFC 3339, its like with blanks or slashes and without a zone, Unix
// times in seconds, milliseconds, microseconds and nanoseconds, and Kibana's Jun 1, 2026 @ 02:03:04.123.
func readMoment(b []byte) moment {
	b = bytes.TrimSpace(b)
	if len(b) < 10 || len(b) > 48 {
		return moment{}
	}
	if m, n := readISO(b); n == len(b) {
		return m
	}
	if m := readEpoch(b); m.known {
		return m
	}
	return readKibana(b)
}

// readISO reads the date and time that b begins with, and returns how long it is, 0 if there is none.
func readISO(b []byte) (m moment, n int) {
	year, i := number(b, 0, 4, 4)
	if i == 0 || i >= len(b) || b[i] != '-' && b[i] != '/' || year < 2000 {
		return moment{}, 0
	}
	sep := b[i]
	month, i := number(b, i+1, 1, 2)
	if i == 0 || i >= len(b) || b[i] != sep {
		return moment{}, 0
	}
	day, i := number(b, i+1, 1, 2)
	if i == 0 || i >= len(b) || b[i] != 'T' && b[i] != ' ' || month < 1 || month > 12 || day < 1 || day > 31 {
		return moment{}, 0
	}
	return readTime(b, i+1, year, time.Month(month), day)
}

// readTime reads a time of day at a place, and its zone.
func readTime(b []byte, at, year int, month time.Month, day int) (moment, int) {
	hour, i := number(b, at, 1, 2)
	if i == 0 || i >= len(b) || b[i] != ':' {
		return moment{}, 0
	}
	minute, i := number(b, i+1, 2, 2)
	if i == 0 || i >= len(b) || b[i] != ':' {
		return moment{}, 0
	}
	sec, i := number(b, i+1, 2, 2)
	if i == 0 || hour > 23 || minute > 59 || sec > 60 {
		return moment{}, 0
	}
	nanos := 0
	if i+1 < len(b) && (b[i] == '.' || b[i] == ',') && isDigit(b[i+1]) {
		unit := int(time.Second)
		for i++; i < len(b) && isDigit(b[i]); i++ {
			unit /= 10
			nanos += int(b[i]-'0') * unit
		}
	}
	offset, zoned, i := readZone(b, i)
	t := time.Date(year, month, day, hour, minute, sec, nanos, time.UTC)
	return moment{t: t.Add(-offset), known: true, zoned: zoned}, i
}

// readZone reads Z, +08:00, +0800 or +08 at a place, a blank before it perhaps, and returns where that ends.
func readZone(b []byte, at int) (offset time.Duration, zoned bool, end int) {
	i := at
	if i+1 < len(b) && b[i] == ' ' && (b[i+1] == '+' || b[i+1] == '-') {
		i++
	}
	switch {
	case i < len(b) && b[i] == 'Z':
		return 0, true, i + 1
	case i >= len(b) || b[i] != '+' && b[i] != '-':
		return 0, false, at
	}
	hours, ok := pair(b, i+1)
	if !ok || hours > 14 {
		return 0, false, at
	}
	end = i + 3
	j := end
	if j < len(b) && b[j] == ':' {
		j++
	}
	minutes, ok := pair(b, j)
	if ok = ok && minutes < 60; ok {
		end = j + 2
	} else {
		minutes = 0
	}
	offset = time.Duration(hours*60+minutes) * time.Minute
	if b[i] == '-' {
		offset = -offset
	}
	return offset, true, end
}

// readKibana reads Jun 1, 2026 @ 02:03:04.123.
func readKibana(b []byte) moment {
	month := monthOf(b)
	if month == 0 || len(b) < 20 || b[3] != ' ' {
		return moment{}
	}
	day, i := number(b, 4, 1, 2)
	if i == 0 || !bytes.HasPrefix(b[i:], []byte(", ")) {
		return moment{}
	}
	year, i := number(b, i+2, 4, 4)
	if i == 0 || !bytes.HasPrefix(b[i:], []byte(" @ ")) {
		return moment{}
	}
	m, n := readTime(b, i+3, year, month, day)
	if n != len(b) {
		return moment{}
	}
	return m
}

// monthOf returns the month whose short name b begins with, or 0.
func monthOf(b []byte) time.Month {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	if len(b) < 3 {
		return 0
	}
	for i := 0; i < len(names); i += 3 {
		if string(b[:3]) == names[i:i+3] {
			return time.Month(i/3 + 1)
		}
	}
	return 0
}

// number reads a number of least to most digits at a place, and returns where it ends, 0 if there is none.
func number(b []byte, at, least, most int) (n, end int) {
	i := at
	for i < len(b) && i < at+most && isDigit(b[i]) {
		n = n*10 + int(b[i]-'0')
		i++
	}
	if i < at+least || i < len(b) && isDigit(b[i]) {
		return 0, 0
	}
	return n, i
}

// pair reads two digits at a place.
func pair(b []byte, at int) (n int, ok bool) {
	if at+2 > len(b) || !isDigit(b[at]) || !isDigit(b[at+1]) {
		return 0, false
	}
	return int(b[at]-'0')*10 + int(b[at+1]-'0'), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
