package xlog_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// rawBlock frames a payload.
func rawBlock(magic byte, payload []byte) []byte {
	b := make([]byte, 9, 100+len(payload))
	b[0], b[1] = magic, 1
	binary.LittleEndian.PutUint32(b[5:], uint32(len(payload)))
	if magic < 0x06 {
		b = b[:13]
	} else {
		b = b[:73]
	}
	return append(append(b, payload...), 0)
}

// swelling is a deflate stream of n bytes, in which a line repeats.
func swelling(n int, line string) []byte {
	piece := deflate([][]byte{bytes.Repeat([]byte(line), 1<<20/len(line))}, false)[0]
	return bytes.Repeat(piece, n>>20) // no piece refers to the one before
}

// swellingZstd is a frame of blocks that repeat one byte 128 KiB each.
func swellingZstd(n int) []byte {
	b := []byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38}
	for ; n > 0; n -= 128 << 10 {
		b = append(b, 0x02, 0x00, 0x10, 'a')
	}
	return b
}

// allocated returns how much is allocated by f.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestBombs(t *testing.T) {
	next := &fixture{magic: 0x09, seq: 2, lines: someLines(rand.New(rand.NewPCG(17, 17)), 0, 5)}
	for name, tc := range map[string]struct {
		block []byte
		text  int64 // at least, of the bomb
	}{
		"one line":     {rawBlock(0x09, swelling(100<<20, "a")), 0},
		"many lines":   {rawBlock(0x09, swelling(100<<20, "many lines many lines many lin\n")), 64<<20 - 32},
		"zstd":         {rawBlock(0x0D, swellingZstd(200<<20)), 0},
		"small":        {rawBlock(0x0D, swellingZstd(1<<20)), 0},
		"long text":    {rawBlock(0x09, swelling(30<<20, "many lines many lines many lin\n")), 30<<20 - 1<<20},
		"long, no end": {rawBlock(0x09, swelling(30<<20, strings.Repeat("no break ", 500))), 30<<20 - 1<<20},
	} {
		t.Run(name, func(t *testing.T) {
			data := bytes.Join([][]byte{tc.block, next.block()}, nil)
			var blocks []xlog.Block
			used := allocated(func() {
				x := xlog.NewReader(bytes.NewReader(data), xlog.Options{Jobs: 2, OnBlock: func(b xlog.Block) { blocks = append(blocks, b) }})
				defer x.Close()
				n, err := io.Copy(io.Discard, struct{ io.Reader }{x})
				if err != nil || n != x.Report().TextBytes {
					t.Error(n, x.Report().TextBytes, err)
				}
			})
			if used > 64<<20 {
				t.Errorf("%d MiB are allocated", used>>20)
			}
			if len(blocks) != 2 || blocks[1].Err != "" || blocks[1].TextLen != int64(len(next.text())) {
				t.Fatalf("%+v", blocks)
			}
			bomb := strings.HasPrefix(name, "long")
			if b := blocks[0]; b.Stopped == bomb || (b.Err == "") != bomb || b.TextLen < tc.text || b.TextLen > 64<<20 {
				t.Errorf("%+v", b)
			}
		})
	}
}

// TestSlow feeds inputs on which a careless search is quadratic. It has passed if it ends.
func TestSlow(t *testing.T) {
	const size = 3 << 20
	header := rawBlock(0x05, nil)[:13]
	binary.LittleEndian.PutUint32(header[5:], size*2/3)
	var chunk, stored []byte
	chunk = binary.LittleEndian.AppendUint16(chunk, 1)
	chunk = append(chunk, 0)
	deflated := rawBlock(0x09, []byte(strings.Repeat("\x00", 100)))
	binary.LittleEndian.PutUint32(deflated[5:], size/3)
	stored = append(stored, deflated[:73]...)
	stored = append(stored, 0x00, 0x05, 0x00, 0xFA, 0xFF, 'l', 'i', 'n', 'e', '\n')
	for name, unit := range map[string][]byte{
		"headers":           header,
		"headers and steps": append(bytes.Clone(header), chunk...),
		"stored":            stored,
		"magics":            {0x05, 0x05, 0x05, 0x05, 0x01, 0x00, 0x00},
		"chunks":            chunk,
	} {
		data := bytes.Repeat(unit, size/len(unit))
		if name == "headers" {
			data = append(data[:size/2], bytes.Repeat(chunk, size/2/len(chunk))...)
		}
		data = append(data, make([]byte, 64)...)
		if got := readBytes(data); got.Err != "" || len(got.Text) > 4*size {
			t.Errorf("%s: %d bytes of text, %s", name, len(got.Text), got.Err)
		}
	}
}

// TestChance: what is no xlog file gives no text.
func TestChance(t *testing.T) {
	r := rand.New(rand.NewPCG(18, 18))
	random := make([]byte, 1<<20)
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	small := make([]byte, 1<<20) // binaries have many small numbers
	for i := range small {
		small[i] = byte(r.Uint32()) >> r.IntN(8)
	}
	text := bytes.Join(someLines(r, 0, 8000), nil)
	for name, data := range map[string][]byte{
		"random": random, "small numbers": small, "text": text, "clog": bytes.Join(deflate(someLines(r, 0, 3000), false), nil), "zstd": zstandard(someLines(r, 0, 3000), true),
	} {
		got := readBytes(data)
		if got.Text != "" || got.Report.SkippedBytes+got.Report.ZeroFill != int64(len(data)) {
			t.Errorf("%s: %.100q %s", name, got.Text, got.Report.Problem())
		}
		for at := 0; at+8<<10 <= len(data); at += 4 << 10 {
			if head := data[at : at+8<<10]; xlog.Is(head) || at > 0 && xlog.IsClog(head) {
				t.Errorf("%s at %d is recognised", name, at)
			}
		}
	}
}
