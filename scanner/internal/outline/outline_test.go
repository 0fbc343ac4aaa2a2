package outline_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/outline"
)

// A cut is what Append finds in a line.
type cut struct {
	Text   string
	Edges  []int32
	Inside bool
}

// brute is the definition, a byte at a time.
func brute(line []byte) cut {
	var text []byte
	var c cut
	for i := 0; i < len(line); i++ {
		lo := i
		for i < len(line) && '0' <= line[i] && line[i] <= '9' {
			i++
		}
		if lo < i {
			text = append(text, '0')
			c.Edges = append(c.Edges, int32(lo), int32(i))
			c.Inside = c.Inside || lo > 0 && isLetter(line[lo-1]) && i < len(line) && isLetter(line[i])
		}
		if i < len(line) {
			text = append(text, line[i])
		}
	}
	c.Text = string(text)
	return c
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// check compares every kernel with the definition, with room for the line and without.
func check(t rapid.TB, line []byte) {
	t.Helper()
	want := brute(line)
	for i := range outline.Kernels() + 1 {
		for _, room := range []int{0, 2*len(line) + 200} {
			text, edges := append(make([]byte, 0, room), "ab"...), append(make([]int32, 0, room), -1)
			text, edges, inside := outline.AppendWith(i, text, edges, line)
			if string(text[:2]) != "ab" || edges[0] != -1 {
				t.Fatalf("kernel %d, %q: overwrote what was there", i, line)
			}
			got := cut{string(text[2:]), edges[1:], inside}
			if got.Text != want.Text || got.Inside != want.Inside || !slices.Equal(got.Edges, want.Edges) {
				t.Fatalf("kernel %d, %q (-want +got):\n%s", i, line, cmp.Diff(want, got))
			}
		}
	}
}

func TestAppend(t *testing.T) {
	for _, in := range []string{
		"", "0", "a", "12", "a1", "1a", "a1b", "a1_b2", "_1b", "a12345b", "no number", "9 /0:", "\x00 1\x00", "12\r", "a1\r", "１２ 错误码：6012，",
		"A9Z", "@9[", "[9@", "`9{", "a9{", "z0z", "\xb0\xb9\xe1\xfa", "\xe11\xe1", "a\xb1a", "\x101\x90",
		"2026-06-01 10:00:00.123 E 28001--1056966123|-login.cpp:313  |task_id:7|error_code:6206", "trace 4bf92f3577b34da6",
	} {
		check(t, []byte(in))
	}
}

func TestAppendTells(t *testing.T) {
	text, edges, inside := outline.Append([]byte("<"), []int32{0}, []byte("10:05 u_7, v2x"))
	if d := cmp.Diff(cut{"<0:0 u_0, v0x", []int32{0, 0, 2, 3, 5, 8, 9, 12, 13}, true}, cut{string(text), edges, inside}); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func testLine(n int) []byte {
	return []byte(strings.Repeat("a1b 2026-06-01 10:00:00.123456 c|x1y2z3:30 x 444444 5a6é7\x00\xb08 ", 5))[:n]
}

// Lines begin at every byte of a vector and end at every byte of one.
func TestLengths(t *testing.T) {
	line := testLine(264)
	for from := range 64 {
		for n := range 201 {
			check(t, line[from:from+n:from+n])
		}
	}
}

// Runs of each length begin at each place up to the second edge of vectors, between letters and others.
func TestRuns(t *testing.T) {
	for _, around := range []string{"aa", "a-", "-a", "--", "\xe1a", "a\xfa"} {
		for at := range 132 {
			for _, n := range []int{1, 2, 3, 7, 62, 63, 64, 65, 66, 127, 128, 129, 200} {
				line := bytes.Repeat([]byte{around[0]}, at)
				line = append(line, strings.Repeat("7", n)...)
				check(t, line)
				check(t, append(line, around[1]))
				check(t, append(line, around[1], 'b', '1', 'c'))
			}
		}
	}
}

// More edges than are written at once, and nothing but digits.
func TestDense(t *testing.T) {
	for n := range 300 {
		for _, of := range []string{"1", "a", "1-", "a1", "11a", "1--", "a1-1b"} {
			check(t, []byte(strings.Repeat(of, n)[:n]))
		}
	}
}

// Every byte stands before, in and behind a run.
func TestBytes(t *testing.T) {
	for c := range 256 {
		check(t, fmt.Appendf(nil, "%c1%[1]c a%[1]cb 1%[1]c1 a1%[1]cb", rune(c)))
		b := byte(c)
		check(t, []byte{b, '1', 'a', b, 'a', '1', b, '1', b, '1', b})
	}
}

func TestRandom(t *testing.T) {
	pieces := []string{"0", "9", "12", "a", "Z", "-", ":", " ", "2026-06-01 10:00:00.123 ", "错", "\x00", "\r", "\xff", strings.Repeat("5", 64), strings.Repeat("x", 63)}
	rapid.Check(t, func(t *rapid.T) {
		check(t, []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "line"), "")))
	})
}

// What is written ends within the room that is asked for, however many edges there are.
func TestKeepsToRoom(t *testing.T) {
	var text [1000]byte
	var edges [1000]int32
	for i := range outline.Kernels() + 1 {
		for n := range 300 {
			for _, of := range []string{"1", "a", "1-", "a1", "2026-06-01 10:00:00 "} {
				clear(text[:])
				clear(edges[:])
				bytes, turns := 2*n+128, n+64
				outline.AppendWith(i, text[:0:bytes], edges[:0:turns], []byte(strings.Repeat(of, n)[:n]))
				if n > 0 && text[0] == 0 {
					t.Fatalf("kernel %d, %d bytes of %q: allocated", i, n, of)
				}
				if strings.Trim(string(text[bytes:]), "\x00") != "" || slices.Max(edges[turns:]) != 0 {
					t.Fatalf("kernel %d, %d bytes of %q: wrote too far", i, n, of)
				}
			}
		}
	}
}

func TestNoAllocation(t *testing.T) {
	text, edges := make([]byte, 0, 1000), make([]int32, 0, 400)
	line := []byte(strings.Repeat("2026-06-01 10:00:00 ", 15))
	for i := range outline.Kernels() + 1 {
		if n := testing.AllocsPerRun(10, func() { outline.AppendWith(i, text, edges, line) }); n != 0 {
			t.Errorf("kernel %d: %v allocations", i, n)
		}
	}
}

func FuzzAppend(f *testing.F) {
	for _, s := range []string{"a1b", "2026-06-01 10:00:00.123 E 28001--1056966123|", "错误码：6012\r", "\x00\xb0\xb9", strings.Repeat("a1", 40), strings.Repeat("6", 65) + "a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) { check(t, line) })
}
