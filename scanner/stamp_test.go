package scanner

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func checkStamp(t rapid.TB, line string) {
	t.Helper()
	want, found := oldFindStamp([]byte(line))
	got, ok := findStamp([]byte(line))
	if ok != found || got != want.stamp() {
		t.Fatalf("stamp of %q\n got %v %v\nwant %v %v", line, got, ok, want.stamp(), found)
	}
}

// TestStampLines holds the readers to the patterns on all layouts and what is nearly one: every line is cut at both
// ends, and each of its bytes left out, doubled and exchanged.
func TestStampLines(t *testing.T) {
	for _, l := range stampLines {
		line := l.line
		checkStamp(t, line)
		for i := range line {
			checkStamp(t, line[i:])
			checkStamp(t, line[:i])
			checkStamp(t, line[:i]+line[i+1:])
			checkStamp(t, line[:i]+line[i:i+1]+line[i:])
			for _, c := range "0 29:-/.,TZ\"\\{}at日\xff\tJn+" {
				checkStamp(t, line[:i]+string(c)+line[i+1:])
				checkStamp(t, line[:i]+string(c)+line[i:])
			}
		}
	}
}

// genStamp writes a line with a stamp, or what is nearly one, from the parts that layouts have.
func genStamp(t *rapid.T) string {
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "part") }
	num := func(width int) string {
		if rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
			width = rapid.IntRange(0, 5).Draw(t, "width")
		}
		n := rapid.IntRange(0, 1e5).Draw(t, "n")
		if width == 2 && rapid.IntRange(0, 3).Draw(t, "low") > 0 {
			n %= 32
		}
		return fmt.Sprintf("%0*d", width, n)[:width]
	}
	month := func() string {
		return pick("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "June", "Sept", "Foo", "jun", "Febr", "")
	}
	year := func() string { return pick("20"+num(2), "20"+num(2), "2024", "2023", "19"+num(2), num(4)) }
	small := func() string { return pick(num(2), num(2), num(1), "02", "29", "30", "31", "28") }
	sep := func() string { return pick("-", "/", ".", "-", "/", " ", "年", "月", ":", "") }
	blank := func() string { return pick(" ", " ", "  ", "", ",", ", ") }
	dates := []func() string{
		func() string { s := sep(); return year() + s + small() + s + small() },
		func() string { return year() + sep() + small() + sep() + small() + pick("", "日") },
		func() string { return year() + "年" + small() + "月" + small() + "日" },
		func() string { return year() + num(2) + num(2) },
		func() string { s := pick("/", "-", " "); return small() + s + month() + s + year() },
		func() string { return month() + blank() + small() + blank() + year() },
		func() string { return month() + blank() + small() },
		func() string { s := sep(); return small() + s + small() + s + year() },
		func() string { return small() + sep() + small() },
		func() string { return pick("I", "W", "E", "F", "D", "X", "EE") + num(2) + num(2) },
		func() string { return year() + "-" + small() + "-" + small() + " " + pick("+", "-") + num(2) + num(2) },
		func() string { return pick("TIM ", "", "at", "日", "10:20:30") },
	}
	zone := func() string {
		return pick("", " ") + pick("", "", "Z", "Zulu", "GMT", "UTC", "UTC8", "CST 2026", " CEST 2024", " 2025", "GMT+0800", "UTC-3", "+08:00", "-0330", "+1400", "+1445", "+0859", "-08", "+08:", " -1004", "20"+num(2), "GMT 2026")
	}
	stampText := func() string {
		s := dates[rapid.IntRange(0, len(dates)-1).Draw(t, "date")]()
		s += pick(" ", " ", "T", "_", ":", ",", "-", "  ", ", ", " at ", ", at ", "T ", ": ", "日", "", "\t")
		s += pick(num(2), num(2), num(1)) + ":" + num(2) + ":" + pick(num(2), num(2), "60", "61")
		s += pick("", "", "."+num(3), ","+num(3), "."+num(3)+num(5)+num(5), ".", ",x")
		return s + zone()
	}
	value := func() string {
		return pick(stampText(), stampText(), "17802"+num(5), "17802"+num(5)+"."+num(3), "17802"+num(5)+num(3), "1.7802"+num(5)+num(3)+pick("e9", "e+09", "E+9", "e08", ""), "17802"+num(5)+num(5)+num(4), "17802"+num(5)+num(3)+num(3), "99999999"+num(5)+num(5)+num(1), num(5), "漢字漢字漢字漢字", "\xff\xfe"+stampText())
	}
	before := pick("", "", "", "[", " ", "TIM: ", "<11>1 ", "10.0.0.1 - - [", "x", "1", "-", ".", "日", "\xe6\x97", strings.Repeat("y", rapid.IntRange(0, 200).Draw(t, "pad")))
	s := before + pick(stampText(), stampText(), value())
	if rapid.Bool().Draw(t, "JSON") {
		s = pick("{", "{", " \t{", `x {"a":1,`, before+"{")
		for range rapid.IntRange(1, 3).Draw(t, "keys") {
			quote := pick(`"`, `"`, `\"`)
			s += quote + pick("ts", "time", "timestamp", "@timestamp", "datetime", "asctime", "eventTime", "logtime", "log_time", "__time__", "__TIMESTAMP__", "__REALTIME_TIMESTAMP", "eventtime", "tsx", "msg", "") + quote
			s += pick("", "", " ", "\t ", strings.Repeat(" ", rapid.IntRange(0, 12).Draw(t, "blanks"))) + ":"
			s += pick("", "", " ", "\f\r\n", strings.Repeat(" ", rapid.IntRange(0, 12).Draw(t, "blanks"))) + pick("", quote, quote) + value() + pick("", quote, quote) + pick(",", "}", " ")
		}
	}
	return s + pick("", " x", "]", `"`, " 10:20:30", " 2026-06-01 10:20:30 x")
}

// cutAtRandom leaves a part of a line out.
func cutAtRandom(t *rapid.T, line string) string {
	if rapid.IntRange(0, 3).Draw(t, "cut") > 0 || line == "" {
		return line
	}
	lo := rapid.IntRange(0, len(line)-1).Draw(t, "lo")
	hi := min(len(line), lo+rapid.IntRange(0, 4).Draw(t, "n"))
	return line[:lo] + line[hi:]
}

func TestStampProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkStamp(t, cutAtRandom(t, genStamp(t))) })
}

func FuzzStamp(f *testing.F) {
	for _, l := range stampLines {
		f.Add(l.line)
	}
	f.Fuzz(func(t *testing.T, line string) { checkStamp(t, line) })
}

// FuzzGeneratedStamp lets the fuzzer choose among what genStamp writes.
func FuzzGeneratedStamp(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { checkStamp(t, cutAtRandom(t, genStamp(t))) }))
}
