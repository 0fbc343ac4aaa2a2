package automaton_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// A result is what a run says, with positions counted from the end of a hole if they are not before it.
type result struct {
	matched, unclear uint16
	at               []int
}

func resultOf(m *automaton.Machine, slots int, b string, h automaton.Hole) (r result) {
	var ok bool
	if r.matched, r.unclear, ok = m.Run([]byte(b)); !ok {
		return result{}
	}
	if r.matched != 0 {
		r.at = append(append(r.at, m.Ends[0]), m.Slots[:slots]...)
	}
	for i, at := range r.at {
		if at > h.Lo {
			r.at[i] = at - h.Hi + 1<<20
		}
	}
	return r
}

// A text that differs only in what the result does not depend on has the same result.
func TestNeeds(t *testing.T) {
	type subject struct {
		pattern string
		slots   int
		p       *automaton.Program
	}
	var subjects []subject
	for _, pattern := range append(linesOf(t, "patterns.txt"), patterns...) {
		s := subject{pattern: pattern}
		var err error
		if s.p, err = automaton.Compile(pattern, func(string) bool { s.slots += 2; return true }); err != nil {
			t.Fatal(err)
		}
		subjects = append(subjects, s)
	}
	lines := linesOf(t, "lines.txt")
	free := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(subjects).Draw(t, "pattern")
		alphabet := rapid.SampledFrom([]string{"0123456789", "0123456789abcdef"}).Draw(t, "alphabet")
		run := rapid.StringOfN(rapid.RuneFrom([]rune(alphabet)), 1, 8, -1)
		piece := rapid.SampledFrom(append(lines, pieces...))
		before, after := piece.Draw(t, "before"), piece.Draw(t, "after")
		before = before[rapid.IntRange(0, len(before)).Draw(t, "cut"):]
		hole := run.Draw(t, "hole")
		b := before + hole + after
		h := automaton.Hole{Lo: len(before), Hi: len(before) + len(hole), Alphabet: alphabet}
		m := s.p.NewMachine()
		var need automaton.Need
		var first *automaton.Kinds
		reached := m.Needs([]byte(b), []automaton.Hole{h}, func(_ int, n automaton.Need, kinds *automaton.Kinds) {
			need |= n
			if kinds != nil {
				first = kinds
			}
		})
		want := resultOf(m, s.slots, b, h)
		if reached <= len(b) && reached >= h.Hi {
			other := b[:reached] + piece.Draw(t, "beyond")
			if got := resultOf(m, s.slots, other, h); !same(got, want) {
				t.Fatalf("%s: %q gives %v, %q, which differs only beyond %d, %v", s.pattern, b, want, other, reached, got)
			}
		}
		if need&automaton.Bytes != 0 {
			return
		}
		other := run.Draw(t, "other")
		if need&automaton.Length != 0 {
			other = (other + strings.Repeat(other[:1], len(hole)))[:len(hole)]
		}
		if first != nil && first[other[0]] != first[hole[0]] {
			return
		}
		free++
		g := automaton.Hole{Lo: h.Lo, Hi: h.Lo + len(other), Alphabet: alphabet}
		if got := resultOf(m, s.slots, before+other+after, g); !same(got, want) {
			t.Fatalf("%s: %q gives %v, but %q, needs %b, %v", s.pattern, b, want, before+other+after, need, got)
		}
	})
	if free == 0 {
		t.Error("every result depended on every byte")
	}
}

func same(a, b result) bool {
	return a.matched == b.matched && a.unclear == b.unclear && slices.Equal(a.at, b.at)
}

// The captures of several threads that move on with every byte depend on how many there are, although the state
// stays what it is.
func TestNeedsOfVectors(t *testing.T) {
	for pattern, want := range map[string]automaton.Need{
		`x(?P<a>\d*)(?P<b>\d)x`: automaton.Length,
		`x(?P<a>\d+)x`:          0,
		`x\w*?(?P<b>\w{2})x`:    automaton.Length,
	} {
		p, err := automaton.Compile(pattern, keepAll)
		if err != nil {
			t.Fatal(err)
		}
		var got automaton.Need
		holes := []automaton.Hole{{Lo: 1, Hi: 9, Alphabet: "0123456789"}}
		p.NewMachine().Needs([]byte("x12345678x"), holes, func(_ int, n automaton.Need, _ *automaton.Kinds) { got |= n })
		if got != want {
			t.Errorf("%s needs %b, want %b", pattern, got, want)
		}
	}
}
