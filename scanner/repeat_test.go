package scanner_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner"
)

// TestRepeats holds what counts as one finding: a line says a code twice, but an array of objects is many records.
func TestRepeats(t *testing.T) {
	x := builtin(t)
	for _, tc := range []struct {
		name, line string
		want       []int
	}{
		{"same code twice", "TIM: |error code:9512|response|http code:9512|error_code:9512|", []int{9512}},
		{"escaped and outer", `{"detail":"{\"ErrorCode\":70001}","ErrorCode":70001,"ActionStatus":"FAIL"}`, []int{70001}},
		{"items of a batch", `{"ActionStatus":"OK","ResultItem":[{"To_Account":"a","ResultCode":30006},{"To_Account":"b","ResultCode":30006}]}`, []int{30006, 30006}},
		{"one-line export", `[{"ActionStatus":"FAIL","ErrorCode":70009},{"ActionStatus":"FAIL","ErrorCode":70009}]`, []int{70009, 70009}},
		{"bare carriage returns", "IM error_code: 70009\rIM error_code: 70009\r", []int{70009, 70009}},
		{"two codes", "V2TIM code: 6208, then code: 6014", []int{6208, 6014}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []int
			for _, f := range scanText(t, x, tc.line+"\n").findings {
				got = append(got, f.Code)
			}
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestRepeatsAtTheEdge cuts between two equal codes that stand as far apart as a repeat may.
func TestRepeatsAtTheEdge(t *testing.T) {
	x := builtin(t)
	for _, gap := range []int{32_600, 32_740, 32_760, 32_766, 32_767, 32_768, 32_769, 32_800} {
		one := `"ActionStatus" "ErrorCode":70009`
		text := "a " + one + strings.Repeat("x", gap-len(one)) + one + "\n"
		whole := len(scanText(t, x, text).findings)
		second := strings.LastIndex(text, "70009")
		for cut := second - 60; cut <= second+3; cut++ {
			parts := 0
			for _, span := range [][2]int64{{0, int64(cut)}, {int64(cut), int64(len(text))}} {
				var c collect
				in := scanner.Input{Name: "t", Reference: reference, Zone: time.UTC, Off: span[0]}
				src := scanner.NewSection(in, strings.NewReader(text), span[1], int64(len(text)))
				if err := (&scanner.Scanner{Extractor: x, Jobs: 1}).Scan(t.Context(), []scanner.Source{src}, &c); err != nil {
					t.Fatal(err)
				}
				parts += len(c.findings)
			}
			if parts != whole {
				t.Fatalf("gap %d, cut %d bytes before the second code: %d findings, whole %d", gap, second-cut, parts, whole)
			}
		}
	}
}

func TestLevel(t *testing.T) {
	x := builtin(t)
	for line, want := range map[string]string{
		"2026-06-01 02:03:04 ERROR I/O error code: 6014 desc: IM not login":                "ERROR",
		"06-01 10:24:31.128  8123  8104 E ChatProvider: fail, code: 6014, desc: not login": "E",
		"TIM: 2026-06-01 10:00:00.519 I 1-2|-a.cpp:1 F |error_code:9523|x":                 "I",
		"E0601 02:03:04.123456   90001 s.go:20] tencentim: ErrorCode(60004): x":            "E",
		"[warn] IM login failed, code: 6014, desc: not login":                              "warn",
		"IM login failed, code: 6014, desc: not login":                                     "",
	} {
		got := scanText(t, x, line+"\n").findings
		if len(got) != 1 || got[0].Level != want {
			t.Errorf("%q: %+v, want level %q", line, got, want)
		}
	}
}
