package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// A brokenPipe has no reader.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

const fatalLine = `{"ActionStatus":"FAIL","ErrorCode":70009}` + "\n"

// runIn runs the program in a folder with the files a.log and b.log.
func runIn(ctx context.Context, t *testing.T, out io.Writer, args ...string) (stderr string, code int) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.log", "b.log"} {
		if err := os.WriteFile(name, []byte(name+" "+fatalLine), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var errs bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &stdoutWriter{w: out}, err: &errs,
		env:   func(string) (string, bool) { return "", false },
		now:   func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) },
		local: time.UTC,
	}
	code = a.main(ctx, args)
	return errs.String(), code
}

func TestReaderGone(t *testing.T) {
	for _, tc := range []struct {
		name string
		args string
		want int
		file string // that is whole all the same
	}{
		{name: "nothing else to do", args: "scan a.log"},
		{name: "findings", args: "scan -f ndjson a.log"},
		{name: "a missing input is not looked for any more", args: "scan -f ndjson a.log gone.log"},
		{name: "explain", args: "explain 70001"},
		{name: "help", args: "help scan"},
		{name: "the gate is decided", args: "scan --fail-on fatal a.log", want: exitGate},
		{name: "the gate of a stream", args: "scan -f ndjson --fail-on fatal --fail-count 2 a.log b.log", want: exitGate},
		{name: "a gate that is not reached", args: "scan -f ndjson --fail-on code:1 a.log"},
		{name: "files before standard output", args: "scan -f table -f json=r.json a.log b.log", file: "r.json"},
		{name: "files after a stream", args: "scan -f ndjson -f json=r.json a.log b.log", file: "r.json"},
		{name: "what files lack", args: "scan -f table -f json=r.json b.log gone.log", want: exitIncomplete, file: "r.json"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			stderr, code := runIn(t.Context(), t, brokenPipe{}, strings.Fields(tc.args)...)
			if code != tc.want || strings.Contains(stderr, "error") {
				t.Errorf("exit code %d, want %d; standard error: %s", code, tc.want, stderr)
			}
			if tc.file == "" {
				return
			}
			if data, err := os.ReadFile(tc.file); err != nil || !bytes.Contains(data, []byte(`"b.log"`)) {
				t.Errorf("%s: %v, want the whole report, got %s", tc.file, err, data)
			}
		})
	}
}

// TestInterrupted checks that what was found until then is kept, and every trouble said.
func TestInterrupted(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	stderr, code := runIn(stopped, t, io.Discard, "scan", "-f", "ndjson=r.nd", "-f", "json="+filepath.Join("gone", "r.json"), "a.log")
	if code != exitInterrupt {
		t.Errorf("exit code %d, want %d", code, exitInterrupt)
	}
	if _, err := os.Stat("r.nd"); err != nil {
		t.Error("the stream was thrown away:", err)
	}
	for _, want := range []string{"error: interrupted", "error: write " + filepath.Join("gone", "r.json")} {
		if !strings.Contains(stderr, want) {
			t.Errorf("standard error lacks %q:\n%s", want, stderr)
		}
	}
	if strings.Contains(stderr, "r.nd") || strings.Contains(stderr, "hint") {
		t.Errorf("the scan's end is called a fault of its output:\n%s", stderr)
	}
}

// TestProgressEnds checks that the bar is away, and nobody draws it, when the report begins.
func TestProgressEnds(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var errs bytes.Buffer
	show, done := (&app{err: &errs}).progress(&options{progress: "always"})
	show("app\x1b[31m.log", 1<<20)
	drawn := errs.String()
	if !strings.Contains(drawn, "app") || strings.Contains(drawn, "\x1b[31m") {
		t.Errorf("the bar is %q", drawn)
	}
	done()
	cleared := strings.TrimPrefix(errs.String(), drawn)
	if strings.TrimSpace(cleared) != "" || !strings.HasSuffix(cleared, "\r") {
		t.Errorf("at the end %q is written, want blanks", cleared)
	}
}
