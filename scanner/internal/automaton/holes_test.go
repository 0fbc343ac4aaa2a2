package automaton_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

const (
	decimals = "0123456789"
	alnums   = decimals + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// morePatterns are those of extractors that read on over numbers and ids, and those that look at what stands beside.
var morePatterns = []string{
	`\d+\B`, `\w+?\b`, `(?:\d+\B|[a-z]+)x?`, `x\d*\B.?`, `\d{2,4}(?P<n>\d*)`, `(?P<n>1\d*|[02-9])\w*`, `(?P<v>\w+)-(?P<n>\d+)`, `[\w-]+:`,
	`(?:[a-f]\w*|[0-9]\d*):(?P<n>\w+)`, `(?P<n>\d+?)0*:`, `.*(?P<n>\d)`, `.*?(?P<n>\d+) `, `a\w{3}b`, `\w*z`, `(?i)v4/\w+`, `[^:]*:$`, `(?P<a>\d)(?P<b>\d)*`,
	`(?:^|[^\w.:/-])(?P<code>-?\d{4,6})["')\]]{0,2}[ ,:(=\[|/-]{1,4}`, `(?i)(?:^|[^a-z_])uid=(?P<user>[\w@.#+-]{1,8})`, `50[234]\b`,
	`\d{2}\w*:`, `\w{3,}`, `a?(?:(?P<n>\w))+:`, `(?:(?P<n>\d)|[a-z])*`, `(?P<n>\d+?)\d*-`, `(?:\d\d)*:`, `(?P<n>\d\d)*`, `\d(?P<n>\d*)`, `(?:(?P<n>[0-4])|\w)+ `,
	`TIM: =+ +`, `\b(?:login|im\w*)\b[\w ]*(?:error)?: ?`, `(?P<t>\d\d:\d\d(?::\d\d)?)`, `\S+ (?P<c>\S+)`,
}

// A note is what is needed of one hole.
type note struct {
	need        automaton.Need
	first, last []*automaton.Kinds
}

func (n *note) add(need automaton.Need, kinds *automaton.Kinds) {
	n.need |= need
	if need&automaton.First != 0 {
		n.first = append(n.first, kinds)
	}
	if need&automaton.Last != 0 {
		n.last = append(n.last, kinds)
	}
}

// allows reports whether a hole that held one run may hold another.
func (n *note) allows(old, b []byte) bool {
	kinds := func(list []*automaton.Kinds, a, b byte) bool {
		return !slices.ContainsFunc(list, func(k *automaton.Kinds) bool { return k[a] != k[b] })
	}
	return (n.need&automaton.Bytes == 0 || string(old) == string(b)) && (n.need&automaton.Length == 0 || len(old) == len(b)) &&
		kinds(n.first, old[0], b[0]) && kinds(n.last, old[len(old)-1], b[len(b)-1])
}

// fill returns a run of bytes of the alphabet.
func fill(r *rand.Rand, alphabet string, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return b
}

// A holed text is made of parts, of which every second is a hole.
type holed struct {
	parts     [][]byte
	alphabets []string // of the holes
}

func (h *holed) text() (b []byte, holes []automaton.Hole) {
	for i, p := range h.parts {
		if i%2 == 1 {
			holes = append(holes, automaton.Hole{Lo: len(b), Hi: len(b) + len(p), Alphabet: h.alphabets[i/2]})
		}
		b = append(b, p...)
	}
	return b, holes
}

// refilled returns the text with other runs in its holes, as far as the notes allow that.
func (h *holed) refilled(r *rand.Rand, notes []note) *holed {
	o := &holed{parts: slices.Clone(h.parts), alphabets: h.alphabets}
	for k := range notes {
		old := h.parts[2*k+1]
		for range 8 {
			n := len(old)
			if notes[k].need&automaton.Length == 0 {
				n = 1 + r.IntN(12)
			}
			b := fill(r, h.alphabets[k], n)
			if notes[k].need&automaton.First != 0 && r.IntN(4) > 0 {
				b[0] = old[0]
			}
			if notes[k].need&automaton.Last != 0 && r.IntN(4) > 0 {
				b[n-1] = old[len(old)-1]
			}
			if notes[k].allows(old, b) {
				o.parts[2*k+1] = b
				break
			}
		}
	}
	return o
}

// holesOf cuts a text: every run of digits is a hole, or every run of letters and digits with a digit in it.
func holesOf(b []byte, ids bool) *holed {
	re, alphabet := regexp.MustCompile(`[0-9]+`), decimals
	if ids {
		re, alphabet = regexp.MustCompile(`[A-Za-z]*[0-9][0-9A-Za-z]*`), alnums
	}
	h, from := &holed{}, 0
	for _, at := range re.FindAllIndex(b, -1) {
		h.parts = append(h.parts, b[from:at[0]], b[at[0]:at[1]])
		h.alphabets, from = append(h.alphabets, alphabet), at[1]
	}
	h.parts = append(h.parts, b[from:])
	return h
}

// A place is a position counted from the last edge of a hole before it.
type place struct{ Edge, Off int }

func placeOf(pos int, holes []automaton.Hole) (p place) {
	p.Off = pos
	for k, h := range holes {
		if h.Lo <= pos {
			p = place{2*k + 1, pos - h.Lo}
		}
		if h.Hi <= pos {
			p = place{2*k + 2, pos - h.Hi}
		}
	}
	return p
}

// An answer is what a machine says of a text, with places that do not tell how long holes are.
type answer struct {
	Matched, Unclear uint16
	OK               bool
	Places           []place
}

// ask runs a machine of n programs with two slots each.
func ask(m *automaton.Machine, n int, b []byte, holes []automaton.Hole) (a answer) {
	a.Matched, a.Unclear, a.OK = m.Run(b)
	for i := range n {
		if a.Matched>>i&1 == 0 {
			continue
		}
		a.Places = append(a.Places, placeOf(m.Ends[i], holes))
		if a.Unclear>>i&1 == 0 {
			a.Places = append(a.Places, placeOf(m.Slots[2*i], holes), placeOf(m.Slots[2*i+1], holes))
		}
	}
	return a
}

// checkNeeds holds that other texts with the same in what is needed of their holes give the same.
func checkNeeds(t interface{ Fatalf(string, ...any) }, patterns []string, h *holed, r *rand.Rand) {
	var programs []*automaton.Program
	var captures []int
	for _, p := range patterns {
		program, err := automaton.Compile(p, keepAll)
		if err != nil {
			return // it tells too many characters apart
		}
		programs = append(programs, program)
		captures = append(captures, slices.IndexFunc(regexp.MustCompile(p).SubexpNames(), func(s string) bool { return s != "" }))
	}
	union, err := automaton.Union(programs, captures)
	if err != nil {
		return
	}
	m := union.NewMachine()
	b, holes := h.text()
	want := ask(m, len(patterns), b, holes)
	notes := make([]note, len(holes))
	reached := m.Needs(b, holes, func(k int, n automaton.Need, kinds *automaton.Kinds) { notes[k].add(n, kinds) })
	for range 6 {
		o := h.refilled(r, notes)
		other, at := o.text()
		if d := cmp.Diff(want, ask(m, len(patterns), other, at)); d != "" && want.OK {
			t.Fatalf("%q on %q and %q, needs %+v (-first +second):\n%s", patterns, b, other, notes, d)
		}
	}
	if reached <= len(b) {
		other := append(slices.Clone(b[:reached]), fill(r, alnums+" :-\n", r.IntN(5))...)
		if d := cmp.Diff(want, ask(m, len(patterns), other, holes)); d != "" {
			t.Fatalf("%q looked at %d bytes of %q, but not of %q (-first +second):\n%s", patterns, reached, b, other, d)
		}
	}
	for _, p := range patterns {
		checkNeedsEnd(t, p, h, r)
	}
}

func checkNeedsEnd(t interface{ Fatalf(string, ...any) }, pattern string, h *holed, r *rand.Rand) {
	program, err := automaton.CompileReverse(pattern)
	if err != nil {
		return
	}
	m := program.NewMachine()
	b, holes := h.text()
	want := m.MatchEnd(b)
	notes := make([]note, len(holes))
	reached := m.NeedsEnd(b, holes, func(k int, n automaton.Need, kinds *automaton.Kinds) { notes[k].add(n, kinds) })
	if want == automaton.Unsure {
		return
	}
	for range 6 {
		o := h.refilled(r, notes)
		if other, _ := o.text(); m.MatchEnd(other) != want {
			t.Fatalf("%s at the end of %q is %v, of %q it is not, needs %+v", pattern, b, want, other, notes)
		}
	}
	if reached >= 0 {
		if other := append(fill(r, alnums+" :-\n", r.IntN(5)), b[reached:]...); m.MatchEnd(other) != want {
			t.Fatalf("%s at the end of %q is %v, of %q it is not: it looked at %d", pattern, b, want, other, reached)
		}
	}
}

// numbers are what holes are made of, beside pieces.
var numbers = []string{"1", "12", "502", "70001", "1400000123", "4bf92f3577b34da6", "TnzlC5oWbEki11", "a1", "10:00:00", "0-9", "v4/", "c2c", "uid=7", "TIM: == ", "login "}

func TestNeedsOfHoles(t *testing.T) {
	all := slices.Concat(patterns, morePatterns)
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfN(rapid.SampledFrom(all), 1, 4).Draw(t, "patterns")
		var b []byte
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(slices.Concat(pieces, numbers, numbers)), 1, 12).Draw(t, "text") {
			b = append(b, s...)
		}
		h := holesOf(b, rapid.Bool().Draw(t, "ids"))
		checkNeeds(t, chosen, h, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
	})
}

func FuzzNeeds(f *testing.F) {
	for i, p := range slices.Concat(patterns, morePatterns) {
		f.Add(p, []byte(`errorCode: "70001", desc: a1b2 7`), i%2 == 0, uint64(i))
	}
	f.Fuzz(func(t *testing.T, pattern string, b []byte, ids bool, seed uint64) {
		if len(pattern) > 60 || len(b) > 200 {
			return
		}
		if re, err := regexp.Compile(pattern); err != nil || re.NumSubexp() > 4 {
			return
		}
		checkNeeds(t, []string{pattern}, holesOf(b, ids), rand.New(rand.NewPCG(seed, 0)))
	})
}
