package scanner

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// templateOf returns templates with that of one line, whose first literal is at lead. Of its numbers, those in pins and
// those in open with three digits have to stay.
func templateOf(line string, lead int, pins []pin, open []int) *templates {
	t := &templates{credit: templatePrice}
	s, _ := cutOf(line)
	t.learn([]byte(line), lead, &s, &lesson{pins: pins, open: open}, 3)
	return t
}

// TestTemplates holds which lines a template takes for its own.
func TestTemplates(t *testing.T) {
	const line = `12 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms)`
	pins := []pin{{hole: 4, need: automaton.Bytes}, {hole: 5, need: automaton.Length}}
	known := templateOf(line, strings.Index(line, `"Err`), pins, []int{1, 3})
	for _, tc := range []struct {
		line string
		want bool
	}{
		{line, true},
		{`99 é503 a999 b0 "ErrorCode":0,"t":0000000000} (99 ms)`, true},
		{`00 é503 a000 b9 "ErrorCode":0,"t":9999999999} (00 ms)`, true},
		{`12 é503 a200 b1 "ErrorCode":1,"t":1780300000} (45 ms)`, false},
		{`12 é502 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms)`, false},
		{`12 é503 a2000 b "ErrorCode":0,"t":1780300000} (45 ms)`, false},
		{`12 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 mS)`, false},
		{`12 é503 a200 b1 "ErrorCode":0,"t":178030000:} (45 ms)`, false},
		{`12 é503 a200 b1 "ErrorCode":0,"t":178030000/} (45 ms)`, false},
		{"12 é503 a200 b1 \"ErrorCode\":0,\"t\":17803\x1000000} (45 ms)", false},
		{"12 é503 a200 b1 \"ErrorCode\":0,\"t\":17803\xb000000} (45 ms)", false},
		{"12 é503 a200 b1 \"ErrorCode\":0,\"t\":17803\xff00000} (45 ms)", false},
		{"12 \xc3\x29503 a200 b1 \"ErrorCode\":0,\"t\":1780300000} (45 ms)", false},
		{` 2 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms)`, false},
		{`12 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms`, false},
		{`12 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms)!`, false},
		{`2 é503 a200 b1 "ErrorCode":0,"t":1780300000} (45 ms)`, false},
		{"12 é503 a200 b1 \"ErrorCode\":0,\"t\":1780300000} (45 m\n)", false},
	} {
		text := "before\n" + tc.line + "\nbehind it\n"
		l, next := known.match([]byte(text), strings.Index(text, `"Err`), 0, len(text))
		if got := l != nil; got != tc.want {
			t.Errorf("%q: %v, want %v", tc.line, got, tc.want)
		}
		if l != nil && (l.ok != 3 || next != strings.Index(text, "\nbehind")) {
			t.Errorf("%q: sum %d and break at %d", tc.line, l.ok, next)
		}
	}
}

// TestTemplateBounds holds that a line counts only where all of it and both breaks are in the part that is asked for.
func TestTemplateBounds(t *testing.T) {
	const line = "1 of the code lines"
	known := templateOf(line, strings.Index(line, "code"), nil, nil)
	text := []byte("x\n" + line + "\ny")
	place := bytes.Index(text, []byte("code"))
	for from := range len(text) + 1 {
		for to := from; to <= len(text); to++ {
			l, _ := known.match(text, place, from, to)
			if want := from <= 1 && to >= len(line)+3; (l != nil) != want {
				t.Errorf("part %q: %v, want %v", text[from:to], l != nil, want)
			}
		}
	}
	if l, _ := known.match(text[:place+wordBytes-1], place, 0, place); l != nil {
		t.Error("a line that is not there has a template")
	}
}

// TestTemplatesPay holds that templates are learned as long as those that are met pay for them, and how many of a kind
// there can be.
func TestTemplatesPay(t *testing.T) {
	known := &templates{credit: templatePrice * (templateWays + 1)}
	learn := func(n int) []byte {
		line := fmt.Sprint(strings.Repeat("7", n), " the code")
		s, _ := cutOf(line)
		known.learn([]byte(line), strings.Index(line, "the code"), &s, &lesson{}, 0)
		return []byte("\n" + line + "\n")
	}
	var lines [][]byte
	for n := range templateWays + 2 {
		lines = append(lines, learn(n+1))
		learn(n + 1) // costs nothing
	}
	for n, line := range lines {
		l, _ := known.match(line, bytes.Index(line, []byte("the code")), 0, len(line))
		if want := n > 0 && n <= templateWays; (l != nil) != want {
			t.Errorf("line %d: %v, want %v", n, l != nil, want)
		}
	}
	if known.credit != templateWays {
		t.Errorf("credit %d, want one for each line that was met", known.credit)
	}
}

// TestTemplateIsShape holds a template against its definition: lines of the same shape with numbers of the same lengths, of
// which those that matter are the same.
func TestTemplateIsShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		line := []byte(rapid.StringMatching(`[a-c:.é -]{8,16}([0-9]{1,4}[:. -][a-c:. -]{0,12}){1,12}`).Draw(t, "line"))
		s, _ := cutOf(string(line))
		var pins []pin
		var open []int
		for i := range s.holes {
			switch r.IntN(4) {
			case 0:
				pins = append(pins, pin{hole: i, need: automaton.Bytes})
			case 1:
				open = append(open, i)
			}
		}
		lead := r.IntN(len(line) - wordBytes + 1)
		known := templateOf(string(line), lead, pins, open)
		other := bytes.Clone(line)
		for range 1 + r.IntN(3) {
			if at := r.IntN(len(other)); at < lead || at >= lead+wordBytes {
				other[at] = []byte("0123456789:/ a\x80\xff")[r.IntN(16)]
			}
		}
		got, _ := known.match(append(append([]byte("\n"), other...), '\n'), lead+1, 0, len(other)+2)
		o, _ := cutOf(string(other))
		same := bytes.Equal(s.text, o.text) && len(s.holes) == len(o.holes)
		for i := 0; same && i < len(s.holes); i++ {
			h := s.holes[i]
			same = h == o.holes[i] && (!(&lesson{pins: pins, open: open}).dependsOn(i, int(h.hi-h.lo)) || bytes.Equal(line[h.lo:h.hi], other[h.lo:h.hi]))
		}
		if (got != nil) != same {
			t.Fatalf("%q is taken for %q: %v, want %v", other, line, got != nil, same)
		}
	})
}
