package input_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/scanner/input"
)

func zip(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpen(t *testing.T) {
	for _, tc := range []struct{ name, in, kind, text string }{
		{"text", "a log\n", input.Text, "a log\n"},
		{"empty", "", input.Text, ""},
		{"colours", "\x1b[31mred\x1b[0m\n", input.Text, "\x1b[31mred\x1b[0m\n"},
		{"GB18030", "\xb4\xed\xce\xf3\xc2\xeb 70001\n", input.Text, "错误码 70001\n"},
		{"torn UTF-8", "错误码 70001 \xe9\x94 is torn\n", input.Text, "错误码 70001 \xe9\x94 is torn\n"},
		{"hole", strings.Repeat("\x00", 5000) + "x\n", input.Text, strings.Repeat("\x00", 5000) + "x\n"},
		{"gzip", zip(t, "packed\n"), input.Gzip, "packed\n"},
		{"two members", zip(t, "a\n") + zip(t, "b\n"), input.Gzip, "a\nb\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, err := input.Open(strings.NewReader(tc.in))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(s)
			if err != nil || s.Kind != tc.kind || string(got) != tc.text {
				t.Errorf("kind %s, text %q, error %v, want %s %q", s.Kind, got, err, tc.kind, tc.text)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tc := range []struct{ name, in, kind string }{
		{"zip", "PK\x03\x04", "zip archive"},
		{"zstd", "\x28\xb5\x2f\xfd", "zstd file"},
		{"tar", strings.Repeat("a", 257) + "ustar", "tar archive"},
		{"zip in gzip", zip(t, "PK\x03\x04"), "zip archive"},
		{"xlog of the IM SDK", "\x05\x01\x00\x0a\x0b\x10\x00\x00\x00data", "xlog file"},
		{"xlog without a key", "\x09\x01\x00\x0a\x0b\x10\x00\x00\x00data", "xlog file"},
		{"image", "\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", "binary file"},
		{"random", random(8 << 10), "binary file"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := input.Open(strings.NewReader(tc.in))
			var not *input.UnreadableError
			if !errors.As(err, &not) || not.Kind != tc.kind {
				t.Errorf("error %v, want an UnreadableError of %s", err, tc.kind)
			}
		})
	}
}

// random returns n bytes without any order.
func random(n int) string {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{7})
	for i := range b {
		b[i] = byte(r.Uint64())
	}
	return string(b)
}

func TestExplain(t *testing.T) {
	packed := zip(t, strings.Repeat("0123456789", 1000))
	for _, tc := range []struct{ name, in, want string }{
		{"cut short", packed[:len(packed)-9], "gzip stream is cut short after "},
		{"checksum", packed[:len(packed)-8] + "xxxx" + packed[len(packed)-4:], "gzip checksum is wrong after 10000 decoded bytes"},
		{"garbage behind", packed + "garbage that is no gzip header", "garbage follows the gzip stream after 10000 decoded bytes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, err := input.Open(strings.NewReader(tc.in))
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, s)
			if got := input.Explain(s.Kind, n, err); !strings.HasPrefix(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("a log\n"))
	f.Add([]byte(zip(f, "packed")))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := input.Open(bytes.NewReader(b))
		if err != nil {
			return
		}
		n, err := io.Copy(io.Discard, io.LimitReader(s, 1<<20))
		if err == nil && s.Kind == input.Text && s.Notes == nil && n != int64(min(len(b), 1<<20)) {
			t.Errorf("%d bytes of text in, %d out", len(b), n)
		}
		if err != nil && input.Explain(s.Kind, n, err) == "" {
			t.Error("damage without a word")
		}
	})
}
