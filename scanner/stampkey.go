package scanner

import (
	"bytes"
	"unicode/utf8"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

// jsonReach is how much of a line is searched for a key such as "ts".
const jsonReach = 4 << 10

// mayHaveKeys reports whether a line is JSON or has JSON near its beginning.
func mayHaveKeys(line []byte) bool {
	return beginsObject(line) || bytes.Contains(line[:min(len(line), 128)], []byte(`{"`))
}

func beginsObject(line []byte) bool {
	for _, c := range line[:min(len(line), 64)] {
		if c != ' ' && c != '\t' {
			return c == '{'
		}
	}
	return false
}

// findKey returns the value of the first key in a JSON record that names its time, if that is a time.
func findKey(line []byte) (stamp, bool) {
	if len(line) > 1 && line[0] == '{' {
		// Many records begin with it.
		if n := keyAt(line[1:]); n > 0 {
			if s, ok, decided := valueOf(line, 1+n); decided {
				return s, ok
			}
		}
	}
	var room [8]literal.Hit
	for _, h := range stampKeys.Append(room[:0], line, 0, len(line)) {
		if n := keyAt(line[h.Pos:]); n > 0 {
			if s, ok, decided := valueOf(line, h.Pos+n); decided {
				return s, ok
			}
		}
	}
	return stamp{}, false
}

// stampKeys are how the keys of times begin, see [keyAt].
var stampKeys = func() *literal.Set {
	set, err := literal.New([]string{
		`"timestamp`, `"@timestamp`, `"ts`, `"time`, `"datetime`, `"asctime`, `"eventtime`, `"logtime`, `"log_time`, `"__time`, `"__realtime_timestamp`,
	})
	if err != nil {
		panic(err)
	}
	return set
}()

// valueOf reads the value that begins at a place in a JSON record; one that is only too short for a time leaves the
// matter to the next key.
func valueOf(line []byte, at int) (s stamp, ok, decided bool) {
	value, runes := valueAt(line[at:])
	if runes < minValue {
		return stamp{}, false, blankValue(line[:at], runes)
	}
	if s, ok := parseEpoch(value); ok {
		return s, true, true
	}
	s, ok = findClock(value, len(value))
	return s, ok && s.dated(), true
}

// The runes that the value of a key that names a time has.
const minValue, maxValue = 8, 40

// valueAt returns the value that b begins with, without what there is too much of it, and its runes.
func valueAt(b []byte) (value []byte, runes int) {
	i := 0
	for i < len(b) && runes < maxValue && !endsValue(b[i]) {
		n := 1
		if b[i] >= utf8.RuneSelf {
			_, n = utf8.DecodeRune(b[i:])
		}
		i += n
		runes++
	}
	return b[:i], runes
}

func endsValue(c byte) bool { return c == '"' || c == ',' || c == '}' || c == '\\' }

// blankValue reports whether a value of too few runes has enough of them with the blanks before it, which are part of
// before. It is no time then, but a value.
func blankValue(before []byte, runes int) bool {
	b := bytes.TrimSuffix(bytes.TrimSuffix(before, []byte(`"`)), []byte(`\`))
	if len(b) < len(before) {
		runes = 0
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
		runes++
	}
	return runes >= minValue
}

// keyAt returns where the value of a key that names a time begins, counted from the quote that b begins with, or 0:
// those of zap, bunyan, pino, CLS, SLS, journald. JSON in a string of JSON has a backslash before its quotes.
func keyAt(b []byte) int {
	if len(b) < len(`"ts":`) || b[0] != '"' || !isOneOf("@_adelt", b[1]) {
		return 0
	}
	i := 1
	for i < len(b) && (isLetter(b[i]) || b[i] == '_' || b[i] == '@') {
		i++
	}
	switch string(b[1:i]) {
	case "ts", "time", "timestamp", "@timestamp", "datetime", "asctime", "eventTime", "logtime", "log_time",
		"__time__", "__TIMESTAMP__", "__REALTIME_TIMESTAMP":
	default:
		return 0
	}
	if i < len(b) && b[i] == '\\' {
		i++
	}
	if i >= len(b) || b[i] != '"' {
		return 0
	}
	i = skipSpace(b, i+1)
	if i >= len(b) || b[i] != ':' {
		return 0
	}
	i = skipSpace(b, i+1)
	if i < len(b) && b[i] == '\\' {
		i++
	}
	if i < len(b) && b[i] == '"' {
		i++
	}
	return i
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }
