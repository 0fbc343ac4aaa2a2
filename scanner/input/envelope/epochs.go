package envelope

import "time"

// Numbers outside of these years are ids rather than times: IM did not exist before 2014.
var (
	firstSecond = time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	endSecond   = time.Date(2061, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
)

// readEpoch reads a Unix time, whose width says what it counts: seconds, perhaps with a fraction, milliseconds,
// microseconds or nanoseconds.
func readEpoch(b []byte) moment {
	n, width := int64(0), 0
	for width < len(b) && width < 19 && isDigit(b[width]) {
		n = n*10 + int64(b[width]-'0')
		width++
	}
	fraction := b[width:]
	nanos, unit := int64(0), int64(time.Second)
	if len(fraction) > 0 {
		if fraction[0] != '.' || len(fraction) < 2 {
			return moment{}
		}
		for _, c := range fraction[1:] {
			if !isDigit(c) {
				return moment{}
			}
			unit /= 10
			nanos += int64(c-'0') * unit
		}
	}
	var t time.Time
	switch width {
	case 10:
		t = time.Unix(n, nanos)
	case 13:
		t = time.UnixMilli(n)
	case 16:
		t = time.UnixMicro(n)
	case 19:
		t = time.Unix(n/1e9, n%1e9)
	default:
		return moment{}
	}
	if s := t.Unix(); s < firstSecond || s >= endSecond {
		return moment{}
	}
	return moment{t: t.UTC(), known: true, zoned: true}
}

// A timer reads the times of lines that follow each other, most of which are of the same minute.
type timer struct {
	minute []byte // 2026-06-01T02:03: as it was read
	zone   []byte
	begin  time.Time
}

// read reads what [readMoment] reads; 2026-06-01T02:03:04.123456789Z quickly.
func (c *timer) read(b []byte) moment {
	const head = len("2026-06-01T02:03:")
	if len(b) < head+3 {
		return readMoment(b)
	}
	sec, i := number(b, head, 2, 2)
	if i == 0 || sec > 59 {
		return readMoment(b)
	}
	nanos := 0
	if b[i:][0] == '.' {
		unit := int(time.Second)
		for i++; i < len(b) && isDigit(b[i]); i++ {
			unit /= 10
			nanos += int(b[i]-'0') * unit
		}
	}
	if len(c.minute) == 0 || string(b[:head]) != string(c.minute) || string(b[i:]) != string(c.zone) {
		m := readMoment(b)
		if !m.zoned {
			return m
		}
		c.minute, c.zone = append(c.minute[:0], b[:head]...), append(c.zone[:0], b[i:]...)
		c.begin = m.t.Add(-time.Duration(sec)*time.Second - time.Duration(nanos))
	}
	return moment{t: c.begin.Add(time.Duration(sec)*time.Second + time.Duration(nanos)), known: true, zoned: true}
}
