package scanner

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cutOf returns the text and the parts in the holes of a line's shape.
func cutOf(line string) (s shape, parts []string) {
	s.cut([]byte(line), &testExtractor().idWords)
	for _, h := range s.holes {
		parts = append(parts, line[h.lo:h.hi])
	}
	return s, parts
}

func TestShape(t *testing.T) {
	sixty := strings.Repeat(".", 60)
	tests := []struct {
		name, line, text string
		parts            []string
	}{
		{"nothing", "", "", nil},
		{"no number", "plain line", "plain line", nil},
		{"numbers", "a 12 of 7", "a 0 of 0", []string{"12", "7"}},
		{"the whole line", "12", "0", []string{"12"}},
		{"a zero is a hole as well", "0-0", "0-0", []string{"0", "0"}},
		{"signs and separators stay", "-5 1.2:3,4/5", "-0 0.0:0,0/0", []string{"5", "1", "2", "3", "4", "5"}},
		{"over the edge of a word of bits", sixty + "12345678" + sixty, sixty + "0" + sixty, []string{"12345678"}},
		{"at the edge of a word of bits", sixty + "1234" + "a5", sixty + "0a0", []string{"1234", "5"}},
		{"longer than a word of bits", "a" + strings.Repeat("7", 200) + "b", "a0b", []string{strings.Repeat("7", 200)}},
		{"all of a word of bits", strings.Repeat("7", 64), "0", []string{strings.Repeat("7", 64)}},
		{"hex", "[4bf92f3577b34da6]", "[1]", []string{"4bf92f3577b34da6"}},
		{"UUID", "550e8400-e29b-41d4-a716-446655440000 7", "1-1-1-1-1 0", []string{"550e8400", "e29b", "41d4", "a716", "446655440000", "7"}},
		{"base62", "TnzlC5oWbEki11WPNOX9Au", "2", []string{"TnzlC5oWbEki11WPNOX9Au"}},
		{"words with a number", "c2c V2TIM v4/ x86", "c0c V0TIM v0/ x0", []string{"2", "2", "4", "86"}},
		{"too short", "a1b2c3d", "a0b0c0d", []string{"1", "2", "3"}},
		{"long enough", "a1b2c3d4", "1", []string{"a1b2c3d4"}},
		{"two changes are no id", "abcdef12ghijk", "abcdef0ghijk", []string{"12"}},
		{"changes count within parts", "ab1-cde2-fgh", "ab0-cde0-fgh", []string{"1", "2"}},
		{"a name goes on behind", "a1b2c3d4_x", "a0b0c0d0_x", []string{"1", "2", "3", "4"}},
		{"a name stands before", "x_a1b2c3d4", "x_1", []string{"a1b2c3d4"}},
		{"two dashes part ids", "a1b2c3d4--a1b2c3d4", "1--1", []string{"a1b2c3d4", "a1b2c3d4"}},
		{"dashes at the ends", "-a1b2c3d4-", "-1-", []string{"a1b2c3d4"}},
		{"a date beside an id", "a1b2c-2026-06-01 10", "1-1-1-1 0", []string{"a1b2c", "2026", "06", "01", "10"}},
		{"beyond ASCII", "é1２3错4", "é0２0错0", []string{"1", "3", "4"}},
		{"an id beside Han", "错a1b2c3d4误", "错1误", []string{"a1b2c3d4"}},
		{"not UTF-8", "\xff1\x80a1b2c3d4\xe4", "\xff0\x801\xe4", []string{"1", "a1b2c3d4"}},
		{"an id that holds a word", "a1b2imsdkc3d4", "a0b0imsdkc0d0", []string{"1", "2", "3", "4"}},
		{"a word goes on in an id", "tim-a1b2c3d4e5", "tim-a0b0c0d0e0", []string{"1", "2", "3", "4", "5"}},
		{"a word with a number in an id", "x1c2c3d4e5", "x0c0c0d0e0", []string{"1", "2", "3", "4", "5"}},
		{"no digit between letters", "12345678a-9b", "0a-0b", []string{"12345678", "9"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, parts := cutOf(tt.line)
			// Kinds are written as digits, of which no other is left.
			if d := cmp.Diff(tt.text, string(s.text)); d != "" {
				t.Errorf("text (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.parts, parts); d != "" {
				t.Errorf("holes (-want +got):\n%s", d)
			}
		})
	}
}

// shapely are pieces of lines.
var shapely = []string{
	"1", "42", "2026-06-01", "10:00:00", "4bf92f3577b34da6", "550e8400-e29b-41d4-a716-446655440000", "TnzlC5oWbEki11", "a1b2c3d4", "x9", "9x", "c2c", "V2TIM", "v4/", "im", "sdk",
	"tim", "-", "--", "_", " ", ":", "é", "错误码", "２", "\xff", "\xe4\xbd", "code", "a", "Z", "0", strings.Repeat("7", 70), strings.Repeat("y", 59),
}

// TestShapeGivesBackItsLine holds that a shape loses nothing of its line: the text with the holes filled is the line, no digit
// is left beside holes, and every place is found again from its spot.
func TestShapeGivesBackItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(shapely), 0, 20).Draw(t, "line"), "")
		s, parts := cutOf(line)
		var b strings.Builder
		n := 0
		for _, c := range s.text {
			if !isDigit(c) {
				b.WriteByte(c)
				continue
			}
			if n == len(parts) || s.kind(n) != c {
				t.Fatalf("%q: hole %d of %q is of no kind %c", line, n, s.text, c)
			}
			if trimmed := strings.Trim(parts[n], s.alphabet(n)); parts[n] == "" || trimmed != "" {
				t.Fatalf("%q: hole %d of %q holds %q", line, n, s.text, parts[n])
			}
			b.WriteString(parts[n])
			n++
		}
		if n != len(parts) || b.String() != line {
			t.Fatalf("%q gives %q and %q, which is %q", line, s.text, parts, b.String())
		}
		for pos := range len(line) + 3 { // a literal may begin with the line's break
			if got := s.pos(s.spot(pos)); got != pos {
				t.Fatalf("%q: the spot of %d is that of %d", line, pos, got)
			}
		}
	})
}

