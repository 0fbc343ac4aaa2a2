package scanner

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// longTexts draws lines about as long as what is kept, and how many of them are longer.
func longTexts(t *rapid.T) (text string, long int64) {
	var b strings.Builder
	for i := rapid.IntRange(0, 5).Draw(t, "lines"); i > 0; i-- {
		n := rapid.SampledFrom([]int{0, 1, 90_000, 600_000, maxKept - 1, maxKept, maxKept + 1, maxKept + 2, 2*maxKept + 5}).Draw(t, "length")
		if n > maxKept {
			long++
		}
		b.WriteString(strings.Repeat("x", n))
		if i > 1 || rapid.Bool().Draw(t, "ends") {
			b.WriteByte('\n')
		}
	}
	return b.String(), long
}

// cutsOf draws where a text is cut, often close to where a line passes what is kept.
func cutsOf(t *rapid.T, size int) []int {
	at := rapid.OneOf(rapid.IntRange(0, size), rapid.Custom(func(t *rapid.T) int {
		n := rapid.IntRange(0, 3).Draw(t, "lines")*maxKept + rapid.IntRange(-3, 3).Draw(t, "beside")
		return min(max(n, 0), size)
	}))
	cuts := append(rapid.SliceOfN(at, 0, 6).Draw(t, "cuts"), 0, size)
	slices.Sort(cuts)
	return cuts
}

// TestLongLinesCountOnce adds up blocks and pieces of any size.
func TestLongLinesCountOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, want := longTexts(t)
		cuts := cutsOf(t, len(text))
		var one, all lengths
		in := &Input{}
		var pieces int64
		for i := 1; i < len(cuts); i++ {
			own := []byte(text[cuts[i-1]:cuts[i]])
			one.add(in, measureOf(own))
			off := int64(cuts[i-1])
			all.add(&Input{Off: off, Begun: begun(strings.NewReader(text), off)}, measureOf(own))
			pieces += all.take()
		}
		if got := one.take(); got != want || pieces != want {
			t.Errorf("cut at %v: %d in blocks, %d in pieces, want %d", cuts, got, pieces, want)
		}
	})
}

// TestLongLinesOfAScan has the same counted where findings are, in one piece and in three.
func TestLongLinesOfAScan(t *testing.T) {
	long := strings.Repeat("y", maxKept) + " code=70001\n"
	text := strings.Repeat("plain\n", 20) + long + "\n" + long + strings.Repeat("z", maxKept) + "\n" + strings.TrimSuffix(long, "\n")
	size := int64(len(text))
	for name, cuts := range map[string][]int64{"whole": {0, size}, "pieces": {0, maxKept + 100, 2*maxKept + 500, size}} {
		t.Run(name, func(t *testing.T) {
			var sources []Source
			for i := 1; i < len(cuts); i++ {
				sources = append(sources, NewSection(Input{Name: "t", Off: cuts[i-1]}, strings.NewReader(text), cuts[i], size))
			}
			if got := healthOf(t, sources...).CutLines; got != 3 {
				t.Errorf("%d long lines, want 3", got)
			}
		})
	}
	t.Run("stream", func(t *testing.T) {
		if got := healthOf(t, blockSource{strings.NewReader(text), 3 << 20}).CutLines; got != 3 {
			t.Errorf("%d long lines, want 3", got)
		}
	})
}

func healthOf(t *testing.T, sources ...Source) tally.Health {
	t.Helper()
	sum := tally.New(tally.Options{})
	s := Scanner{Extractor: testExtractor()}
	if err := s.Scan(t.Context(), sources, counter{sum}); err != nil {
		t.Fatal(err)
	}
	inputs := sum.Summary().Inputs
	if len(inputs) != 1 || !inputs[0].Complete {
		t.Fatalf("inputs %+v", inputs)
	}
	return inputs[0].Health
}

// healthy is a Source that says more than its text.
type healthy struct{ health Health }

func (healthy) Name() string { return "t" }

func (s healthy) Read(_ context.Context, r Receiver) error {
	r.Begin(Input{Name: "t"})
	text := []byte(strings.Repeat("x", maxKept+1))
	err := r.Block(&Block{Buf: text, To: len(text)})
	s.health.Bytes, s.health.Complete = int64(len(text)), true
	r.End(s.health)
	return err
}

// TestHealthOfASourceArrives follows it from the source to the summary.
func TestHealthOfASourceArrives(t *testing.T) {
	var h Health
	h.Kind, h.Encoding, h.EncodingGuessed, h.Skipped = input.KindText, "gb18030", true, 12
	h.Keys, h.CutLines, h.TimesGuessed = []string{"3f2a"}, 2, 5
	want := tally.Health{Encoding: "gb18030", EncodingGuessed: true, Skipped: 12, Keys: []string{"3f2a"}, CutLines: 3}
	if diff := cmp.Diff(want, healthOf(t, healthy{h})); diff != "" {
		t.Error(diff)
	}
}

// shrinking is a text that became shorter.
type shrinking struct{ io.ReaderAt }

func (shrinking) ReadAt([]byte, int64) (int, error) { return 0, io.EOF }

func TestBegun(t *testing.T) {
	text := bytes.NewReader([]byte("ab\ncde" + strings.Repeat("x", 2*maxKept)))
	for off, want := range map[int64]int64{0: 0, 2: 2, 3: 0, 6: 3, maxKept: maxKept - 3, maxKept + 9: maxKept + 1, 2 * maxKept: maxKept + 1} {
		if got := begun(text, off); got != want {
			t.Errorf("begun at %d: %d, want %d", off, got, want)
		}
	}
	if got := begun(shrinking{}, maxKept); got != 0 {
		t.Errorf("of a text that cannot be read %d bytes", got)
	}
}
