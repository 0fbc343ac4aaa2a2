package tally_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestAnyCut cuts a text anywhere, within lines too, and counts each piece on its own: samples
// stand on the lines of the whole text when the pieces come together.
func TestAnyCut(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`[x\n]{1,60}`).Draw(rt, "text")
		size := int64(len(text))
		cuts := append(rapid.SliceOfN(rapid.Int64Range(0, size), 0, 6).Draw(rt, "cuts"), 0, size)
		slices.Sort(cuts)
		o := tally.Options{Samples: 64}
		var parts []*tally.Tally
		for i := 1; i < len(cuts); i++ {
			off, end := cuts[i-1], cuts[i]
			x := tally.New(o)
			for at := off; at < end; at++ {
				f := finding("sdk", 6206, 0)
				f.Offset, f.Piece, f.Line = at, off, breaks(text[off:at])+1
				x.Finding(f)
			}
			p := piece(off, end, breaks(text[off:end]))
			if end == size && off < end && text[end-1] != '\n' {
				p.Lines++
			}
			if err := x.Piece(p); err != nil {
				t.Fatal(err)
			}
			parts = append(parts, x)
		}
		s := mergeAll(t, rt, parts, func(x *tally.Tally) *tally.Tally { return decode(t, encode(t, x), o) }).Summary()
		samples := s.Codes[0].Samples
		if len(samples) != len(text) {
			rt.Fatalf("%d samples, want %d", len(samples), len(text))
		}
		for _, sample := range samples {
			if want := breaks(text[:sample.Offset]) + 1; sample.Line != want {
				rt.Errorf("byte %d on line %d, want %d", sample.Offset, sample.Line, want)
			}
		}
		want := breaks(text)
		if !strings.HasSuffix(text, "\n") {
			want++
		}
		if in := s.Inputs[0]; in.Lines != want || in.Bytes != size || !in.Complete {
			rt.Errorf("input %+v, want %d lines", in, want)
		}
	})
}

func breaks(s string) int64 { return int64(strings.Count(s, "\n")) }
