package scanner

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/imtriage/imtriage/scanner/input"
)

// A logFile is a file of a folder, in lexical order, with the time of its last change.
type logFile struct {
	name, text string
	mtime      time.Time
}

func check(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	check(t, err, w.Close())
	return b.String()
}

func zipped(t testing.TB, files ...logFile) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		m, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: f.mtime})
		check(t, err)
		_, err = io.WriteString(m, f.text)
		check(t, err)
	}
	check(t, w.Close())
	return b.String()
}

func tarred(t testing.TB, files ...logFile) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		check(t, w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o600, ModTime: f.mtime, Typeflag: tar.TypeReg}))
		_, err := io.WriteString(w, f.text)
		check(t, err)
	}
	check(t, w.Close())
	return b.String()
}

// scanned returns what a scan of the path delivers, with the prefix of names taken off.
func scanned(t testing.TB, path, prefix string, jobs int, stdin io.Reader) []string {
	t.Helper()
	var rec recorder
	inputs := Inputs{Now: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), Jobs: jobs, Stdin: stdin}
	check(t, (&Scanner{Extractor: testExtractor(), Jobs: jobs}).Scan(t.Context(), inputs.Expand([]string{path}), &rec))
	for i := range rec.lines {
		rec.lines[i] = strings.TrimPrefix(rec.lines[i], prefix)
	}
	return rec.lines
}

// TestArchives holds the findings of an archive against those of the files in it.
func TestArchives(t *testing.T) {
	day := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	timeOnly := " TIM  17:38:38.986 Oops! code:2024 message: | getConversationList | \n"
	files := []logFile{
		{"logs/2026/app-20260601.log", timeOnly + benchLog(2000, 50), day},
		{"logs/a.log", benchLog(8000, 1), day.Add(time.Hour)},
		{"logs/b.log.gz", gzipped(t, timeOnly+benchLog(3000, 10)), day.Add(26 * time.Hour)},
		{"logs/empty.log", "", day},
		{"logs/no-end.log", strings.TrimSuffix(benchLog(10, 1), "\n"), day},
	}
	t.Chdir(t.TempDir())
	for _, f := range files {
		check(t, os.MkdirAll(filepath.Dir(f.name), 0o755), os.WriteFile(f.name, []byte(f.text), 0o600), os.Chtimes(f.name, f.mtime, f.mtime))
	}
	want := scanned(t, "logs", "", 1, nil)
	if len(want) < 8000 {
		t.Fatalf("%d findings and inputs", len(want))
	}
	for _, tc := range []struct{ name, data, prefix string }{
		{"x.zip", zipped(t, files...), "!"},
		{"x.tar", tarred(t, files...), "!"},
		{"x.tar.gz", gzipped(t, tarred(t, files...)), "!"},
		{"zip-in.tar", tarred(t, logFile{"in.zip", zipped(t, files...), day}), "!in.zip!"},
		{"tar-in.zip", zipped(t, logFile{"in.tar.gz", gzipped(t, tarred(t, files...)), day}), "!in.tar.gz!"},
	} {
		check(t, os.WriteFile(tc.name, []byte(tc.data), 0o600))
		for _, jobs := range []int{1, 3} {
			if d := cmp.Diff(want, scanned(t, tc.name, tc.name+tc.prefix, jobs, nil)); d != "" {
				t.Errorf("%s, %d jobs (-files +archive):\n%s", tc.name, jobs, d)
			}
		}
		if d := cmp.Diff(want, scanned(t, "-", "-"+tc.prefix, 2, strings.NewReader(tc.data))); d != "" {
			t.Errorf("%s through a pipe (-files +archive):\n%s", tc.name, d)
		}
	}
}

// TestEncodings holds a text in any encoding against its UTF-8 twin: offsets, lines and columns count in what was decoded.
func TestEncodings(t *testing.T) {
	text := benchLog(6000, 7)
	encode := func(s string, err error) string {
		check(t, err)
		return s
	}
	le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	want := scanned(t, "-", "", 1, strings.NewReader(text))
	for _, tc := range []struct{ name, data string }{
		{"mark", "\xef\xbb\xbf" + text},
		{"UTF-16LE", encode(le.NewEncoder().String(text))},
		{"UTF-16BE without a mark", encode(be.NewEncoder().String(text))},
		{"GB18030", encode(simplifiedchinese.GB18030.NewEncoder().String(text))},
	} {
		if d := cmp.Diff(want, scanned(t, "-", "", 2, strings.NewReader(tc.data))); d != "" || len(want) < 800 {
			t.Errorf("%s, %d findings of UTF-8 (-UTF-8 +other):\n%s", tc.name, len(want), d)
		}
	}
}

// TestArchiveHealth has what is wrong with an archive, and nothing else, come as an input of its own.
func TestArchiveHealth(t *testing.T) {
	log := logFile{name: "a.log", text: `{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"x"}` + "\n"}
	png := logFile{name: "p.png", text: "\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03"}
	whole := zipped(t, log)
	for _, tc := range []struct {
		name, data string
		limits     input.Limits
		want       []string
	}{
		{"whole", whole, input.Limits{}, []string{"x!a.log 0-58 1 true "}},
		{"picture", zipped(t, png, log), input.Limits{}, []string{"x!a.log 0-58 1 true ", "x 0-0 0 true "}},
		{"empty", zipped(t), input.Limits{}, []string{"x 0-0 0 false the archive holds no file"}},
		{"cut", whole[:len(whole)-30], input.Limits{}, []string{"x!a.log 0-58 1 true ", "x 0-0 0 false the directory of the zip archive is missing or damaged, 1 member was found by their own headers"}},
		{"limit", zipped(t, log, log), input.Limits{Members: 1}, []string{"x!a.log 0-58 1 true ", "x 0-0 0 false it has more than 1 member, the others were not read, raise --max-members to read on"}},
		{"name in use", zipped(t, log), input.Limits{}, []string{"x!a.log 0-58 1 true ", "x!a.log (2) 0-58 1 true "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			check(t, os.WriteFile("x", []byte(tc.data), 0o600))
			paths := []string{"x"}
			if tc.name == "name in use" {
				check(t, os.WriteFile("x!a.log", []byte(log.text), 0o600))
				paths = []string{"x!a.log", "x"}
			}
			var rec recorder
			check(t, (&Scanner{Extractor: testExtractor()}).Scan(t.Context(), Inputs{Limits: tc.limits}.Expand(paths), &rec))
			var got []string
			for _, l := range rec.lines {
				if strings.HasPrefix(l, "x") {
					got = append(got, l)
				}
			}
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
