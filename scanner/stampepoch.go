package scanner

import (
	"math"
	"strconv"
	"time"
)

// leadingEpoch returns the Unix time that a line begins with.
func leadingEpoch(line []byte) (stamp, bool) {
	b := line
	if len(b) > 0 && b[0] == '[' {
		b = b[1:]
	}
	n := leadingDigits(b)
	if n != 10 && n != 13 || !endsWord(b[n:]) {
		return stamp{}, false
	}
	if n == 10 && n < len(b) && b[n] == '.' {
		if f := leadingDigits(b[n+1:]); f >= 1 && f <= 9 && endsWord(b[n+1+f:]) {
			n += 1 + f
		}
	}
	return parseEpoch(b[:n])
}

// parseEpoch reads a Unix time in seconds (also a float), milliseconds, microseconds or nanoseconds.
func parseEpoch(b []byte) (stamp, bool) {
	n, whole := uint64(0), 0
	for whole < len(b) && isDigit(b[whole]) {
		n = n*10 + uint64(b[whole]-'0')
		whole++
	}
	if whole == 0 || whole > 19 {
		return stamp{}, false
	}
	fraction, hasFraction := b[whole:], false
	if len(fraction) > 0 {
		if fraction[0] != '.' {
			return stamp{}, false
		}
		fraction, hasFraction = fraction[1:], true
	}
	width := leadingDigits(fraction)
	if whole == 1 && n == 1 && width >= 6 && width <= 12 {
		return parseScientific(b, fraction[width:])
	}
	if width < len(fraction) || hasFraction && width == 0 || n > math.MaxInt64 {
		return stamp{}, false
	}
	switch {
	case whole == 10 && width <= 9:
		return plausible(time.Unix(int64(n), int64(atoi(fraction)*nanos[width])))
	case whole == 13 && width <= 6:
		return plausible(time.UnixMilli(int64(n)))
	case whole == 16 && !hasFraction:
		return plausible(time.UnixMicro(int64(n)))
	case whole == 19 && !hasFraction:
		return plausible(time.Unix(0, int64(n)))
	}
	return stamp{}, false
}

// parseScientific reads 1.780279384e+09, of which the exponent is what zap writes.
func parseScientific(b, exponent []byte) (stamp, bool) {
	switch string(exponent) {
	case "e9", "e09", "e+9", "e+09", "E9", "E09", "E+9", "E+09":
	default:
		return stamp{}, false
	}
	f, err := strconv.ParseFloat(view(b), 64)
	if err != nil {
		return stamp{}, false
	}
	return plausible(time.UnixMicro(int64(f * 1e6)))
}

// Numbers outside of these years are ids rather than times: IM did not exist before 2014.
var (
	firstSecond = time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	endSecond   = time.Date(2061, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
)

func plausible(t time.Time) (stamp, bool) {
	sec := t.Unix()
	if sec < firstSecond || sec >= endSecond {
		return stamp{}, false
	}
	return stamp{date: unixDate, sec: uint32(sec), nsec: uint32(t.Nanosecond())}, true
}

func leadingDigits(b []byte) int {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	return n
}
