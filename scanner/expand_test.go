package scanner_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const badLine = `{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"x"}` + "\n"

func zip(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// utf16le encodes an ASCII text, with a mark.
func utf16le(text string) string {
	b := []byte("\xff\xfe")
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return string(b)
}

// in writes the files into a folder of its own and makes it the working directory.
func in(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// read expands the paths and returns what became of each input.
func read(t *testing.T, paths ...string) (pieces []string, findings int) {
	t.Helper()
	var c collect
	inputs := scanner.Inputs{Stdin: strings.NewReader(badLine), Now: reference}
	if err := (&scanner.Scanner{Extractor: builtin(t)}).Scan(t.Context(), inputs.Expand(paths), &c); err != nil {
		t.Fatal(err)
	}
	for _, p := range c.pieces {
		s := p.Source + " " + p.Kind
		if !p.Complete {
			s += " incomplete: " + p.Problem
		}
		if len(p.Notes) > 0 {
			s += " (" + strings.Join(p.Notes, "; ") + ")"
		}
		pieces = append(pieces, s)
	}
	return pieces, len(c.findings)
}

func TestExpand(t *testing.T) {
	cut := zip(t, strings.Repeat(badLine, 5000))
	files := map[string]string{
		"logs/b.log": badLine, "logs/a.log": badLine, "logs/sub/c.log.gz": zip(t, badLine), "logs/empty.log": "",
		"logs/.DS_Store": "junk" + badLine, "logs/__MACOSX/x.log": badLine, "logs/pic.png": "\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03\x04\x05\x06",
		"cut.gz": cut[:len(cut)/2], "two.gz": zip(t, badLine) + zip(t, badLine), "bom.txt": utf16le(badLine), "x.rar": "Rar!\x1a\x07rest", "weird[1].log": badLine,
		"c.xlog": "\x03\x00\x00\x0a\x0a" + string(rune(len(badLine))) + "\x00\x00\x00key?" + badLine + "\x00", "hole.log": strings.Repeat("\x00", 9000) + "\n" + badLine, "bad.gz": "\x1f\x8bnot gzip at all",
	}
	for _, tc := range []struct {
		name  string
		paths []string
		want  []string
		count int
	}{
		{"folder", []string{"logs"}, []string{
			"logs/a.log text", "logs/b.log text", "logs/empty.log text", "logs/pic.png binary file (binary file in a folder, passed over)", "logs/sub/c.log.gz gzip",
		}, 3},
		{"named twice and inside", []string{"logs/a.log", "./logs/a.log", "logs"}, []string{
			"logs/a.log text", "logs/b.log text", "logs/empty.log text", "logs/pic.png binary file (binary file in a folder, passed over)", "logs/sub/c.log.gz gzip",
		}, 3},
		{"glob", []string{"logs/**/*.gz"}, []string{"logs/sub/c.log.gz gzip"}, 1},
		{"name with brackets", []string{"weird[1].log"}, []string{"weird[1].log text"}, 1},
		{"glob without a match", []string{"*.none"}, []string{"*.none text incomplete: no file matches the pattern"}, 0},
		{"missing", []string{"nope.log", "logs/a.log"}, []string{"nope.log text incomplete: no such file or directory", "logs/a.log text"}, 1},
		{"not a folder", []string{"logs/a.log/x"}, []string{"logs/a.log/x text incomplete: not a directory"}, 0},
		{"standard input", []string{"-", "-"}, []string{"- text"}, 1},
		{"named binary", []string{"logs/pic.png"}, []string{"logs/pic.png binary file incomplete: binary file, not a text log"}, 0},
		{"members", []string{"two.gz"}, []string{"two.gz gzip"}, 2},
		{"not gzip", []string{"bad.gz"}, []string{"bad.gz gzip incomplete: gzip stream is damaged after 0 decoded bytes: gzip: invalid header"}, 0},
		{"UTF-16", []string{"bom.txt"}, []string{"bom.txt text (decoded from UTF-16LE)"}, 1},
		{"rar", []string{"x.rar"}, []string{"x.rar rar archive incomplete: rar archive, not a text log: unpack it and scan the folder: unrar x FILE DIR/"}, 0},
		{"xlog", []string{"c.xlog"}, []string{"c.xlog xlog"}, 1},
		{"hole of zeros", []string{"hole.log"}, []string{"hole.log text"}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in(t, files)
			got, count := read(t, tc.paths...)
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if count != tc.count {
				t.Errorf("%d findings, want %d", count, tc.count)
			}
		})
	}
	t.Run("truncated gzip", func(t *testing.T) {
		in(t, files)
		got, count := read(t, "cut.gz")
		if len(got) != 1 || !strings.Contains(got[0], "gzip stream is cut short after ") || count < 100 || count > 4900 {
			t.Errorf("got %q with %d findings, want a cut stream whose first half counts", got, count)
		}
	})
	t.Run("folder behind a link", func(t *testing.T) {
		in(t, map[string]string{"real/a.log": badLine, "elsewhere.log": badLine})
		for from, to := range map[string]string{"link": "real", "real/up": "..", "real/other.log": "../elsewhere.log"} {
			if err := os.Symlink(to, from); err != nil {
				t.Fatal(err)
			}
		}
		got, count := read(t, "link")
		if d := cmp.Diff([]string{"link/a.log text", "link/other.log text"}, got); d != "" || count != 2 {
			t.Errorf("%d findings (-want +got):\n%s", count, d)
		}
	})
	t.Run("empty folder", func(t *testing.T) {
		in(t, map[string]string{".git/x.log": badLine})
		if err := os.Mkdir("empty", 0o755); err != nil {
			t.Fatal(err)
		}
		got, count := read(t, "empty", ".git")
		if d := cmp.Diff([]string{"empty text incomplete: the folder holds no file", ".git/x.log text"}, got); d != "" || count != 1 {
			t.Errorf("%d findings (-want +got):\n%s", count, d)
		}
	})
	t.Run("one file by two links", func(t *testing.T) {
		in(t, files)
		if err := os.Symlink("logs/a.log", "link.log"); err != nil {
			t.Fatal(err)
		}
		if got, count := read(t, "link.log", "logs/a.log"); count != 1 {
			t.Errorf("got %q with %d findings, want one", got, count)
		}
	})
}

func TestReferenceDate(t *testing.T) {
	in(t, map[string]string{"app-2025-01-02.log": "12:00:00 x" + code + "\n", "app.log": "12:00:00 x" + code + "\n"})
	mtime := time.Date(2024, 3, 4, 5, 6, 7, 0, time.UTC)
	if err := os.Chtimes("app.log", mtime, mtime); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, path string
		date       time.Time
		want       string
	}{
		{"name", "app-2025-01-02.log", time.Time{}, "2025-01-02"},
		{"mtime", "app.log", time.Time{}, "2024-03-04"},
		{"option", "app-2025-01-02.log", time.Date(2023, 5, 6, 12, 0, 0, 0, time.UTC), "2023-05-06"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c collect
			sources := scanner.Inputs{Now: reference, Date: tc.date}.Expand([]string{tc.path})
			if err := (&scanner.Scanner{Extractor: builtin(t)}).Scan(t.Context(), sources, &c); err != nil {
				t.Fatal(err)
			}
			if got := c.findings[0].Time.Format(time.DateOnly); got != tc.want || !c.findings[0].TimeGuessed {
				t.Errorf("date %s, guessed %v, want %s, guessed", got, c.findings[0].TimeGuessed, tc.want)
			}
		})
	}
}

