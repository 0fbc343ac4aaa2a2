package automaton_test

import (
	"os"
	"regexp"
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

// Machines of the patterns of the pack say what package regexp says of any text that samples are pieced together to,
// and never leave it to package regexp. They live on from text to text.
func TestSpecs(t *testing.T) {
	lines := linesOf(t, "lines.txt")
	type subject struct {
		m     *automaton.Machine
		p     *automaton.Program
		re    *regexp.Regexp
		first *regexp.Regexp
	}
	var subjects []subject
	for _, pattern := range linesOf(t, "patterns.txt") {
		p, err := automaton.Compile(pattern, keepAll)
		if err != nil {
			t.Fatal(err)
		}
		subjects = append(subjects, subject{p.NewMachine(), p, regexp.MustCompile(`^(?:` + pattern + `)`), regexp.MustCompile(pattern)})
	}
	matches := 0
	rapid.Check(t, func(t *rapid.T) {
		var text string
		for range rapid.IntRange(1, 4).Draw(t, "pieces") {
			line := rapid.SampledFrom(lines).Draw(t, "line")
			cut := rapid.IntRange(0, len(line)).Draw(t, "cut")
			if rapid.Bool().Draw(t, "head") {
				text += line[:cut]
			} else {
				text += line[cut:]
			}
		}
		for _, s := range subjects {
			b := []byte(text)
			if at := s.first.FindStringIndex(text); at != nil {
				b = b[at[0]:]
				matches++
			}
			holds(t, s.m, s.p, s.re, b)
		}
	})
	if matches == 0 {
		t.Error("no text was ever matched")
	}
}

// holds holds a run against package regexp.
func holds(t *rapid.T, m *automaton.Machine, p *automaton.Program, re *regexp.Regexp, b []byte) {
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
		if slot := p.Slot(i); name != "" && (m.Slots[slot] != want[2*i] || m.Slots[slot+1] != want[2*i+1]) {
			t.Fatalf("%s on %q: %s is %v, want %v", re, b, name, m.Slots[slot:slot+2], want[2*i:2*i+2])
		}
	}
}
