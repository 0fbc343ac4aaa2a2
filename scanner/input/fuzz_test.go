package input_test

import (
	"archive/zip"
	"io"
	"slices"
	"testing"

	"github.com/imtriage/imtriage/scanner/input"
)

// fuzzWalk holds an input of any bytes to what is promised of all: it ends, within its limits, with the same texts in
// place and through a pipe; what is wrong has a word.
func fuzzWalk(f *testing.F, seeds ...string) {
	f.Helper()
	for _, s := range seeds {
		f.Add([]byte(s))
		f.Add([]byte(s)[:len(s)*2/3])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o := input.Options{Limits: input.Limits{Bytes: 1 << 20, Members: 50, Depth: 4}, Jobs: 2}
		texts, end := fuzzed(t, inPlace, o, string(data))
		o.Jobs = 1
		if again, endAgain := fuzzed(t, inPlace, o, string(data)); !slices.Equal(again, texts) || end != endAgain {
			t.Errorf("with one job: %q, %q, want %q, %q", again, endAgain, texts, end)
		}
	})
}

func fuzzed(t *testing.T, open how, o input.Options, data string) (texts []string, end string) {
	t.Helper()
	total := int64(0)
	parts := []input.Part{{Name: "in", Open: func() (io.ReadCloser, error) { return open(data) }}}
	h, err := input.Walk(t.Context(), parts, o, func(x *input.Text) error {
		b, err := io.ReadAll(x)
		h := x.Health()
		if h.Complete != (h.Problem == "") || len(x.Name) > 5*600 {
			t.Errorf("%q: health %+v", x.Name, h)
		}
		// UTF-8 takes up to three bytes for one of what was decoded; tar and plain text decode nothing.
		if total += int64(len(b)); total > 3*(o.Limits.Bytes+int64(len(data))*int64(o.Limits.Depth)) {
			t.Errorf("%d bytes of text", total)
		}
		texts = append(texts, x.Name+"\n"+string(b)+"\n"+h.Problem)
		return err
	})
	if err != nil {
		return texts, err.Error()
	}
	if len(texts) > o.Limits.Members {
		t.Errorf("%d texts", len(texts))
	}
	return texts, describe(h)
}

func FuzzWalkGzip(f *testing.F) { fuzzWalk(f, gz(line), gz("a\n")+"\x00\x00"+gz("b\n"), gz(gz(line))) }

func FuzzWalkZstd(f *testing.F)  { fuzzWalk(f, zst(line), "\x50\x2a\x4d\x18\x00\x00\x00\x00"+zst(line)) }
func FuzzWalkBzip2(f *testing.F) { fuzzWalk(f, bzipped, bzipped+bzipped) }
func FuzzWalkXz(f *testing.F)    { fuzzWalk(f, xzed, xzed+"\x00\x00\x00\x00"+xzed, xzBig) }

func FuzzWalkZip(f *testing.F) {
	two := zipOf(file{"a.log", line}, file{"b/c.gz", gz(line)})
	fuzzWalk(f, two, noDirectory(two), rawZip([]zip.FileHeader{sized("a", line), {Name: "b", Method: 93}}, line, zst(line)), zipOf(file{"i.zip", two}), "MZ\x00\x01\x02\x03\x04"+two)
}

func FuzzWalkTar(f *testing.F) {
	fuzzWalk(f, tarOf(file{"a.log", line}, file{"b.gz", gz(line)}), oldHeader("a", 2, 0)+padded("a\n"), sparse("s", 100), corrupt(tarOf(file{"a", line}, file{"b", line}), 1030))
}

func FuzzWalkText(f *testing.F) {
	fuzzWalk(f, chinese, encode(gbk, chinese), encode(le, line), "\xfe\xff"+encode(be, chinese), "\x7fELF")
}
