package outline_test

import (
	"bytes"
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/scanner/internal/outline"
)

// A hash tells texts apart that differ in a byte, in length or in the order of their parts, and does so in the bits
// that tables take.
func TestHashTellsApart(t *testing.T) {
	seen := map[uint64]string{}
	high, low := map[uint64]int{}, map[uint64]int{}
	add := func(text string) {
		h := outline.Hash([]byte(text))
		if other, ok := seen[h]; ok && other != text {
			t.Fatalf("%q and %q share a hash", text, other)
		}
		seen[h] = text
	}
	line := strings.Repeat("0-0-0 0:0:0.0 E 0--0|-login.cpp:0  |task_id:0|error_code:0|", 6)
	for n := range 300 {
		add(line[:n])
		add(strings.Repeat("\x00", n))
		for i := range n {
			add(line[:i] + "x" + line[i+1:n])
			add(line[i:n] + line[:i])
		}
	}
	for h := range seen {
		high[h>>52]++
		low[h&0xFFF]++
	}
	for _, parts := range []map[uint64]int{high, low} {
		mean := len(seen) / 4096
		for part, n := range parts {
			if n > 3*mean {
				t.Errorf("%d of %d texts are in place %d of 4096", n, len(seen), part)
			}
		}
	}
}

// Each bit of a text changes half of the bits of its hash, more or less.
func TestHashSpreads(t *testing.T) {
	for n := 1; n < 300; n += 7 {
		text := bytes.Repeat([]byte("0:0 "), 75)[:n]
		plain, changed := outline.Hash(text), 0
		for i := range 8 * n {
			text[i/8] ^= 1 << (i % 8)
			changed += bits.OnesCount64(plain ^ outline.Hash(text))
			text[i/8] ^= 1 << (i % 8)
		}
		if mean := float64(changed) / float64(8*n); mean < 26 || mean > 38 {
			t.Errorf("%d bytes: a bit changes %.1f of 64", n, mean)
		}
	}
}

// It is the text that counts, not where it lies or what is behind it.
func TestHashOfText(t *testing.T) {
	line := []byte(strings.Repeat("0-0-0 0:0:0.0 E 0--0|", 20))
	for n := range 200 {
		want := outline.Hash(bytes.Clone(line[:n]))
		for at := range 20 {
			moved := append(bytes.Repeat([]byte("~"), at), line...)
			moved[at+n] = '~'
			if got := outline.Hash(moved[at : at+n]); got != want {
				t.Fatalf("%d bytes at %d: %x, want %x", n, at, got, want)
			}
		}
	}
}

// Tables may be kept and compared between machines.
func TestHashIsTheSameEverywhere(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "2e215687c8117d0a",
		"0-0-0 0:0:0.0 error: 0":   "e49d50ec7897a33f",
		strings.Repeat("0:0 ", 40): "8e3cccd0fd5c761e",
	} {
		if got := fmt.Sprintf("%016x", outline.Hash([]byte(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
