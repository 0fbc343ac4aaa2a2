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

// lits begin alike, are prefixes of one another, come twice and differ in a single bit.
var lits = []string{
	"code", "Error", "error_code", "错误码", "ret:", "failed ", "oops! code:", "ret", "cod", "CODE", "code:", "error",
	"errors", "error_", "error_code:", "err", "ret{1", "ret[1", "a{b", "a[b", "\x00\x00\x00", "\x00\x00\x00\x00", "@@@", "```",
}

// brute is the definition: every literal compared at every position.
func brute(lits []string, b []byte, from, to int) (hits []literal.Hit) {
	for i := max(from, 0); i < min(to, len(b)); i++ {
		for l, lit := range lits {
			if len(b)-i >= len(lit) && equalASCII(b[i:i+len(lit)], lit) {
				hits = append(hits, literal.Hit{Pos: i, Lit: l})
			}
		}
	}
	return hits
}

func equalASCII(b []byte, lit string) bool {
	for i, c := range b {
		if c != lit[i] && (c|0x20 != lit[i]|0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// check compares every kernel with the definition, for hits that end anywhere, for those that end by to,
// and for those at the places where some may begin.
func check(t rapid.TB, lits []string, b []byte, from, to int) {
	t.Helper()
	set, err := literal.New(lits)
	if err != nil {
		t.Fatal(err)
	}
	want := brute(lits, b, from, to)
	within := slices.DeleteFunc(slices.Clone(want), func(h literal.Hit) bool { return h.Pos+len(lits[h.Lit]) > to })
	for i := range literal.Kernels() + 1 {
		if d := cmp.Diff(want, set.With(i).Append(nil, b, from, to), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("kernel %d, %q [%d:%d] (-want +got):\n%s", i, b, from, to, d)
		}
		if d := cmp.Diff(within, set.With(i).AppendBy(nil, b, from, to, to), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("kernel %d, %q [%d:%d] within (-want +got):\n%s", i, b, from, to, d)
		}
		var at []literal.Hit
		for _, place := range set.With(i).Places(nil, b, from, to) {
			first := len(at)
			set.Any(b, int(place), func(lit int) bool {
				at = append(at, literal.Hit{Pos: int(place), Lit: lit})
				return false
			})
			slices.SortFunc(at[first:], func(a, b literal.Hit) int { return a.Lit - b.Lit })
		}
		if d := cmp.Diff(want, at, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("kernel %d, %q [%d:%d] by places (-want +got):\n%s", i, b, from, to, d)
		}
	}
}

func TestAppend(t *testing.T) {
	for _, in := range []string{
		"", "co", "cod", "code", "ErrorCode ERROR_CODE:", "错误码：6012 错误", "failed failed ret:x", "Oops! Code:", "\x00code\xff",
		"ret{1 ret[1 RET;1", "A[B a{b", "\x00\x00\x00\x00", "@@@@ ````", "`@@", "errors error_ err",
		strings.Repeat("@", 300), strings.Repeat("\x00`", 150), strings.Repeat("CODE", 75), // a candidate at every place
	} {
		check(t, lits, []byte(in), 0, len(in))
	}
}

// The end of a text is seen in a copy, or all of it if it is short.
func TestLengths(t *testing.T) {
	line := []byte(strings.Repeat("the error_code: 6012 of a ret[1] failed ", 11))
	for n := range len(line) {
		check(t, lits, line[:n:n], 0, n)
		check(t, lits, line, n/3, n)
	}
}

// Every kernel finds what the definition says, wherever the part of the text begins and ends.
func TestKernels(t *testing.T) {
	pieces := append(slices.Clone(lits), "CODE", "erro", "rror", "\xe9\x94\x99", "e\xef", "\x00", "                    ", "2026-06-01 10:00:00.123 ", "\n", "cod", "ret", "\x7f\xff")
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text") {
			b = append(b, s...)
		}
		from := rapid.IntRange(-1, len(b)+1).Draw(t, "from")
		to := rapid.IntRange(-1, len(b)+1).Draw(t, "to")
		check(t, lits, b, from, to)
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

// A kernel is worth what it does not see: only speed shows that buckets are filled badly.
func TestFewCandidates(t *testing.T) {
	texts := words(220)
	set, err := literal.New(texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range literal.Kernels() + 1 {
		for _, hits := range []int{0, 100} {
			b := logs(hits, 1<<18)
			places := map[int]bool{}
			for _, h := range set.Append(nil, b, 0, len(b)) {
				places[h.Pos] = true
			}
			lines := bytes.Count(b, []byte("\n"))
			wrong := float64(set.Fitted(i, texts).Candidates(b)-len(places)) / float64(lines)
			if wrong > 1 {
				t.Errorf("kernel %d, %d %% of lines with codes: %.2f wrong candidates a line", i, hits, wrong)
			}
		}
	}
}

func TestNewRefusesShortLiteral(t *testing.T) {
	if _, err := literal.New([]string{"ab"}); err == nil {
		t.Error("a literal of two bytes was accepted")
	}
}

func FuzzAppend(f *testing.F) {
	f.Add([]byte("error_code: oops! code:错误码"), 0, 40)
	f.Add([]byte("codecodecode"), 3, 5)
	f.Add([]byte("a ret{1 ret[1 a{b\x00\x00\x00"), 0, 100)
	f.Fuzz(func(t *testing.T, b []byte, from, to int) { check(t, lits, b, from, to) })
}

// FuzzNew takes the literals from the input too.
func FuzzNew(f *testing.F) {
	f.Add("code\ncod\ncodes\nCODE\ncode:", []byte("code: codes COD"))
	f.Add("im_a\nim_b\nim_\nim_abcdefghi\nim_abcdefghj\n错误\n错误码", []byte("im_abcdefghij im_错误码"))
	f.Add("aaa\naaaa\naaaaa\naaaaaaaa\naaaaaaaaa", []byte("aaaaAAAAaaaaAAAA"))
	f.Fuzz(func(t *testing.T, texts string, b []byte) {
		fits := strings.Split(texts, "\n")
		fits = slices.DeleteFunc(fits, func(s string) bool { return len(s) < literal.MinLen })
		check(t, fits, b, 0, len(b))
	})
}
