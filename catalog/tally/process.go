package tally

import (
	"regexp"
)

// processReach is how far into a record its process id may end, in bytes: it is part of the head of a line.
const processReach = 256

// heads are the heads of lines that name their process. A line of the native SDK may stand behind
// that of another logger of the same process, so the first one that names it counts.
var heads = regexp.MustCompile(
	// native SDK: TIM: 2026-06-01 10:00:00.123 I 28587--1056966976|- and TIM: …/E/21764-21891 /Common
	`\bTIM: (?:\d{1,10} +)?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}(?: [A-Z] |/[A-Z]/)(\d{1,10})-` +
		// logcat, brief: I/imsdk   (28093): TIM: …
		`|^[VDIWEFA]/[^()\n]{1,64}\( *(\d{1,10})\):` +
		// logcat, threadtime and as Android Studio shows it: 06-01 10:00:00.123  1234  5678 E tag: …
		`|^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6} +(\d{1,10})(?:-\d{1,10}[/ ]| +\d{1,10} +[VDIWEFA] )` +
		// NSLog: 2026-06-01 10:00:00.123456+0800 Demo[123:45678] …
		`|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d{4})? [^\[\]\n]{1,64}\[(\d{1,10}):\d{1,20}\]`)

// processIn returns the process id in the head of a record as it is written there, or "".
func processIn(text string) string {
	m := heads.FindStringSubmatch(text[:min(len(text), processReach)])
	if m == nil {
		return ""
	}
	return m[1] + m[2] + m[3] + m[4] // one of them is set
}
