package input_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/scanner/input"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// line is what the packed constants hold.
const line = "2026-06-01 10:00:00 E code: 6014\n"

// Of line, by bzip2 and xz, which have no encoder here; the last one wants a dictionary of 128 MiB.
var (
	bzipped = unbase64("QlpoOTFBWSZTWZGSEC8AAAndAAAQQAJ1EAIADgCgACInpoTahoQAAKm6SZy1lPFBBAiY8WdszPi7kinChISMkIF4")
	xzed    = unbase64("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAgMjAyNi0wNi0wMSAxMDowMDowMCBFIGNvZGU6IDYwMTQKAAAAAGs1SCPwvFYQAAE5Ic8oa2IftvN9AQAAAAAEWVo=")
	xzBig   = unbase64("/Td6WFoAAATm1rRGAgAhAR4AAACbB1FmAQAgMjAyNi0wNi0wMSAxMDowMDowMCBFIGNvZGU6IDYwMTQKAAAAAGs1SCPwvFYQAAE5Ic8oa2IftvN9AQAAAAAEWVo=")
)

func unbase64(s string) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func gz(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	must(io.WriteString(w, text))
	check(w.Close())
	return b.String()
}

func zst(text string) string {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	check(err)
	must(io.WriteString(w, text))
	check(w.Close())
	return b.String()
}

// A file is a member to pack.
type file struct{ name, text string }

var packed = time.Date(2026, 6, 1, 10, 20, 30, 0, time.UTC)

func tarOf(files ...file) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		check(w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o644, ModTime: packed, Typeflag: tar.TypeReg}))
		must(io.WriteString(w, f.text))
	}
	check(w.Close())
	return b.String()
}

func zipOf(files ...file) string {
	return zipBy(func(f file) *zip.FileHeader {
		return &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: packed}
	}, files...)
}

func zipBy(header func(file) *zip.FileHeader, files ...file) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		m, err := w.CreateHeader(header(f))
		check(err)
		must(io.WriteString(m, f.text))
	}
	check(w.Close())
	return b.String()
}

// rawZip has members as they are, so that headers can tell anything.
func rawZip(headers []zip.FileHeader, contents ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range headers {
		headers[i].CompressedSize64 = uint64(len(contents[i]))
		m, err := w.CreateRaw(&headers[i])
		check(err)
		must(io.WriteString(m, contents[i]))
	}
	check(w.Close())
	return b.String()
}

func must(_ int, err error) { check(err) }

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// How an input is handed over.
type how func(data string) (io.ReadCloser, error)

func inPlace(data string) (io.ReadCloser, error) {
	return struct {
		*strings.Reader
		io.Closer
	}{strings.NewReader(data), io.NopCloser(nil)}, nil
}

func piped(data string) (io.ReadCloser, error) {
	return io.NopCloser(struct{ io.Reader }{strings.NewReader(data)}), nil
}

func byteWise(data string) (io.ReadCloser, error) {
	return io.NopCloser(iotest.OneByteReader(strings.NewReader(data))), nil
}

// walk returns a line for each text, "name kind: text", with its problem behind it, and what Walk says in the end.
func walk(t testing.TB, open how, o input.Options, data string) (texts []string, end string) {
	t.Helper()
	parts := []input.Part{{Name: "in", Open: func() (io.ReadCloser, error) { return open(data) }}}
	return walkParts(t, parts, o)
}

func walkParts(t testing.TB, parts []input.Part, o input.Options) (texts []string, end string) {
	t.Helper()
	h, err := input.Walk(t.Context(), parts, o, func(x *input.Text) error {
		b, err := io.ReadAll(x)
		if err != nil {
			t.Errorf("reading %s: %v", x.Name, err)
		}
		h := x.Health()
		if h.Complete != (h.Problem == "") {
			t.Errorf("%s: complete %v with the problem %q", x.Name, h.Complete, h.Problem)
		}
		s := fmt.Sprintf("%s %s: %s", x.Name, x.Kind, b)
		if h.Problem != "" {
			s += "! " + h.Problem
		}
		texts = append(texts, s)
		return nil
	})
	end = describe(h)
	var unreadable *input.UnreadableError
	if err != nil && !errors.As(err, &unreadable) {
		t.Errorf("error %v", err)
	}
	if err != nil {
		end = err.Error()
	}
	return texts, end
}

// describe puts the health of an archive in a line.
func describe(h input.Health) string {
	if h.Kind == "" {
		return ""
	}
	s := fmt.Sprintf("%s %d", h.Kind, h.Members)
	if h.Passed+h.Refused > 0 {
		s += fmt.Sprintf(" passed %d refused %d", h.Passed, h.Refused)
	}
	for _, n := range h.Notes {
		s += " (" + n + ")"
	}
	if h.Problem != "" {
		s += "! " + h.Problem
	}
	return s
}
