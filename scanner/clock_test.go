package scanner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner"
)

// code is appended to lines that need a finding for their time to be seen.
const code = ` im: {"ActionStatus":"FAIL","ErrorCode":70001}`

func TestStamps(t *testing.T) {
	x := builtin(t)
	for _, tc := range []struct{ name, line, want string }{
		{"native pipe", "TIM: 2026-06-01 10:00:00.519 E 1-2|-a.cpp:1 F |error_code:9523|error_message:x", "2026-06-01T10:00:00.519Z"},
		{"native slash", "TIM: 7 2026-06-01 10:00:00.519/E/21764-21891 /Common -tls.cpp.216  F  /head return failed:70001", "2026-06-01T10:00:00.519Z"},
		{"native full", "2026-06-01 10:00:00.519|looper_logic|I| session.cpp:124 |operator() > cmd: x, rsp|appSeq: 65520, code: 6012, err: request timeout, rsp: ", "2026-06-01T10:00:00.519Z"},
		{"mars head date above", "^^^^Dec 10 2021^^^[2026-06-01 +0800 11:20:21]\nplain" + code, "2026-06-01T03:20:21Z"},
		{"logback", "2026-06-01 02:03:04,123 ERROR [main] c.e.X -" + code, "2026-06-01T02:03:04.123Z"},
		{"ISO 8601 zone", "2026-06-01T02:03:04.123+08:00 ERROR" + code, "2026-05-31T18:03:04.123Z"},
		{"ISO 8601 Z", "2026-06-01T02:03:04Z ERROR" + code, "2026-06-01T02:03:04Z"},
		{"Go std", "2026/06/01 02:03:04.123456 main.go:7:" + code, "2026-06-01T02:03:04.123456Z"},
		{"Go std to the second", "2026/06/01 02:03:04" + code, "2026-06-01T02:03:04Z"},
		{"zap float", `{"level":"error","ts":1780279384.123,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`, "2026-06-01T02:03:04.123Z"},
		{"zap scientific", `{"level":"error","ts":1.780279384123e+09,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`, "2026-06-01T02:03:04.123Z"},
		{"zap ms", `{"level":"error","ts":1780279384123,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`, "2026-06-01T02:03:04.123Z"},
		{"zap ms with fraction", `{"level":"error","ts":1780279384123.5,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`, "2026-06-01T02:03:04.123Z"},
		{"zap ns", `{"level":"error","ts":1780279384123456789,"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL"}`, "2026-06-01T02:03:04.123456789Z"},
		{"JSON time text", `{"msg":"x","ErrorCode":70001,"ActionStatus":"FAIL","time":"2026-06-01T02:03:04Z"}`, "2026-06-01T02:03:04Z"},
		{"klog", "E0601 02:03:04.123456   90001 syncer.go:20] tencentim: ErrorCode(60004): x", "2026-06-01T02:03:04.123456Z"},
		{"nginx access", `192.0.2.7 - - [01/Jun/2026:02:03:04 +0800] "POST /cb HTTP/1.1" 200 9` + code, "2026-05-31T18:03:04Z"},
		{"nginx error", "2026/06/01 02:03:04 [error] 12#12: *3" + code, "2026-06-01T02:03:04Z"},
		{"monolog", "[2026-06-01T02:03:04.123456+08:00] app.ERROR:" + code, "2026-05-31T18:03:04.123456Z"},
		{"Python", "2026-06-01 02:03:04,123 - im - ERROR -" + code, "2026-06-01T02:03:04.123Z"},
		{"RFC 3164", "Jun  1 02:03:04 host app[7]:" + code, "2026-06-01T02:03:04Z"},
		{"RFC 5424", "<11>1 2026-06-01T02:03:04.123Z host app 7 - -" + code, "2026-06-01T02:03:04.123Z"},
		{"journal short-iso", "2026-06-01T02:03:04+0800 host app[7]:" + code, "2026-05-31T18:03:04Z"},
		{"logcat threadtime", "06-01 10:24:31.128  8123  8104 I MainActivity: onConnectFailed, code:9508, message:x", "2026-06-01T10:24:31.128Z"},
		{"logcat of last year", "12-31 10:24:31.128  8123  8104 I MainActivity: onConnectFailed, code:9508, message:x", "2025-12-31T10:24:31.128Z"},
		{"NSLog", "2026-06-01 15:05:11.104795+0800 TUIKitDemo[8835:123385] getFriendList failed, code:6014 desc:not login", "2026-06-01T07:05:11.104795Z"},
		{"ctime", "Mon Jun  1 02:03:04 2026" + code, "2026-06-01T02:03:04Z"},
		{"JavaScript Date", "Mon Jun 01 2026 02:03:04 GMT+0800 (CST)" + code, "2026-05-31T18:03:04Z"},
		{"Chinese date", "2026年6月1日 02:03:04" + code, "2026-06-01T02:03:04Z"},
		{"compact date", "20260601 02:03:04.5" + code, "2026-06-01T02:03:04.5Z"},
		{"leading epoch", "1780279384" + code, "2026-06-01T02:03:04Z"},
		{"stamp above", "2026-06-01 02:03:04 first\nno stamp here" + code, "2026-06-01T02:03:04Z"},
		{"date above, time only", "2026-06-01 02:03:04 first\n TIM  17:38:38.986 Oops! code:2024 message: | x | ", "2026-06-01T17:38:38.986Z"},
		{"no time at all", "nothing" + code, ""},
		{"date in the message only", "ErrorCode 70001 " + strings.Repeat("x", 200) + " expires 2020-01-01 00:00:00" + code, ""},
		{"impossible date", "2026-13-41 02:03:04" + code, ""},
		{"no such leap day", "2023-02-29 02:03:04" + code, ""},
		{"year 1", "0001-01-01 02:03:04" + code, ""},
		{"a code is no zone", "2026-06-01 02:03:04 -1004 failed" + code, "2026-06-01T02:03:04Z"},
		{"guessed date", " TIM  17:38:38.986 Oops! code:2024 message: | x | ", "2026-11-22T17:38:38.986Z guessed"},
		{"too far above", "2026-06-01 02:03:04 first\n" + strings.Repeat(strings.Repeat("x", 99)+"\n", 660) + "no stamp" + code, ""},
		{"just near enough", "2026-06-01 02:03:04 first\n" + strings.Repeat(strings.Repeat("x", 99)+"\n", 650) + "no stamp" + code, "2026-06-01T02:03:04Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := scanText(t, x, tc.line+"\n").findings
			if len(got) == 0 {
				t.Fatalf("no finding in %q", tc.line)
			}
			f := got[len(got)-1]
			s := ""
			if !f.Time.IsZero() {
				s = f.Time.Format(time.RFC3339Nano)
			}
			if f.TimeGuessed {
				s += " guessed"
			}
			if d := cmp.Diff(tc.want, s); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestZone holds that the zone of the input is for stamps that name none.
func TestZone(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	var c collect
	text := "2026-06-01 02:03:04" + code + "\n2026-06-01T02:03:04Z" + code + "\n"
	src := scanner.NewReader(scanner.Input{Name: "t", Reference: reference, Zone: shanghai}, strings.NewReader(text))
	if err := (&scanner.Scanner{Extractor: builtin(t)}).Scan(t.Context(), []scanner.Source{src}, &c); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range c.findings {
		got = append(got, f.Time.Format(time.RFC3339))
	}
	if d := cmp.Diff([]string{"2026-05-31T18:03:04Z", "2026-06-01T02:03:04Z"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestManyLinesWithoutStamps holds that the search for a stamp above does not start over for each finding.
func TestManyLinesWithoutStamps(t *testing.T) {
	var b strings.Builder
	b.WriteString("2026-06-01 02:03:04 start\n")
	for i := range 900 {
		fmt.Fprintf(&b, "%d%s\n", i, code)
	}
	got := scanText(t, builtin(t), b.String()).findings
	if len(got) != 900 {
		t.Fatalf("%d findings, want 900", len(got))
	}
	for i, f := range got {
		near := f.Offset <= 64<<10
		if near == f.Time.IsZero() {
			t.Fatalf("finding %d at offset %d has the time %v", i, f.Offset, f.Time)
		}
	}
}
