package automaton_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// linesOf reads a file of testdata: patterns.txt has the patterns of the built-in pack as they are compiled, and
// lines.txt its samples.
func linesOf(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// A subject is a pattern in all forms.
type subject struct {
	p      *automaton.Program
	m      *automaton.Machine // it lives on from text to text
	re     *regexp.Regexp
	behind *regexp.Regexp // not anchored
}

func specs(t *testing.T) (all []subject) {
	t.Helper()
	for _, pattern := range linesOf(t, "patterns.txt") {
		p, err := automaton.Compile(pattern, keepAll)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, subject{p, p.NewMachine(), regexp.MustCompile(`^(?:` + pattern + `)`), regexp.MustCompile(pattern)})
	}
	return all
}

// drawText pieces samples together.
func drawText(t *rapid.T, lines []string) (text string) {
	for range rapid.IntRange(1, 4).Draw(t, "pieces") {
		line := rapid.SampledFrom(lines).Draw(t, "line")
		cut := rapid.IntRange(0, len(line)).Draw(t, "cut")
		if rapid.Bool().Draw(t, "head") {
			text += line[:cut]
		} else {
			text += line[cut:]
		}
	}
	return text
}

// Machines of the patterns of the pack say what package regexp says of any text, and never leave it to package regexp.
func TestSpecs(t *testing.T) {
	lines, subjects, matches := linesOf(t, "lines.txt"), specs(t), 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, lines)
		for _, s := range subjects {
			b := []byte(text)
			if at := s.behind.FindStringIndex(text); at != nil {
				b = b[at[0]:]
				matches++
			}
			s.holds(t, b)
		}
	})
	if matches == 0 {
		t.Error("no text was ever matched")
	}
}

// And so do their unions of the code that each finds.
func TestSpecsTogether(t *testing.T) {
	lines, subjects := linesOf(t, "lines.txt"), specs(t)
	for len(subjects) > 0 {
		some := subjects[:min(automaton.MaxUnion, len(subjects))]
		subjects = subjects[len(some):]
		var programs []*automaton.Program
		var captures []int
		for _, s := range some {
			programs, captures = append(programs, s.p), append(captures, s.re.SubexpIndex("code"))
		}
		u, err := automaton.Union(programs, captures)
		if err != nil {
			t.Fatal(err)
		}
		m := u.NewMachine()
		rapid.Check(t, func(t *rapid.T) {
			text := drawText(t, lines)
			if at := rapid.SampledFrom(some).Draw(t, "pattern").behind.FindStringIndex(text); at != nil {
				text = text[at[0]:]
			}
			matched, unclear, ok := m.Run([]byte(text))
			if !ok || unclear != 0 {
				t.Fatalf("%q is unclear", text)
			}
			for n, s := range some {
				switch want := s.re.FindStringSubmatchIndex(text); {
				case (want != nil) != (matched>>n&1 == 1):
					t.Fatalf("%s on %q: %v, want %v", s.re, text, want == nil, want)
				case want == nil:
				case m.Ends[n] != want[1]:
					t.Fatalf("%s on %q ends at %d, want %d", s.re, text, m.Ends[n], want[1])
				case captures[n] >= 0 && !slices.Equal(m.Slots[2*n:2*n+2], want[2*captures[n]:2*captures[n]+2]):
					t.Fatalf("%s on %q: the code is %v, want %v", s.re, text, m.Slots[2*n:2*n+2], want)
				}
			}
		})
	}
}

// holds runs a machine against package regexp.
func (s *subject) holds(t *rapid.T, b []byte) {
	m, re := s.m, s.re
	want := re.FindSubmatchIndex(b)
	switch end, got := m.Match(b); {
	case got == automaton.Unsure:
		t.Fatalf("%s on %q is unsure", re, b)
	case (got == automaton.Yes) != (want != nil):
		t.Fatalf("%s on %q: %v, want %v", re, b, got, want)
	case got == automaton.Yes && end != want[1]:
		t.Fatalf("%s on %q ends at %d, want %d", re, b, end, want[1])
	case want == nil:
		return
	}
	for i, name := range re.SubexpNames() {
		if slot := s.p.Slot(i); name != "" && (m.Slots[slot] != want[2*i] || m.Slots[slot+1] != want[2*i+1]) {
			t.Fatalf("%s on %q: %s is %v, want %v", re, b, name, m.Slots[slot:slot+2], want[2*i:2*i+2])
		}
	}
}
