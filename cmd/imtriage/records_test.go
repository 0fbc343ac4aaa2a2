package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

const timedRules = `
rules:
  - id: login-loop
    title: {en: "Login loop", zh: "反复登录失败"}
    when:
      select: {codes: [6206, 70001], fields: {user: {exists: true}}}
      by: [user]
      within: 10s
      count: 2
    clear: {seen: {events: [login_ok]}}
    remedy: [{owner: app_developer, do: {en: "Back off.", zh: "退避重试。"}}]
  - id: kicked-then-out
    title: {en: "Kicked and then out", zh: "被踢后未登录"}
    when:
      within: 30s
      sequence:
        - select: {events: [kicked]}
        - select: {codes: [6014]}
    remedy: [{owner: app_developer, do: {en: "Log in again.", zh: "重新登录。"}}]
`

// timedPlan returns the plan of a run with rules that have windows.
func timedPlan(t *testing.T) *plan {
	t.Helper()
	file := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(file, []byte(timedRules), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &plan{catalog: catalog.Builtin()}
	o := options{overlays: overlays{rules: []string{file}}}
	var err error
	if p.rules, err = o.loadRules(p.catalog); err != nil {
		t.Fatal(err)
	}
	if p.extractor, err = o.loadExtractor(p.catalog); err != nil {
		t.Fatal(err)
	}
	if p.redactor, err = redact.New(redact.Options{}); err != nil {
		t.Fatal(err)
	}
	if p.filter, err = o.filterFlags.compile(p.catalog, time.Now(), time.UTC); err != nil {
		t.Fatal(err)
	}
	return p
}

// drawLog draws a log whose lines do not always come in the order of their times.
func drawLog(rt *rapid.T) string {
	var b strings.Builder
	at := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	for range rapid.IntRange(1, 40).Draw(rt, "lines") {
		at = at.Add(time.Duration(rapid.IntRange(-3, 8).Draw(rt, "seconds")) * time.Second)
		stamp := at.Format("2006-01-02 15:04:05.000")
		user := rapid.SampledFrom([]string{"u_alpha", "u_beta"}).Draw(rt, "user")
		switch rapid.IntRange(0, 5).Draw(rt, "kind") {
		case 0:
			fmt.Fprintf(&b, "TIM: %s I 4001--1001|-login.cpp:716  LogRequestEnd  |Login success|task_id:2|error_code:0 error_message:|sdkappid:1400000123|userid:%s tinyid: 1\n", stamp, user)
		case 1, 2:
			fmt.Fprintf(&b, "TIM: %s E 4001--1001|-login.cpp:716  LogRequestEnd  |Login fail|task_id:3|error_code:6206|userid:%s\n", stamp, user)
		case 3:
			fmt.Fprintf(&b, "%s POST /v4/im_open_login_svc/account_check user=%s\n{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70001}\n", stamp, user)
		case 4:
			fmt.Fprintf(&b, "%s onKickedOffline\n", stamp)
		case 5:
			fmt.Fprintf(&b, "TIM: %s E 4001--1001|-message.cpp:100  OnSend  |send failed|error_code:6014\n", stamp)
		}
	}
	return b.String()
}

// TestRecordsOfSections holds that sections of a log, cut anywhere, scanned on their own and merged in
// any order have the records of the whole, and so its verdicts.
func TestRecordsOfSections(t *testing.T) {
	p := timedPlan(t)
	a := &app{err: io.Discard}
	raised := map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		text := drawLog(rt)
		size := int64(len(text))
		place := func() *tally.Records {
			records := tally.NewRecords(tally.RecordsOptions{Memory: 1000, Spill: temporary})
			t.Cleanup(func() { _ = records.Close() })
			return records
		}
		scan := func(off, end int64) *tally.Tally {
			o := p.tallyOptions(3)
			o.Records = place()
			sum := tally.New(o)
			in := scanner.Input{Name: "app.log", Reference: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC), Zone: time.UTC, Off: off}
			s := scanner.Scanner{Extractor: p.extractor, Jobs: 2}
			source := scanner.NewSection(in, strings.NewReader(text), end, size)
			if err := s.Scan(t.Context(), []scanner.Source{source}, &batchSink{filter: p.filter, tally: sum, recorder: newRecorder(p.rules, p.redactor)}); err != nil {
				rt.Fatal(err)
			}
			return sum
		}
		encode := func(x *tally.Tally) string {
			var b bytes.Buffer
			if err := x.Encode(&b, tally.Header{}); err != nil {
				rt.Fatal(err)
			}
			return b.String()
		}
		judge := func(x *tally.Tally) string {
			verdicts, err := a.judge(p, x, x.Summary())
			if err != nil {
				rt.Fatal(err)
			}
			for _, v := range verdicts {
				raised[v.Rule] = true
			}
			out, err := json.MarshalIndent(verdicts, "", " ")
			if err != nil {
				rt.Fatal(err)
			}
			return string(out)
		}
		whole := scan(0, size)
		cuts := append(rapid.SliceOfN(rapid.Int64Range(0, size), 0, 4).Draw(rt, "cuts"), size)
		slices.Sort(cuts)
		var parts []string
		off := int64(0)
		for _, end := range slices.Compact(cuts) {
			if end > off {
				parts = append(parts, encode(scan(off, end)))
			}
			off = end
		}
		records := place()
		var merged *tally.Tally
		for _, part := range rapid.Permutation(parts).Draw(rt, "order") {
			x, _, err := tally.Decode(strings.NewReader(part), tally.Options{Catalog: p.catalog, Redactor: p.redactor, Records: records})
			if err != nil {
				rt.Fatal(err)
			}
			if merged == nil {
				merged = x
			} else if err := merged.Merge(x); err != nil {
				rt.Fatal(err)
			}
		}
		if diff := cmp.Diff(encode(whole), encode(merged)); diff != "" {
			rt.Fatalf("records: %s", diff)
		}
		if diff := cmp.Diff(judge(whole), judge(merged)); diff != "" {
			rt.Fatalf("verdicts: %s", diff)
		}
	})
	if !raised["login-loop"] || !raised["kicked-then-out"] {
		t.Errorf("raised %v, want both rules", raised)
	}
}

// TestTemporary: a file for records holds what is written, and nothing is left of it.
func TestTemporary(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
	unlinked, err := temporary()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.CreateTemp(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	named, err := seal(f, true)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]tally.Spill{"as the system has it": unlinked, "with a name": named} {
		if _, err := s.Write([]byte("run")); err != nil {
			t.Fatal(name, err)
		}
		if s == tally.Spill(named) {
			if there, err := os.ReadFile(f.Name()); len(there) != len("run") || string(there) == "run" || err != nil {
				t.Errorf("%q stands in the file, %v", there, err)
			}
		}
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			t.Fatal(name, err)
		}
		if got, err := io.ReadAll(s); string(got) != "run" || err != nil {
			t.Errorf("%s: read %q, %v", name, got, err)
		}
		if err := s.Close(); err != nil {
			t.Error(name, err)
		}
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("%v are left, %v", left, err)
	}
}
