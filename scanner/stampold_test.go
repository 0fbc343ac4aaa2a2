package scanner

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// What a stamp is, said in patterns: the readers of stamps are held to them.

type oldStamp struct {
	year, month, day     int // year 0: not written; month 0: no date at all
	hour, min, sec, nsec int
	zone                 *time.Location // nil: not written
	epoch                time.Time      // set instead of all others where the line holds a Unix time
}

func (s *oldStamp) dated() bool { return s.month != 0 || !s.epoch.IsZero() }

// stamp returns the same as readers of stamps do.
func (s *oldStamp) stamp() stamp {
	if !s.epoch.IsZero() {
		return stamp{date: unixDate, sec: uint32(s.epoch.Unix()), nsec: uint32(s.epoch.Nanosecond())}
	}
	t := stamp{date: dateOf(s.year, s.month, s.day), sec: uint32(s.hour*3600 + s.min*60 + s.sec), nsec: uint32(s.nsec)}
	if s.zone != nil {
		_, east := time.Unix(0, 0).In(s.zone).Zone()
		t.zone = utc + zone(east/60)
	}
	return t
}

var (
	// oldStampKey reads the time of a JSON record where its key begins: zap, bunyan, pino, CLS, SLS, journald.
	oldStampKey = regexp.MustCompile(`^"(?:@?timestamp|ts|time|datetime|asctime|eventTime|log_?time|__TIMESTAMP__|__time__|__REALTIME_TIMESTAMP)\\?"\s*:\s*\\?"?([^",}\\]{8,40})`)
	// oldLeadingEpoch is a Unix time at the very start of a line.
	oldLeadingEpoch = regexp.MustCompile(`^\[?(\d{10}(?:\.\d{1,9})?|\d{13})\b`)
	oldEpochValue   = regexp.MustCompile(`^(\d{10}(?:\.\d{1,9})?|1\.\d{6,12}[eE]\+?0?9|\d{13}(?:\.\d{1,6})?|\d{16}|\d{19})$`)
)

// oldFindStamp returns the time that the line begins with or names as its own.
func oldFindStamp(line []byte) (oldStamp, bool) {
	if t := bytes.TrimLeft(line[:min(len(line), 64)], " \t"); len(t) > 0 && t[0] == '{' || bytes.Contains(line[:min(len(line), 128)], []byte(`{"`)) {
		if s, ok := oldFindKey(line[:min(len(line), jsonReach)]); ok {
			return s, true
		}
	}
	if s, ok := oldFindClock(line, plainReach); ok {
		return s, true
	}
	if len(line) == 0 || line[0] != '[' && !isDigit(line[0]) {
		return oldStamp{}, false
	}
	if m := oldLeadingEpoch.FindSubmatch(line); m != nil {
		return oldParseEpoch(m[1])
	}
	return oldStamp{}, false
}

// oldStampKeys are how the keys of times begin.
var oldStampKeys = func() *literal.Set {
	set, err := literal.New([]string{
		`"timestamp`, `"@timestamp`, `"ts`, `"time`, `"datetime`, `"asctime`, `"eventtime`, `"logtime`, `"log_time`, `"__time`, `"__realtime_timestamp`,
	})
	if err != nil {
		panic(err)
	}
	return set
}()

// oldFindKey returns the value of the first key in a JSON record that names its time, if that is a time.
func oldFindKey(line []byte) (oldStamp, bool) {
	var hits [8]literal.Hit
	for _, h := range oldStampKeys.Append(hits[:0], line, 0, len(line)) {
		m := oldStampKey.FindSubmatch(line[h.Pos:])
		if m == nil {
			continue
		}
		if s, ok := oldParseEpoch(m[1]); ok {
			return s, true
		}
		s, ok := oldFindClock(m[1], len(m[1]))
		return s, ok && s.dated()
	}
	return oldStamp{}, false
}

// oldFindClock looks for dd:dd:dd within reach and reads the date to its left and the fraction and
// zone to its right. That works for every layout at any column.
func oldFindClock(line []byte, reach int) (oldStamp, bool) {
	for i := 1; i < min(len(line), reach) && i+6 <= len(line); i++ {
		if line[i] != ':' || line[i+3] != ':' || !digits(line[i+1:i+3]) || !digits(line[i+4:i+6]) {
			continue
		}
		from := i - 1
		if from > 0 && isDigit(line[from-1]) {
			from--
		}
		if !digits(line[from:i]) || (from > 0 && isDigit(line[from-1])) {
			continue
		}
		s := oldStamp{hour: atoi(line[from:i]), min: atoi(line[i+1 : i+3]), sec: atoi(line[i+4 : i+6])}
		if s.hour > 23 || s.min > 59 || s.sec > 60 || (i+6 < len(line) && isDigit(line[i+6])) {
			continue
		}
		rest := s.readFraction(line[i+6:])
		s.readDate(line[:from])
		if s.month == 0 && bytes.ContainsAny(line[max(0, from-12):from], "-/.") && oldWrittenDate.Match(line[max(0, from-12):from]) {
			return oldStamp{}, false // a date that cannot be must not become another one
		}
		s.readZone(rest)
		if s.dated() || (from <= timeOnlyReach && oldPlainTime(line, from, i+6)) {
			return s, true
		}
		i += 5
	}
	return oldStamp{}, false
}

