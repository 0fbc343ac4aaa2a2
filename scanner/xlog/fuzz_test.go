package xlog_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// moreSeeds adds real files where they are at hand.
var moreSeeds = func(*testing.F) {}

// FuzzReader: no bytes bring it to fall, its numbers agree, and neither reads nor jobs show.
func FuzzReader(f *testing.F) {
	moreSeeds(f)
	r := rand.New(rand.NewPCG(24, 24))
	for _, magic := range allMagics {
		blocks := someBlocks(r, 2, []byte{magic})
		for i, b := range blocks {
			b.lines = someLines(r, i, 1+r.IntN(2))
		}
		d := whole(blocks)
		f.Add(d.data)
		d.damage(r)
		f.Add(d.data)
	}
	f.Add(append(rawBlock(0x0D, swellingZstd(1<<20)), rawBlock(0x05, []byte{1, 0, 3})...))
	f.Add(append(rawBlock(0x03, []byte("line\n")), 0x05, 1, 0, 1, 1, 5, 0, 0, 0))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:min(len(data), 32<<10)]
		xlog.Is(data)
		xlog.IsClog(data)
		o := xlog.Options{Keys: []*xlog.Key{parsedKey}, Jobs: 1}
		got := read(bytes.NewReader(data), o)
		var text, from, blocks int64
		for _, b := range got.Blocks {
			if b.Offset < from || b.TextOffset != text || b.Size <= 0 || b.Offset+b.Size > int64(len(data)) {
				t.Fatalf("block at %d with text at %d: %+v", from, text, b)
			}
			if b.TextLen > max(64<<10, 1000*b.Size) {
				t.Fatalf("swells: %+v", b)
			}
			from, text, blocks = b.Offset+1, text+b.TextLen, blocks+b.Size
		}
		p := got.Report
		if got.Err != "" || int64(len(got.Text)) != text || p.TextBytes != text || p.Blocks != int64(len(got.Blocks)) || p.Whole() != (p.Problem() == "") {
			t.Fatalf("%d bytes of text, %q, %+v", len(got.Text), got.Err, p)
		}
		if sum := blocks + p.SkippedBytes + p.ZeroFill; sum > int64(len(data)) || p.Broken == 0 && sum != int64(len(data)) {
			t.Fatalf("%d bytes of %d are accounted for: %+v", sum, len(data), p)
		}
		o.Jobs = 3
		if diff := cmp.Diff(got, read(iotest.HalfReader(bytes.NewReader(data)), o)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzClog: no bytes bring it to fall, and reads do not show.
func FuzzClog(f *testing.F) {
	moreSeeds(f)
	r := rand.New(rand.NewPCG(25, 25))
	f.Add(bytes.Join(deflate(someLines(r, 0, 3), false), nil))
	f.Add(bytes.Join(deflate(someLines(r, 0, 3), true), nil))
	f.Add([]byte("\x00\x00\x00\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:min(len(data), 32<<10)]
		whole := xlog.NewClogReader(bytes.NewReader(data))
		text, err := io.ReadAll(io.LimitReader(whole, 8<<20))
		if err != nil {
			t.Fatal(err)
		}
		if len(text) < 8<<20 && whole.Report().PayloadBytes+whole.Report().SkippedBytes > int64(len(data)) {
			t.Fatalf("%+v", whole.Report())
		}
		again, err := io.ReadAll(io.LimitReader(xlog.NewClogReader(iotest.OneByteReader(bytes.NewReader(data))), 8<<20))
		if err != nil || !bytes.Equal(text, again) {
			t.Fatalf("%d bytes, read byte by byte %d, %v", len(text), len(again), err)
		}
	})
}
