package scanner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

// banners are two starts of the SDK, one in another logger's lines, with their logins and a failure of each.
const banners = `TIM: 2026-06-01 10:00:00.100 I 4001--1001|-system_config.cpp:1284  Load  |load msf appid from local|msf_appid:0
TIM: ==========================================================================
TIM: ======  SDK APP ID:  1400000123
TIM: ======  SDK Version: 8.0.5903
TIM: ======  Platform:    Mac OS
TIM: ======  Device Type: MacBookPro18,3
TIM: ======  Device ID:   D97D00000A-28EB-8596-7658-B17D000F0D
TIM: ======  Process ID:  4001
TIM: ==========================================================================
TIM: 2026-06-01 10:00:01.000 I 4001--1001|-login.cpp:716  LogRequestEnd  |Login success|task_id:2|error_code:0 error_message:|sdkappid:1400000123|userid:u_alpha tinyid: 1
I/imsdk   (15282): TIM: ======  SDK APP ID:  1600000123
I/imsdk   (15282): TIM: ======  SDK Version: 8.8.7357
I/flutter (15282): 正在加载
I/imsdk   (15282): TIM: ======  Platform:    Android
I/imsdk   (15282): TIM: ======  Process ID:  15282
I/imsdk   (15282): TIM: |-login.cpp:780  LogRequestEnd  |Login success|task_id:6|error_code:0 error_message:OK|sdkappid:1600000123|userid:u_beta tinyid: 2
E/imsdk   (15282): TIM: |-message.cpp:100  OnSend  |send failed|error_code:9508|error_message:packet timed out
TIM: 2026-06-01 10:00:04.000 E 4001--1001|-message.cpp:100  OnSend  |send failed|error_code:9508|error_message:packet timed out
`

// A counter is a Sink that counts.
type counter struct{ *tally.Tally }

func (c counter) Finding(f *tally.Finding) error { c.Tally.Finding(f); return nil }
func (c counter) Mark(m *tally.Mark) error       { c.Tally.Mark(m); return nil }

// count scans the part of a text between two offsets.
func count(t *testing.T, x *scanner.Extractor, text string, from, to int) *tally.Tally {
	t.Helper()
	in := scanner.Input{Name: "t", Reference: reference, Zone: time.UTC, Off: int64(from)}
	src := scanner.NewSection(in, strings.NewReader(text), int64(to), int64(len(text)))
	out := tally.New(tally.Options{})
	if err := (&scanner.Scanner{Extractor: x, Jobs: 1}).Scan(t.Context(), []scanner.Source{src}, counter{out}); err != nil {
		t.Fatal(err)
	}
	return out
}

func encode(t *testing.T, x *tally.Tally) string {
	t.Helper()
	var b strings.Builder
	if err := x.Encode(&b, tally.Header{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSessions(t *testing.T) {
	x := builtin(t)
	whole := count(t, x, banners, 0, len(banners))
	s := whole.Summary()
	want := []tally.Session{
		{
			PID: 4001, AppID: "1400000123", Version: "8.0.5903", Platform: "Mac OS", Device: "D97D00000A-28EB-8596-7658-B17D000F0D", User: "u_alpha",
			Offset:  int64(strings.Index(banners, "SDK APP ID:  14")),
			Started: time.Date(2026, 6, 1, 10, 0, 0, 100e6, time.UTC), Last: time.Date(2026, 6, 1, 10, 0, 4, 0, time.UTC),
		},
		{
			PID: 15282, AppID: "1600000123", Version: "8.8.7357", Platform: "Android", User: "u_beta",
			Offset:  int64(strings.Index(banners, "SDK APP ID:  16")),
			Started: time.Date(2026, 6, 1, 10, 0, 1, 0, time.UTC), Last: time.Date(2026, 6, 1, 10, 0, 1, 0, time.UTC),
		},
	}
	if diff := cmp.Diff(want, s.Inputs[0].Sessions); diff != "" {
		t.Error(diff)
	}
	var users []string
	for _, sample := range s.Codes[0].Samples {
		users = append(users, sample.Fields.Get(tally.KeyUser)+" "+sample.Fields.Get(tally.KeyAppID))
	}
	if diff := cmp.Diff([]string{"u_beta 1600000123", "u_alpha 1400000123"}, users); diff != "" {
		t.Error(diff)
	}
	if n := s.Totals.Marks; n != 2 {
		t.Errorf("%d marks, want the two logins", n)
	}
	// A banner belongs to the part in which it begins, wherever the cut is.
	for cut := 1; cut < len(banners); cut += 13 {
		parts := count(t, x, banners, 0, cut)
		if err := parts.Merge(count(t, x, banners, cut, len(banners))); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(encode(t, whole), encode(t, parts)); diff != "" {
			t.Fatalf("cut at %d: %s", cut, diff)
		}
	}
}

// TestBannerAsSession: what is far from its first line is not known, and no second event comes of it.
func TestBannerAsSession(t *testing.T) {
	x := builtin(t)
	for _, tc := range []struct{ name, text, want string }{
		{"no siblings", "TIM: ======  SDK APP ID:  1400000123\n", "[{sdkappid 1400000123}]"},
		{"Windows line ends", "TIM: ======  SDK APP ID:  1400000123\r\nTIM: ======  SDK Version: 8.0.5903\r\n", "[{sdkappid 1400000123} {version 8.0.5903}]"},
		{"in Docker's JSON", `{"log":"TIM: ======  SDK APP ID:  1400000123\n","stream":"stdout"}` + "\n" + `{"log":"TIM: ======  Platform:    Linux\n","stream":"stdout"}`, "[{platform Linux} {sdkappid 1400000123}]"},
		{"a long device type", "TIM: ======  SDK APP ID:  1400000123\nTIM: ======  Device Type: " + strings.Repeat("x", 2000) + "\nTIM: ======  Process ID:  7\n", "[{sdkappid 1400000123}]"},
		{"4.x", "TIM: ======  Ver: 4.6.1\nTIM: ======  Compile: Nov 13 2019 20:19:09\nTIM: ======  Platform: iOS\nTIM: ======  PID: 27177\n", "[{pid 27177} {platform iOS} {version 4.6.1}]"},
		{"another program's", "======  SDK APP ID:  1400000123\n", ""},
		{"a sibling alone", "TIM: ======  SDK Version: 8.0.5903\n", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := ""
			for _, m := range scanText(t, x, tc.text).marks {
				if m.Event == tally.MarkSession {
					got += fmt.Sprint(m.Fields)
				}
			}
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}
