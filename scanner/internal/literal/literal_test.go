package literal_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

var lits = []string{"code", "Error", "error_code", "错误码", "ret:", "failed ", "oops! code:"}

// brute is the definition: every literal compared at every position.
func brute(b []byte, from, to int) (hits []literal.Hit) {
	for i := max(from, 0); i < min(to, len(b)); i++ {
		for l, lit := range lits {
			if len(b)-i >= len(lit) && bytes.EqualFold(b[i:i+len(lit)], []byte(lit)) {
				hits = append(hits, literal.Hit{Pos: i, Lit: l})
			}
		}
	}
	return hits
}

func TestAppend(t *testing.T) {
	set, err := literal.New(lits)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{"", "co", "code", "ErrorCode ERROR_CODE", "错误码：6012 错误", "failed failed ret:x", "Oops! Code:", "\x00code\xff"} {
		b := []byte(in)
		if d := cmp.Diff(brute(b, 0, len(b)), set.Append(nil, b, 0, len(b))); d != "" {
			t.Errorf("%q (-want +got):\n%s", in, d)
		}
	}
}

// Every kernel finds what the definition says, wherever the part of the text begins and ends.
func TestKernels(t *testing.T) {
	pieces := append(slices.Clone(lits), "CODE", "erro", "rror", "\xe9\x94\x99", "e\xef", "\x00", "                    ", "2026-06-01 10:00:00.123 ", "\n", "cod", "ret", "\x7f\xff")
	set, err := literal.New(lits)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text") {
			b = append(b, s...)
		}
		from := rapid.IntRange(-1, len(b)+1).Draw(t, "from")
		to := rapid.IntRange(-1, len(b)+1).Draw(t, "to")
		want := brute(b, from, to)
		for i := range literal.Kernels() + 1 {
			if d := cmp.Diff(want, set.With(i).Append(nil, b, from, to)); d != "" {
				t.Fatalf("kernel %d (-want +got):\n%s", i, d)
			}
			within := slices.DeleteFunc(slices.Clone(want), func(h literal.Hit) bool { return h.Pos+len(lits[h.Lit]) > to })
			if d := cmp.Diff(within, set.With(i).AppendBy(nil, b, from, to, to), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("kernel %d, within (-want +got):\n%s", i, d)
			}
		}
	})
}

// More literals than buckets, and more hits than a kernel writes at once.
func TestManyLiterals(t *testing.T) {
	var texts []string
	for i := range 300 {
		texts = append(texts, fmt.Sprintf("%c%c%c%d", 'a'+i%26, 'a'+i/7%26, 'a'+i%5, i))
	}
	set, err := literal.New(texts)
	if err != nil {
		t.Fatal(err)
	}
	b := []byte(strings.Repeat(strings.Join(texts, " ")+strings.Repeat("ABC", 40), 20))
	want := set.With(0).Append(nil, b, 0, len(b))
	if len(want) < 20*len(texts) {
		t.Fatalf("%d hits, want %d at least", len(want), 20*len(texts))
	}
	for i := range literal.Kernels() + 1 {
		if d := cmp.Diff(want, set.With(i).Append(nil, b, 0, len(b))); d != "" {
			t.Errorf("kernel %d (-portable +got):\n%s", i, d)
		}
	}
}

func TestNewRefusesShortLiteral(t *testing.T) {
	if _, err := literal.New([]string{"ab"}); err == nil {
		t.Error("a literal of two bytes was accepted")
	}
}

func FuzzAppend(f *testing.F) {
	set, err := literal.New(lits)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("error_code: oops! code:错误码"), 0, 40)
	f.Add([]byte("codecodecode"), 3, 5)
	f.Fuzz(func(t *testing.T, b []byte, from, to int) {
		for _, c := range b {
			// EqualFold also folds Unicode (K and ſ), which the definition does not want.
			if c == 0xE2 || c == 0xC5 {
				return
			}
		}
		want := brute(b, from, to)
		for i := range literal.Kernels() + 1 {
			if d := cmp.Diff(want, set.With(i).Append(nil, b, from, to)); d != "" {
				t.Errorf("kernel %d (-want +got):\n%s", i, d)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	set, err := literal.New(lits)
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(strings.Repeat("10.0.3.7 - - [01/Jun/2026:10:00:00 +0800] \"GET /api/v2/feed HTTP/1.1\" 200 512 okhttp/4.9.3\n", 10_000))
	for i := range literal.Kernels() + 1 {
		b.Run(fmt.Sprintf("kernel=%d", i), func(b *testing.B) {
			set, hits := set.With(i), []literal.Hit(nil)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				hits = set.Append(hits[:0], text, 0, len(text))
			}
		})
	}
}