// oldPlainTime reports whether a time of day stands by itself, not inside an address or a duration.
func oldPlainTime(line []byte, from, to int) bool {
	if from > 0 && (line[from-1] == ':' || isLetter(line[from-1])) {
		return false
	}
	return to >= len(line) || line[to] != ':' || (to+1 < len(line) && !isDigit(line[to+1]))
}

// readFraction reads .123 or ,123 behind the seconds and returns what follows.
func (s *oldStamp) readFraction(b []byte) []byte {
	if len(b) < 2 || (b[0] != '.' && b[0] != ',') || !isDigit(b[1]) {
		return b
	}
	n, scale := 1, 100_000_000
	for ; n < len(b) && isDigit(b[n]); n++ {
		s.nsec += int(b[n]-'0') * scale
		scale /= 10
	}
	return b[n:]
}

var oldZoneAfter = regexp.MustCompile(`^ ?(?:(Z)\b|(?:GMT|UTC)?([+-])(\d\d):?(00|15|30|45)\b|(UTC|GMT)\b)`)

// oldWrittenDate is the end of a date in digits, possible or not.
var oldWrittenDate = regexp.MustCompile(`\d[-/.]\d{1,2}[T _]?$`)

// readZone reads Z, +0800, +08:00, UTC or GMT+0800 behind the time, and the year of an ANSI C date.
func (s *oldStamp) readZone(b []byte) {
	b = b[:min(len(b), 24)]
	if t := bytes.TrimPrefix(b, []byte{' '}); len(t) == 0 || strings.IndexByte("ZGU+-", t[0]) < 0 && (s.year != 0 || len(t) == len(b)) {
		return // neither a zone nor a year can follow
	}
	if m := oldZoneAfter.FindSubmatch(b); m != nil {
		switch {
		case len(m[1]) > 0 || len(m[5]) > 0:
			s.zone = time.UTC
		default:
			s.zone = oldOffset(m[2][0], m[3], m[4])
		}
		b = b[len(m[0]):]
	}
	if s.month != 0 && s.year == 0 {
		if m := oldYearAfter.FindSubmatch(b); m != nil {
			s.year = atoi(m[1])
		}
	}
}

var oldYearAfter = regexp.MustCompile(`^(?: [A-Z]{3,4})? (20\d\d)\b`)

func oldOffset(sign byte, hh, mm []byte) *time.Location {
	sec := atoi(hh)*3600 + atoi(mm)*60
	if sec > 14*3600 {
		return nil
	}
	if sign == '-' {
		sec = -sec
	}
	return time.FixedZone("", sec)
}

// The dates that may stand left of a time. Each is tried on the last bytes before it.
var oldDatesBefore = []struct {
	re               *regexp.Regexp
	year, month, day int // groups, 0: not written
	zone             int // group of the sign, hours and minutes follow
}{
	{re: regexp.MustCompile(`(?:^|[^\d])(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日)?[T _:,-]? ?$`), year: 1, month: 2, day: 3},
	{re: regexp.MustCompile(`(?:^|[^\d])(20\d\d)(\d\d)(\d\d)[T _-]?$`), year: 1, month: 2, day: 3},
	{re: regexp.MustCompile(`(?:^|[^\d])(\d{1,2})[/ -](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[/ -](20\d\d)[: ,T]+$`), year: 3, month: 2, day: 1},
	{re: regexp.MustCompile(`(?:^|[^A-Za-z])(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +(\d{1,2}),? (20\d\d),? (?:at )?$`), year: 3, month: 1, day: 2},
	{re: regexp.MustCompile(`(?:^|[^A-Za-z])(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d{1,2}) $`), month: 1, day: 2},
	{re: regexp.MustCompile(`(?:^|[^\d])(\d{1,2})/(\d{1,2})/(20\d\d),? $`), year: 3, month: 1, day: 2},
	{re: regexp.MustCompile(`(?:^|[^\d.:-])(\d\d)[-/](\d\d) $`), month: 1, day: 2},
	{re: regexp.MustCompile(`(?:^|[^A-Za-z\d])[IWEFD](\d\d)(\d\d) $`), month: 1, day: 2},
	{re: regexp.MustCompile(`(?:^|[^\d])(20\d\d)-(\d\d)-(\d\d) ([+-])(\d\d)(\d\d) $`), year: 1, month: 2, day: 3, zone: 4},
}

