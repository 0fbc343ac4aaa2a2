package scanner

import (
	"encoding/binary"
	"math/bits"
)

// A stamp is a time as a log line writes it; what is missing is filled in by a [clock]. It is small enough to be handed
// on in registers: most lines have one.
type stamp struct {
	date      date   // of a Unix time: unixDate
	sec, nsec uint32 // since the date began, or midnight
	zone      zone
}

func (s stamp) dated() bool { return s.date != 0 }

// zoned reports whether the stamp is an instant by itself.
func (s stamp) zoned() bool { return s.date == unixDate || s.date.year() != 0 && s.zone != 0 }

// secondsOf returns how many seconds of a day are over. The last one may be a leap second, which is of the next day.
func secondsOf(hour, minute, sec int) uint32 { return uint32((hour*60+minute)*60 + sec) }

const (
	// plainReach is how far into a line a stamp may begin: far enough for the address and user of
	// an access log, not so far that a date in the message is taken for the time of the record.
	plainReach = 160
	// timeOnlyReach is the same for a time of day without a date, which is easily confused.
	timeOnlyReach = 48
)

// findStamp returns the time that the line begins with or names as its own.
func findStamp(line []byte) (s stamp, ok bool) {
	if mayHaveKeys(line) {
		if s, ok = findKey(line[:min(len(line), jsonReach)]); ok {
			return s, true
		}
	}
	if s, ok = findClock(line, plainReach); ok {
		return s, true
	}
	return leadingEpoch(line)
}

// findClock looks for dd:dd:dd within reach and reads the date to its left and the fraction and
// zone to its right. That works for every layout at any column.
func findClock(line []byte, reach int) (s stamp, ok bool) {
	end := min(reach, len(line)-5)
	for i := twoColons(line, 1, end); i < end; i = twoColons(line, i+1, end) {
		t := line[i : i+6]
		from, hour := i-1, int(line[i-1]-'0')
		if from > 0 && isDigit(line[from-1]) {
			from--
			hour = pair(line[from], line[from+1])
		}
		minute, sec := pair(t[1], t[2]), pair(t[4], t[5])
		if !isDigit(line[i-1]) || hour > 23 || minute > 59 || sec > 60 ||
			from > 0 && isDigit(line[from-1]) || i+6 < len(line) && isDigit(line[i+6]) {
			continue
		}
		s = stamp{sec: secondsOf(hour, minute, sec)}
		rest := s.readFraction(line[i+6:])
		s.readDate(line[:from])
		if s.date == 0 && endsLikeDate(line[:from]) {
			return stamp{}, false // a date that cannot be must not become another one
		}
		s.readZone(rest)
		if s.dated() || (from <= timeOnlyReach && plainTime(line, from, i+6)) {
			return s, true
		}
		i += 5
	}
	return stamp{}, false
}

// eachByte has a one in each byte.
const eachByte = 0x0101010101010101

// twoColons returns the first place in b[i:end] where a colon stands and another one three bytes behind, or end. At
// least five bytes must follow end.
func twoColons(b []byte, i, end int) int {
	for ; i+8 <= end; i += 8 {
		// A byte of x is zero where both are colons; the lowest that is becomes the lowest high bit.
		x := (binary.LittleEndian.Uint64(b[i:]) ^ ':'*eachByte) | (binary.LittleEndian.Uint64(b[i+3:]) ^ ':'*eachByte)
		if x = (x - eachByte) &^ x & (0x80 * eachByte); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < end && (b[i] != ':' || b[i+3] != ':') {
		i++
	}
	return i
}

// plainTime reports whether a time of day stands by itself, not inside an address or a duration.
func plainTime(line []byte, from, to int) bool {
	if from > 0 && (line[from-1] == ':' || isLetter(line[from-1])) {
		return false
	}
	return to >= len(line) || line[to] != ':' || (to+1 < len(line) && !isDigit(line[to+1]))
}

// readFraction reads .123 or ,123 behind the seconds and returns what follows.
func (s *stamp) readFraction(b []byte) []byte {
	if len(b) < 2 || (b[0] != '.' && b[0] != ',') || !isDigit(b[1]) {
		return b
	}
	n, i := 0, 1
	for ; i < len(b) && isDigit(b[i]); i++ {
		if i <= 9 {
			n = n*10 + int(b[i]-'0')
		}
	}
	s.nsec = uint32(n * nanos[min(i-1, 9)])
	return b[i:]
}

// nanos are what the last of so many digits of a second counts.
var nanos = [...]int{1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1}

// pair returns the number of two digits, or one above 99 if they are none.
func pair(tens, ones byte) int {
	tens, ones = tens-'0', ones-'0'
	if tens > 9 || ones > 9 {
		return 100
	}
	return int(tens)*10 + int(ones)
}

func digits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

func atoi(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
