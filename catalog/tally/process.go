package tally

import (
	"regexp"
	"strconv"
	"strings"
)

// processReach is how far into a record its process id may end, in bytes: it is part of the head of a line.
const processReach = 256

// heads are the beginnings of lines that name their process.
var heads = regexp.MustCompile(
	// logcat, brief: I/imsdk   (28093): TIM: …
	`^(?:[VDIWEFA]/[^()\n]{1,64}\( *(\d{1,10})\):` +
		// logcat, threadtime and as Android Studio shows it: 06-01 10:00:00.123  1234  5678 E tag: …
		`|(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6} +(\d{1,10})(?:-\d{1,10}[/ ]| +\d{1,10} +[VDIWEFA] )` +
		// NSLog: 2026-06-01 10:00:00.123456+0800 Demo[123:45678] …
		`|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d{4})? [^\[\]\n]{1,64}\[(\d{1,10}):\d{1,20}\])`)

// native is the head of a line of the native SDK, which may stand behind that of another logger of the same process:
// TIM: 2026-06-01 10:00:00.123 I 28587--1056966976|- and TIM: …/E/21764-21891 /Common.
var native = regexp.MustCompile(`\bTIM: (?:\d{1,10} +)?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}(?: [A-Z] |/[A-Z]/)(\d{1,10})-`)

// processIn returns the process id in the head of a record as it is written there, or "". Of two heads the first counts.
func processIn(text string) string {
	text = text[:min(len(text), processReach)]
	if m := heads.FindStringSubmatch(text); m != nil {
		return m[1] + m[2] + m[3] // one of them is set
	}
	if i := strings.Index(text, "TIM: "); i >= 0 {
		if m := native.FindStringSubmatch(text[max(i-1, 0):]); m != nil { // one byte more for its word boundary
			return m[1]
		}
	}
	return ""
}

// maxPID bounds process ids: no system has larger ones.
const maxPID = 1<<32 - 1

// ProcessOf returns the process that a record names, in a field of its own or in how its line
// begins; 0 if it names none.
func ProcessOf(fields Fields, text string) int64 {
	said := fields.Get(KeyPID)
	if said == "" {
		said = processIn(text)
	}
	pid, err := strconv.ParseUint(said, 10, 32)
	if err != nil {
		return 0
	}
	return int64(pid)
}
