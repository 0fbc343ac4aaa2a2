package input_test

import (
	"archive/tar"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input"
)

// header writes a header of the oldest form: no magic, no user names.
func oldHeader(name string, size int, kind byte) string {
	h := make([]byte, 512)
	copy(h, name)
	copy(h[100:], "0000644\x000000000\x000000000\x00")
	copy(h[124:], fmt.Sprintf("%011o\x0000000000000\x00        ", size))
	h[156] = kind
	sum := 0
	for _, c := range h {
		sum += int(c)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(h)
}

func padded(s string) string { return s + strings.Repeat("\x00", -len(s)&511) }

// sparse is a member of GNU tar that is a hole of that many bytes.
func sparse(name string, hole int64) string {
	h := []byte(oldHeader(name, 0, 'S'))
	copy(h[257:], "ustar  \x00")
	copy(h[386:], fmt.Sprintf("%011o\x00%011o\x00", hole, 0))
	// The size in the binary form, which octal digits are too few for.
	h[483] = 0x80
	for i := range 8 {
		h[494-i] = byte(hole >> (8 * i))
	}
	if hole < 1<<33 {
		copy(h[483:], fmt.Sprintf("%011o\x00", hole))
	}
	copy(h[148:], "        ")
	sum := 0
	for _, c := range h {
		sum += int(c)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(h)
}

func TestTar(t *testing.T) {
	end := strings.Repeat("\x00", 1024)
	two := tarOf(file{"a", "a\n"}, file{"b", "b\n"}, file{"c", "c\n"})
	var links bytes.Buffer
	w := tar.NewWriter(&links)
	for _, h := range []tar.Header{{Name: "d/", Typeflag: tar.TypeDir}, {Name: "l", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}, {Name: "dev", Typeflag: tar.TypeChar}} {
		check(w.WriteHeader(&h))
	}
	check(w.Close())
	for _, tc := range []walkCase{
		{"of old", oldHeader("a.log", 2, 0) + padded("a\n") + end, []string{"a.log text: a\n"}, "tar 1"},
		{"without an end", oldHeader("a.log", 2, 0) + padded("a\n"), []string{"a.log text: a\n"}, "tar 1"},
		{"name in GBK", oldHeader("\xb4\xed\xce\xf3.log", 2, 0) + padded("a\n") + end, []string{"错误.log text: a\n"}, "tar 1"},
		{"links and folders", links.String(), nil, "tar 0"},
		{"appended", two + two, []string{"a text: a\n", "b text: b\n", "c text: c\n", "a (2) text: a\n", "b (2) text: b\n", "c (2) text: c\n"}, "tar 6"},
		{"bad header", corrupt(two, 1024), []string{"a text: a\n", "c text: c\n"}, "tar 2! tar archive is damaged between byte 1024 and 2048"},
		{"garbage behind", two + padded("garbage"), []string{"a text: a\n", "b text: b\n", "c text: c\n"}, "tar 3! tar archive is damaged between byte 4096 and 4608"},
		{"cut in a member", oldHeader("a.log", 600, 0) + strings.Repeat("a line\n", 73) + "\n", []string{"a.log text: " + strings.Repeat("a line\n", 73) + "\n! tar archive is cut short after 1024 bytes"}, "tar 1! tar archive is cut short after 1024 bytes"},
		{"text with its word", strings.Repeat("a", 257) + "ustar" + strings.Repeat("\n", 300), []string{" text: " + strings.Repeat("a", 257) + "ustar" + strings.Repeat("\n", 300)}, ""},
		{"sparse", sparse("s", 100) + end, []string{"s text: " + strings.Repeat("\x00", 100)}, "tar 1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, open := range []how{inPlace, piped} {
				texts, end := walk(t, open, input.Options{}, tc.data)
				if d := cmp.Diff(tc.texts, texts); d != "" || end != tc.end {
					t.Errorf("end %q, want %q, texts (-want +got):\n%s", end, tc.end, d)
				}
			}
		})
	}
	t.Run("sparse bomb", func(t *testing.T) {
		texts, end := sizes(t, inPlace, input.Options{}, sparse("s", 1<<32)+oldHeader("a.log", 2, 0)+padded("a\n"))
		if len(texts) != 2 || !strings.HasPrefix(texts[0], "s 16") || !strings.Contains(texts[0], "--max-ratio") || texts[1] != "a.log 2" || end != "tar 2" {
			t.Errorf("texts %q, end %q", texts, end)
		}
	})
}
