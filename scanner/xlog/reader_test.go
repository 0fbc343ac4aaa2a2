package xlog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/scanner/xlog"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A reading is all that a Reader says.
type reading struct {
	Text   string
	Blocks []xlog.Block
	Report xlog.Report
	Err    string
}

func read(r io.Reader, o xlog.Options) (got reading) {
	o.OnBlock = func(b xlog.Block) { got.Blocks = append(got.Blocks, b) }
	x := xlog.NewReader(r, o)
	defer x.Close()
	text, err := io.ReadAll(x)
	if err != nil {
		got.Err = err.Error()
	}
	got.Text, got.Report = string(text), x.Report()
	return got
}

func readBytes(b []byte, keys ...*xlog.Key) reading {
	return read(bytes.NewReader(b), xlog.Options{Keys: keys})
}

func key(t testing.TB) *xlog.Key {
	t.Helper()
	k, err := xlog.ParseKey([]byte(serverHex + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// same fails the test with the first place where two texts differ.
func same(t *testing.T, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	at := 0
	for at < len(want) && at < len(got) && want[at] == got[at] {
		at++
	}
	t.Errorf("want %d bytes, got %d, different from %d on: want %.80q, got %.80q", len(want), len(got), at, want[at:], got[at:])
}

func TestEveryMagic(t *testing.T) {
	for _, magic := range allMagics {
		for _, finished := range []bool{false, true} {
			t.Run(fmt.Sprintf("%#02x finished %v", magic, finished), func(t *testing.T) {
				blocks := someBlocks(rand.New(rand.NewPCG(1, uint64(magic))), 12, []byte{magic})
				for _, f := range blocks {
					f.finished = finished
				}
				data, text := file(blocks)
				if !xlog.Is(data[:min(len(data), 8<<10)]) {
					t.Error("not recognised")
				}
				got := readBytes(data, key(t))
				same(t, string(text), got.Text)
				if !got.Report.Whole() || got.Report.Problem() != "" || len(got.Blocks) != len(blocks) {
					t.Errorf("%d blocks, %s, %+v", len(got.Blocks), got.Report.Problem(), got.Report)
				}
			})
		}
	}
}

// TestBlocks holds what is told of blocks against what was written.
func TestBlocks(t *testing.T) {
	blocks := someBlocks(rand.New(rand.NewPCG(2, 2)), 30, longMagics)
	data, _ := file(blocks)
	var want []xlog.Block
	var offset, textOffset int64
	for _, f := range blocks {
		b := xlog.Block{
			Offset: offset, Size: int64(len(f.block())), Magic: f.magic, Seq: f.seq, Begin: f.hour, End: f.hour, Length: uint32(len(f.payload())),
			TextOffset: textOffset, TextLen: int64(len(f.text())), Encrypted: f.magic == 0x07 || f.magic == 0x0C,
		}
		if b.Encrypted {
			b.Fingerprint = "e456fc37a0ad020e"
		}
		offset += b.Size
		textOffset += b.TextLen
		want = append(want, b)
	}
	if diff := cmp.Diff(want, readBytes(data, key(t)).Blocks); diff != "" {
		t.Error(diff)
	}
}

// TestAnyReads is the law of a stream: neither how it is read nor how many work at it shows in the result.
func TestAnyReads(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	data, _ := file(someBlocks(r, 60, allMagics))
	damaged := bytes.Clone(data)
	for range 12 {
		damaged[r.IntN(len(damaged))] ^= byte(1 << r.IntN(8))
	}
	for name, data := range map[string][]byte{"whole": data, "damaged": damaged} {
		want := read(bytes.NewReader(data), xlog.Options{Keys: []*xlog.Key{key(t)}, Jobs: 1})
		for reads, r := range map[string]io.Reader{
			"whole":    bytes.NewReader(data),
			"one byte": iotest.OneByteReader(bytes.NewReader(data)),
			"half":     iotest.HalfReader(bytes.NewReader(data)),
			"data err": iotest.DataErrReader(bytes.NewReader(data)),
		} {
			for _, jobs := range []int{1, 2, 5, 0} {
				got := read(r, xlog.Options{Keys: []*xlog.Key{key(t)}, Jobs: jobs})
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, reads %s, %d jobs: %s", name, reads, jobs, diff)
				}
				r = bytes.NewReader(data)
			}
		}
	}
}

func TestWriteTo(t *testing.T) {
	data, text := file(someBlocks(rand.New(rand.NewPCG(4, 4)), 20, shortMagics))
	x := xlog.NewReader(bytes.NewReader(data), xlog.Options{})
	defer x.Close()
	head := make([]byte, 100)
	if _, err := io.ReadFull(x, head); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	n, err := x.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Error(n, b.Len(), err)
	}
	same(t, string(text), string(head)+b.String())
}

// TestInputFails: the text that could be had comes first, then the error.
func TestInputFails(t *testing.T) {
	blocks := someBlocks(rand.New(rand.NewPCG(5, 5)), 4, []byte{0x05})
	data, text := file(blocks)
	broken := errors.New("the disk is gone")
	got := read(io.MultiReader(bytes.NewReader(data), iotest.ErrReader(broken)), xlog.Options{})
	same(t, string(text), got.Text)
	if got.Err != broken.Error() {
		t.Error(got.Err)
	}
}

// TestAbandoned: goleak, in TestMain, finds what still runs.
func TestAbandoned(t *testing.T) {
	data, _ := file(someBlocks(rand.New(rand.NewPCG(6, 6)), 50, []byte{0x05, 0x09}))
	for range 20 {
		x := xlog.NewReader(bytes.NewReader(data), xlog.Options{Jobs: 4})
		if _, err := x.Read(make([]byte, 10)); err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Read(make([]byte, 10)); err == nil {
			t.Error("a closed reader is read")
		}
	}
}
