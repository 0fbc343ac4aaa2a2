package input_test

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input"
)

// A walkCase is an input with what becomes of it, however it is read.
type walkCase struct {
	name, data string
	texts      []string
	end        string
}

func one(kind, text string) []string { return []string{" " + kind + ": " + text} }

var walkCases = []walkCase{
	{"text", "a log\n", one("text", "a log\n"), ""},
	{"empty", "", one("text", ""), ""},
	{"colours", "\x1b[31mred\x1b[0m\n", one("text", "\x1b[31mred\x1b[0m\n"), ""},
	{"hole", strings.Repeat("\x00", 5000) + "x\n", one("text", strings.Repeat("\x00", 5000)+"x\n"), ""},
	{"mapped", "x\n" + strings.Repeat("\x00", 5000), one("text", "x\n"+strings.Repeat("\x00", 5000)), ""},
	{"mmap file after a clean close", strings.Repeat("\x00", 150<<10), one("text", ""), ""},
	{"longer hole", strings.Repeat("\x00", 150<<10) + "x\n", one("text", strings.Repeat("\x00", 150<<10)+"x\n"), ""},
	{"hole", strings.Repeat("\x00", 100<<10) + "x\n", one("text", strings.Repeat("\x00", 100<<10)+"x\n"), ""},
	{"zeros", strings.Repeat("\x00", 100<<10), one("text", strings.Repeat("\x00", 100<<10)), ""},
	{"more zeros", strings.Repeat("\x00", 151<<10), one("text", strings.Repeat("\x00", 151<<10)), ""},
	{"image", "\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", nil, "binary file, not a text log"},
	{"xlog", "\x03\x00\x00\x0a\x0a\x06\x00\x00\x00\x00\x00\x00\x00a log\n\x00", one("xlog", "a log\n"), ""},
	{"rar", "Rar!\x1a\x07\x00", nil, "rar archive, not a text log: unpack it and scan the folder: unrar x FILE DIR/"},
	{"7z", "7z\xbc\xaf\x27\x1c", nil, "7z archive, not a text log: unpack it and scan the folder: 7z x -oDIR FILE"},

	{"gzip", gz("packed\n"), one("gzip", "packed\n"), ""},
	{"gzip of nothing", gz(""), one("gzip", ""), ""},
	{"gzip members", gz("a\n") + gz("b\n"), one("gzip", "a\nb\n"), ""},
	{"gzip padded", gz("a\n") + strings.Repeat("\x00", 70_000) + gz("b\n") + "\x00\x00", one("gzip", "a\nb\n"), ""},
	{"gzip with garbage", gz("a\n") + "garbage", one("gzip", "a\n! garbage follows the gzip stream after 2 decoded bytes"), ""},
	{"gzip with a bad checksum", corrupt(gz("a\n"), -6), one("gzip", "a\n! gzip checksum is wrong after 2 decoded bytes"), ""},
	{"gzip by its magic only", "\x1f\x8bnot gzip", one("gzip", "! gzip stream is damaged after 0 decoded bytes: gzip: invalid header"), ""},
	{"zstd", zst("packed\n"), one("zstd", "packed\n"), ""},
	{"zstd frames", "\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + zst("a\n") + zst("b\n"), one("zstd", "a\nb\n"), ""},
	{"zstd with garbage", zst("a\n") + "garbage", one("zstd", "a\n! garbage follows the zstd stream after 2 decoded bytes"), ""},
	{
		"zstd with a long window", "\x28\xb5\x2f\xfd\x00\x90\x11\x00\x00a\n",
		one("zstd", "! zstd stream refers back more than 128 MiB after 0 decoded bytes, decompress it first: zstd -dc --long=31 FILE | imtriage scan -"), "",
	},
	{"bzip2", bzipped, one("bzip2", line), ""},
	{"bzip2 streams", bzipped + bzipped, one("bzip2", line+line), ""},
	{"xz", xzed, one("xz", line), ""},
	{"xz streams", xzed + "\x00\x00\x00\x00" + xzed, one("xz", line+line), ""},
	{"xz with a large dictionary", xzBig, one("xz", "! xz stream wants a dictionary of more than 64 MiB after 0 decoded bytes, decompress it first: xz -dc FILE | imtriage scan -"), ""},
	{"gzip in zstd", zst(gz("a\n")), one("zstd", "a\n"), ""},
	{"rar in gzip", gz("Rar!\x1a\x07\x00"), nil, "rar archive, not a text log: unpack it and scan the folder: unrar x FILE DIR/"},

	{"zip", zipOf(file{"b/c.log", "c\n"}, file{"a.log", "a\n"}), []string{"b/c.log text: c\n", "a.log text: a\n"}, "zip 2"},
	{"tar", tarOf(file{"b/c.log", "c\n"}, file{"a.log", "a\n"}), []string{"b/c.log text: c\n", "a.log text: a\n"}, "tar 2"},
	{"tar.gz", gz(tarOf(file{"a.log", "a\n"})), []string{"a.log text: a\n"}, "tar 1"},
	{"tar.xz in a zip", zipOf(file{"x.tar.gz", zst(tarOf(file{"a.log", "a\n"}))}, file{"b.gz", gz("b\n")}), []string{"x.tar.gz!a.log text: a\n", "b.gz gzip: b\n"}, "zip 2"},
	{"zip in zip in tar", tarOf(file{"o.zip", zipOf(file{"i.zip", zipOf(file{"a.log", "a\n"})})}), []string{"o.zip!i.zip!a.log text: a\n"}, "tar 1"},
	{"empty zip", zipOf(), nil, "zip 0"},
	{
		"junk and binaries", zipOf(file{"__MACOSX/._a.log", "x\n"}, file{"d/.DS_Store", "x"}, file{"a.log", "a\n"}, file{"Thumbs.db", "x"}, file{"p.png", "\x89PNG\x00\x01\x02\x03"}),
		[]string{"a.log text: a\n"},
		"zip 1 passed 4 refused 0 (4 members that are no logs passed over: __MACOSX/._a.log, d/.DS_Store, Thumbs.db …)",
	},
	{
		"refused member", tarOf(file{"b.rar", "Rar!\x1a\x07\x00"}, file{"a.log", "a\n"}),
		[]string{"a.log text: a\n"},
		"tar 1 passed 0 refused 1! b.rar: rar archive, not a text log: unpack it and scan the folder: unrar x FILE DIR/",
	},
	{"one name twice", tarOf(file{"a", "1"}, file{"./a", "2"}, file{"a (2)", "3"}, file{"a", "4"}), []string{"a text: 1", "a (2) text: 2", "a (2) (2) text: 3", "a (3) text: 4"}, "tar 4"},
	{"evil names", zipOf(file{"../../etc/passwd", "1"}, file{"/abs", "2"}, file{`c:\x\..\y.log`, "3"}, file{"..", "4"}), []string{"etc/passwd text: 1", "abs text: 2", "c:/y.log text: 3", "unnamed text: 4"}, "zip 4"},
	{"a damaged member", tarOf(file{"a.gz", gz("a\n")[:20]}, file{"b", "b\n"}), []string{"a.gz gzip: a\n! gzip stream is cut short after 2 decoded bytes", "b text: b\n"}, "tar 2"},
}

// corrupt changes a byte, counted from the end if i is negative.
func corrupt(s string, i int) string {
	b := []byte(s)
	if i < 0 {
		i += len(b)
	}
	b[i] ^= 0x40
	return string(b)
}

func TestWalk(t *testing.T) {
	for _, tc := range walkCases {
		t.Run(tc.name, func(t *testing.T) {
			for _, way := range []struct {
				name string
				open how
				jobs int
			}{{"in place", inPlace, 4}, {"in place, one job", inPlace, 1}, {"piped", piped, 2}, {"byte by byte", byteWise, 3}} {
				texts, end := walk(t, way.open, input.Options{Jobs: way.jobs}, tc.data)
				if d := cmp.Diff(tc.texts, texts); d != "" || end != tc.end {
					t.Errorf("%s: end %q, want %q, texts (-want +got):\n%s", way.name, end, tc.end, d)
				}
			}
		})
	}
}

// TestCut cuts every container at every byte: what is there of whole texts is read, and nothing else is.
func TestCut(t *testing.T) {
	whole := "first\n"
	for _, tc := range []struct{ name, data string }{
		{"gzip", gz(whole) + gz("second\n")},
		{"zstd", zst(whole) + zst("second\n")},
		{"bzip2", bzipped + bzipped},
		{"xz", xzed + xzed},
		{"zip", zipOf(file{"a", whole}, file{"b", "second\n"})},
		{"stored zip", rawZip([]zip.FileHeader{sized("a", whole), sized("b", "second\n")}, whole, "second\n")},
		{"tar", tarOf(file{"a", whole}, file{"b", "second\n"})},
		{"tar.gz", gz(tarOf(file{"a", whole})) + gz("")},
		{"nested", zipOf(file{"x.tgz", gz(tarOf(file{"a", whole}))})},
	} {
		t.Run(tc.name, func(t *testing.T) {
			want, _ := walk(t, inPlace, input.Options{}, tc.data)
			all := strings.Join(want, "")
			for n := range len(tc.data) {
				if tc.name == "tar" && n%64 != 0 {
					continue
				}
				texts, end := walk(t, inPlace, input.Options{Jobs: 2}, tc.data[:n])
				if piped, pipedEnd := walk(t, piped, input.Options{Jobs: 2}, tc.data[:n]); !slices.Equal(piped, texts) || pipedEnd != end {
					t.Fatalf("cut at %d: through a pipe %q %q, want %q %q", n, piped, pipedEnd, texts, end)
				}
				for _, s := range texts {
					got, _, _ := strings.Cut(s, "!")
					if got = strings.TrimRight(got[strings.Index(got, ": ")+2:], "\x00"); n > 10 && !strings.Contains(all, got) {
						t.Fatalf("cut at %d: %q, which is nowhere in %q", n, s, all)
					}
				}
			}
		})
	}
}

func TestParts(t *testing.T) {
	part := func(name, data string) input.Part {
		return input.Part{Name: name, Open: func() (io.ReadCloser, error) { return piped(data) }}
	}
	gone := input.Part{Name: "gone", Open: func() (io.ReadCloser, error) { return nil, errors.New("no such file") }}
	for _, tc := range []struct {
		name  string
		parts []input.Part
		want  string
	}{
		{"rotated", []input.Part{part("2", gz("a\nb")), part("1", "\xef\xbb\xbfc\n"), part("0", "\xff\xfed\x00")}, " text: a\nb\nc\nd"},
		{"damaged", []input.Part{part("2", gz("a\nb")[:22]), part("1", "c\n")}, " text: a\nb\nc\n! 2: gzip stream is cut short after 3 decoded bytes"},
		{"missing", []input.Part{gone, part("1", "c\n")}, " text: c\n! gone: no such file"},
		{"archive and binary", []input.Part{part("z", zipOf()), part("1", "c\n"), part("b", "\x7fELF\x01\x01\x01\x00\x00\x00")}, " text: c\n! z: zip archive, not a text log: it cannot be one of several parts, scan it alone; b: binary file, not a text log"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			texts, end := walkParts(t, tc.parts, input.Options{})
			if d := cmp.Diff([]string{tc.want}, texts); d != "" || end != "" {
				t.Errorf("end %q (-want +got):\n%s", end, d)
			}
		})
	}
}
