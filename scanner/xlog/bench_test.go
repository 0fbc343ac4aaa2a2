package xlog_test

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	klauspost "github.com/klauspost/compress/flate"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// benchFile is a file of full blocks of a magic, with a line flushed each.
func benchFile(magic byte) (data []byte, text int64) {
	r := rand.New(rand.NewPCG(26, uint64(magic)))
	for i := range 48 {
		f := &fixture{magic: magic, seq: uint16(i + 1), lines: someLines(r, i, 1000)}
		if isSync(magic) {
			f.seq, f.lines = 0, f.lines[:1]
		}
		data = append(data, f.block()...)
		text += int64(len(f.text()))
	}
	return data, text
}

// BenchmarkReader is in bytes of text.
func BenchmarkReader(b *testing.B) {
	for _, magic := range []byte{0x03, 0x05, 0x07, 0x09, 0x0C, 0x0D} {
		data, text := benchFile(magic)
		for _, jobs := range []int{1, 2} {
			b.Run(fmt.Sprintf("%#02x/jobs=%d", magic, jobs), func(b *testing.B) {
				benchmark(b, data, text, xlog.Options{Jobs: jobs, Keys: []*xlog.Key{parsedKey}})
			})
		}
	}
}

func benchmark(b *testing.B, data []byte, text int64, o xlog.Options) {
	b.Helper()
	b.SetBytes(text)
	b.ReportAllocs()
	for b.Loop() {
		x := xlog.NewReader(bytes.NewReader(data), o)
		if n, err := io.Copy(io.Discard, x); err != nil || n != text {
			b.Fatal(n, err)
		}
		x.Close()
	}
}

// BenchmarkClog has both sides: what is decoded with the inflater of this package, with compress/flate and with
// klauspost/compress, whose readers are used again and again.
func BenchmarkClog(b *testing.B) {
	lines := someLines(rand.New(rand.NewPCG(27, 27)), 0, 20_000)
	data := bytes.Join(deflate(lines, false), nil)
	text := int64(len(bytes.Join(lines, nil)))
	std, fast := flate.NewReader(nil), klauspost.NewReader(nil)
	for name, open := range map[string]func(r io.Reader) io.Reader{
		"ours": func(r io.Reader) io.Reader { return xlog.NewClogReader(r) },
		"std": func(r io.Reader) io.Reader {
			_ = std.(flate.Resetter).Reset(r, nil)
			return std
		},
		"klauspost": func(r io.Reader) io.Reader {
			_ = fast.(klauspost.Resetter).Reset(r, nil)
			return fast
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(text)
			for b.Loop() {
				// An error is the end of a stream that is not finished.
				if n, _ := io.Copy(io.Discard, open(bytes.NewReader(data))); n != text {
					b.Fatal(n)
				}
			}
		})
	}
}
