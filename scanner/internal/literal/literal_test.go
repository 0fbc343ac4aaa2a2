package literal_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		if d := cmp.Diff(brute(b, from, to), set.Append(nil, b, from, to)); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}
