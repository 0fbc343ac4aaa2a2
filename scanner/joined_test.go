package scanner

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestNotRotated reads files of which the names alone say that they are one log.
func TestNotRotated(t *testing.T) {
	const line = "E ChatProvider: sendMessage fail, code: 6014, desc: not login\n"
	t.Chdir(t.TempDir())
	check(t, os.WriteFile("app.log", []byte(zipped(t, logFile{"a", line, time.Time{}})), 0o600))
	check(t, os.WriteFile("app.log.1", []byte(line), 0o600))
	got := scanned(t, ".", "", 2, nil)
	for _, want := range []string{"app.log.1 0-62 1 true ", "app.log!a 0-62 1 true "} {
		if !slices.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestPackedCopy reads a file and its packed copy once, also if packing it was stopped.
func TestPackedCopy(t *testing.T) {
	text := benchLog(3000, 10)
	packed := gzipped(t, text)
	other := gzipped(t, benchLog(3001, 10))
	t.Chdir(t.TempDir())
	for _, tc := range []struct {
		name, packed string
		copies       bool
	}{{"copy", packed, true}, {"cut", packed[:len(packed)/2], true}, {"other", other, false}, {"empty", packed[:5], false}} {
		t.Run(tc.name, func(t *testing.T) {
			check(t, os.MkdirAll("logs", 0o755), os.WriteFile("logs/app.log.1", []byte(text), 0o600), os.WriteFile("logs/app.log.1.gz", []byte(tc.packed), 0o600))
			alone, both := len(scanned(t, "logs/app.log.1", "", 1, nil)), scanned(t, "logs", "", 1, nil)
			if whole := strings.HasSuffix(both[len(both)-1], "true "); (len(both) == alone && whole) != tc.copies {
				t.Errorf("%d lines of a scan, whole: %v, of the file alone %d", len(both), whole, alone)
			}
		})
	}
}

// TestRotatedLog reads the files of a rotated log as one text, in a folder and in a zip archive alike.
func TestRotatedLog(t *testing.T) {
	const line = "E ChatProvider: sendMessage fail, code: 6014, desc: not login\n"
	day := time.Date(2026, 6, 3, 12, 0, 0, 0, time.UTC)
	files := []logFile{
		{"logs/app.log", "03:00:00.000 " + line, day},
		{"logs/app.log-20260601.gz", gzipped(t, "01:00:00.000 "+line), day},
		{"logs/app.log.1", "02:00:00.000 " + strings.TrimSuffix(line, "\n"), day.Add(-24 * time.Hour)}, // without its last line break
		{"logs/app.log.2", zipped(t), day},                                                             // an archive is none of it
		{"logs/core", "\x7fELF\x01\x01\x01\x00\x00\x00", day},
		{"logs/core.1", "\x7fELF\x02\x01\x01\x00\x00\x00", day},
	}
	t.Chdir(t.TempDir())
	check(t, os.Mkdir("logs", 0o755))
	for _, f := range files {
		check(t, os.WriteFile(f.name, []byte(f.text), 0o600), os.Chtimes(f.name, f.mtime, f.mtime))
	}
	check(t, os.WriteFile("all.zip", []byte(zipped(t, files...)), 0o600))
	findings := func(path string, jobs int) []string {
		return slices.DeleteFunc(scanned(t, path, "", jobs, nil), func(s string) bool { return !strings.Contains(s, "@") })
	}
	want := findings("logs", 2)
	for i, begin := range []string{"1:54 @53 6014 sdk 2026-06-01 01:00:00", "2:54 @128", "3:54 @203"} {
		if len(want) != 3 || !strings.HasPrefix(want[i], begin) {
			t.Fatalf("findings %q, want three, number %d beginning with %q", want, i, begin)
		}
	}
	if !strings.Contains(want[2], "2026-06-03 03:00:00") {
		t.Errorf("the live file has %q, want its own date", want[2])
	}
	for _, jobs := range []int{1, 3} {
		if d := cmp.Diff(want, findings("all.zip", jobs)); d != "" {
			t.Errorf("%d jobs (-folder +zip):\n%s", jobs, d)
		}
	}
}
