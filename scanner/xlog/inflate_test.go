package xlog

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

// deflatedText makes a stream of lines, level and flushes at random.
func deflatedText(r *rand.Rand, lines int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, []int{flate.HuffmanOnly, flate.NoCompression, 1, 6, 9}[r.IntN(5)])
	if err != nil {
		panic(err)
	}
	for range r.IntN(lines) {
		line := bytes.Repeat([]byte("seq:17|len:"), r.IntN(30))
		switch r.IntN(4) {
		case 0:
			line = bytes.Repeat([]byte{' '}, r.IntN(4000))
		case 1:
			line = make([]byte, r.IntN(3000))
			for i := range line {
				line[i] = byte(r.Uint32() >> r.IntN(30))
			}
		}
		_, _ = w.Write(line)
		if r.IntN(3) > 0 {
			_ = w.Flush()
		}
	}
	if r.IntN(2) == 0 {
		_ = w.Close()
	} else {
		_ = w.Flush()
	}
	return b.Bytes()
}

// inflated is what an inflater makes of a stream, at most limit bytes.
func inflated(src []byte, limit int) ([]byte, error) {
	var f inflater
	f.reset(src)
	out, o := make([]byte, 1024+outSlack), 0
	for {
		var err error
		if o, err = f.run(out, o); !errors.Is(err, errFull) || o > limit {
			return out[:o], err
		}
		out = append(out, make([]byte, len(out))...)
	}
}

// likeFlate holds the inflater against compress/flate: the same text, the same verdict. Of a stream that ends inside a
// symbol the other one may hold back what it does not yet need to know.
func likeFlate(t *testing.T, src []byte, limit int) {
	t.Helper()
	got, err := inflated(src, limit)
	want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(src)), int64(limit)))
	if len(want) == limit {
		got, err, wantErr = got[:min(limit, len(got))], nil, nil
	}
	ends := errors.Is(wantErr, io.ErrUnexpectedEOF)
	if !bytes.HasPrefix(got, want) || len(got) > len(want) && !ends {
		t.Fatalf("%x: want %d bytes, %v, got %d bytes, %v", src, len(want), wantErr, len(got), err)
	}
	if (wantErr == nil) != (err == nil) || errors.Is(err, errTruncated) && !ends {
		t.Fatalf("%x: want %v, got %v", src, wantErr, err)
	}
	var s inflateStream
	s.openReader(iotest.OneByteReader(bytes.NewReader(src)))
	streamed, streamErr := io.ReadAll(io.LimitReader(&s, int64(limit)))
	if whole := got[:min(limit, len(got))]; !bytes.Equal(streamed, whole) {
		t.Fatalf("%x: whole %d bytes, %v, byte by byte %d bytes, %v", src, len(whole), err, len(streamed), streamErr)
	}
}

func TestInflate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		src := deflatedText(r, 40)
		switch r.IntN(3) {
		case 0:
			for range 1 + r.IntN(3) {
				src[r.IntN(len(src))] ^= byte(1 << r.IntN(8))
			}
		case 1:
			src = src[:r.IntN(len(src)+1)]
		}
		likeFlate(t, src, 1<<20)
	}
}

// TestInflateCodes feeds headers of codes, sensible and not, which compressors do not make.
func TestInflateCodes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		src := make([]byte, 20+r.IntN(200))
		for i := range src {
			src[i] = byte(r.Uint32() >> r.IntN(24))
		}
		src[0] = src[0]&^7 | byte(r.IntN(2)) | byte(1+r.IntN(2))<<1
		likeFlate(t, src, 1<<16)
	}
}

// TestTables fills tables from complete codes of every form, and looks each code up.
func TestTables(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		testTable(t, completeCode(r, 2+r.IntN(285)), litBits, litSize)
		testTable(t, completeCode(r, 2+r.IntN(28)), distBits, distSize)
	}
}

// completeCode returns the lengths of a code of up to n symbols: splitting leaves of a tree makes one.
func completeCode(r *rand.Rand, n int) []uint8 {
	lens := []uint8{1, 1}
	for tries := 0; len(lens) < n && tries < 2000; tries++ {
		i := r.IntN(len(lens))
		if r.IntN(2) == 0 {
			i = len(lens) - 1 // a long tail
		}
		if lens[i] < 15 {
			lens[i]++
			lens = append(lens, lens[i])
		}
	}
	r.Shuffle(len(lens), func(i, j int) { lens[i], lens[j] = lens[j], lens[i] })
	return lens
}

func testTable(t *testing.T, lens []uint8, width, size int) {
	t.Helper()
	var symbols [288]entry
	for s := range symbols {
		symbols[s] = entry(s) << 16
	}
	table := make([]entry, size)
	if !buildTable(table, width, lens, symbols[:]) {
		t.Fatalf("%v is refused", lens)
	}
	seen := make([]int, len(lens))
	for code := range 1 << 15 {
		e := table[code&(1<<width-1)]
		if e&specialEntry != 0 {
			e = table[int(e>>16)+code>>width&(1<<(e&15)-1)]
		}
		if s := int(e >> 16); int(e&0xFF) != int(lens[s]) {
			t.Fatalf("%v: code %b has %d bits", lens, code, e&0xFF)
		}
		seen[e>>16]++
	}
	for s, n := range seen {
		if n != 1<<(15-lens[s]) {
			t.Fatalf("%v: symbol %d has %d of 32768 codes", lens, s, n)
		}
	}
}

func FuzzInflate(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 8 {
		f.Add(deflatedText(r, 3))
	}
	f.Add([]byte{0x05, 0xE0, 0x81, 0x08, 0, 0, 0, 0, 0x20, 0x7F, 0xEB, 0x0B, 0, 0})
	f.Fuzz(func(t *testing.T, src []byte) { likeFlate(t, src, 1<<18) })
}