// TestShapeOfRefilled holds that a line whose numbers and ids are filled with others has the same shape, if an id is one still:
// it is as long as an id, digits and letters alternate as they must, and no word stands in it.
func TestShapeOfRefilled(t *testing.T) {
	same := 0
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(shapely), 0, 12).Draw(t, "line"), "")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		s, parts := cutOf(line)
		filled := slices.Clone(parts)
		for i, h := range s.holes {
			if lo, hi, _ := idAround([]byte(line), int(h.lo)); s.kind(i) == decimal && hi-lo > len(parts[i]) {
				continue // another number makes an id of such a word, or none
			}
			n := 1 + r.IntN(20)
			b := make([]byte, n)
			for j := range b {
				b[j] = digitAlphabet[r.IntN(10)]
				// Of letters that stand in no word, with a digit between two of them.
				if s.kind(i) != decimal && (j%3 != 1 || r.IntN(4) == 0) {
					b[j] = 'e'
				}
			}
			switch s.kind(i) { // it is an id of its kind without the rest, too
			case hexID:
				b = append(b, "e7e8e9e"...)
			case wordID:
				b = append(b, "q7Q8q9Q"...)
			}
			filled[i] = string(b)
		}
		var b strings.Builder
		from := 0
		for i, h := range s.holes {
			b.WriteString(line[from:h.lo] + filled[i])
			from = int(h.hi)
		}
		b.WriteString(line[from:])
		other, got := cutOf(b.String())
		if d := cmp.Diff(string(s.text), string(other.text)); d != "" {
			t.Fatalf("%q and %q (-first +second):\n%s", line, b.String(), d)
		}
		if d := cmp.Diff(filled, got); d != "" {
			t.Fatalf("%q from %q (-filled +found):\n%s", b.String(), line, d)
		}
		if len(parts) > 0 {
			same++
		}
	})
	if same == 0 {
		t.Error("no line had a hole")
	}
}

// TestShapeUsedAgain holds that nothing of a longer line is left in the shape of the next one.
func TestShapeUsedAgain(t *testing.T) {
	var s shape
	words := &testExtractor().idWords
	for _, line := range []string{strings.Repeat("a1b2c3d4 9 ", 80), "x 5", "", "a1b2c3d4", strings.Repeat("z", 900) + "1"} {
		s.cut([]byte(line), words)
		fresh, _ := cutOf(line)
		if string(s.text) != string(fresh.text) || !slices.Equal(s.holes, fresh.holes) || !slices.Equal(s.edges, fresh.edges) {
			t.Errorf("%q is %q with holes %v, want %q with %v", line, s.text, s.holes, fresh.text, fresh.holes)
		}
	}
}