var oldMonths = map[string]int{"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}

// readDate reads the date that ends b, if one does.
func (s *oldStamp) readDate(b []byte) {
	b = b[max(0, len(b)-36):]
	if s.plainDate(b) {
		return
	}
	for _, d := range oldDatesBefore {
		m := d.re.FindSubmatch(b)
		if m == nil {
			continue
		}
		month := oldMonths[string(m[d.month][:min(3, len(m[d.month]))])]
		if month == 0 {
			month = atoi(m[d.month])
		}
		day := atoi(m[d.day])
		year := 2000 // a leap year: a day without a year may be the 29th of February
		if d.year > 0 {
			year = atoi(m[d.year])
		}
		if month < 1 || month > 12 || day < 1 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
			continue
		}
		s.month, s.day = month, day
		if d.year > 0 {
			s.year = year
		}
		if d.zone > 0 {
			s.zone = oldOffset(m[d.zone][0], m[d.zone+1], m[d.zone+2])
		}
		return
	}
}

// plainDate reads the three dates that most logs have, as the patterns of oldDatesBefore would, but without
// a search: 2026-06-01 with any of their separators, 01/Jun/2026: and 06-01.
func (s *oldStamp) plainDate(b []byte) bool {
	n := len(b)
	before := func(width int) byte { // what stands left of the date; a []byte{' '} at the beginning
		if n == width {
			return ' '
		}
		return b[n-width-1]
	}
	year, month, day := 0, 0, 0
	switch {
	case n >= 11 && isDigit(b[n-2]) && isDigit(b[n-3]) && isSeparator(b[n-4]) && isSeparator(b[n-7]) && strings.IndexByte("T _:,-", b[n-1]) >= 0 &&
		digits(b[n-6:n-4]) && digits(b[n-11:n-7]) && b[n-11] == '2' && b[n-10] == '0' && !isDigit(before(11)):
		year, month, day = atoi(b[n-11:n-7]), atoi(b[n-6:n-4]), atoi(b[n-3:n-1])
	case n >= 12 && b[n-1] == ':' && digits(b[n-5:n-1]) && b[n-5] == '2' && b[n-4] == '0' && b[n-6] == '/' && b[n-10] == '/' &&
		digits(b[n-12:n-10]) && oldMonths[string(b[n-9:n-6])] > 0 && !isDigit(before(12)):
		year, month, day = atoi(b[n-5:n-1]), oldMonths[string(b[n-9:n-6])], atoi(b[n-12:n-10])
	case n >= 6 && b[n-1] == ' ' && digits(b[n-3:n-1]) && (b[n-4] == '-' || b[n-4] == '/') && digits(b[n-6:n-4]) && (n == 6 || before(6) == ' ' || isLetter(before(6))):
		month, day = atoi(b[n-6:n-4]), atoi(b[n-3:n-1])
	}
	if month < 1 || month > 12 || day < 1 || day > 28 { // later days depend on the month
		return false
	}
	s.year, s.month, s.day = year, month, day
	return true
}

// oldParseEpoch reads a Unix time in seconds (also a float), milliseconds, microseconds or nanoseconds.
func oldParseEpoch(b []byte) (oldStamp, bool) {
	if !oldEpochValue.Match(b) {
		return oldStamp{}, false
	}
	if bytes.ContainsAny(b, "eE") {
		f, err := strconv.ParseFloat(string(b), 64)
		if err != nil {
			return oldStamp{}, false
		}
		return oldPlausible(time.UnixMicro(int64(f * 1e6)))
	}
	whole, fraction, _ := bytes.Cut(b, []byte("."))
	n, err := strconv.ParseInt(string(whole), 10, 64)
	if err != nil {
		return oldStamp{}, false
	}
	switch len(whole) {
	case 10:
		ns, scale := int64(0), int64(100_000_000)
		for _, c := range fraction {
			ns += int64(c-'0') * scale
			scale /= 10
		}
		return oldPlausible(time.Unix(n, ns))
	case 13:
		return oldPlausible(time.UnixMilli(n))
	case 16:
		return oldPlausible(time.UnixMicro(n))
	default:
		return oldPlausible(time.Unix(0, n))
	}
}

// oldPlausible refuses numbers that are ids rather than times: IM did not exist before 2014.
func oldPlausible(t time.Time) (oldStamp, bool) {
	if y := t.UTC().Year(); y < 2014 || y > 2060 {
		return oldStamp{}, false
	}
	return oldStamp{epoch: t.UTC()}, true
}