// failing is a Sink that fails at the n-th finding.
type failing struct {
	collect
	n int
}

var errSink = errors.New("sink is full")

func (f *failing) Finding(x *tally.Finding) error {
	if f.n--; f.n < 0 {
		return errSink
	}
	return f.collect.Finding(x)
}

func TestScanStops(t *testing.T) {
	text := strings.Repeat(badLine, 60_000)
	source := func() []scanner.Source {
		return []scanner.Source{scanner.NewReader(scanner.Input{Name: "t", Zone: time.UTC}, strings.NewReader(text))}
	}
	t.Run("when the sink fails", func(t *testing.T) {
		s := scanner.Scanner{Extractor: builtin(t)}
		if err := s.Scan(t.Context(), source(), &failing{n: 3}); !errors.Is(err, errSink) {
			t.Errorf("error %v, want that of the sink", err)
		}
	})
	t.Run("while it waits for input", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r, w := io.Pipe()
		defer w.Close()
		defer r.Close()
		go func() {
			defer cancel()
			if _, err := w.Write([]byte(badLine)); err != nil {
				t.Error(err)
			}
		}()
		var c collect
		s := scanner.Scanner{Extractor: builtin(t)}
		sources := scanner.Inputs{Stdin: r, Now: reference}.Expand([]string{"-"})
		if err := s.Scan(ctx, sources, &c); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want context.Canceled", err)
		}
		if len(c.pieces) != 1 || c.pieces[0].Complete {
			t.Errorf("pieces %+v, want an interrupted one", c.pieces)
		}
	})
	t.Run("when it is cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := scanner.Scanner{Extractor: builtin(t), Progress: func(string, int64) { cancel() }}
		if err := s.Scan(ctx, source(), &collect{}); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want context.Canceled", err)
		}
	})
}
