package automaton_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// patterns are of the kinds that extractors use, and what could go wrong with them.
var patterns = []string{
	`code["'\\]{0,3}\s*[:=：]\s*["'(]*(?P<code>-?\d{1,10})`,
	`(?i)err(?:or)?[_ -]?code(?:\b|_)[^\d\n-]{0,8}(?P<code>-?\d+)(?:,\s*(?P<msg>desc)[:=] ?(?P<text>[^|\n]*))?`,
	`错误码\s*[：:]?\s*(?P<code>-?\d+)`,
	`(?i)kick(ed)?\s*off(?:line)?\b`,
	`(?P<a>a|ab)(?P<b>c|bcd)(?P<d>d*)`,
	`(?P<a>a*?)(?P<b>a*)b`,
	`\b(?P<w>\w+)\b.{0,5}é`,
	`(?m)^x$|y\z`,
	`(?s).{0,3}(?P<c>\d)`,
	`(?:x|(?P<n>y))*z`,
	`[^,]{1,4},(?P<v>[^"']*)`,
	`\x1b\[[\d;]{1,8}m(?P<code>\d+)`,
	`(?i)(?P<k>tokens?)`,
	`\B-?(?P<n>\d+)\b`,
	`(?P<e>)x?`,
	// Threads that have written different captures live on together.
	`(?:a[\w:, -]{0,16}\s)?.{0,30}?code:?(?P<code>-?\d{1,3})[|,]`,
	`\s*(?P<msg>[^|]*)\|?(?P<rest>.*?)(?P<n>\d+)?$`,
	`(?P<k>\w+)(?:=(?P<v>\w*)|:(?P<w>.{0,9}?)(?:,|\z))`,
	`(?:(?P<a>a)|(?P<b>b)|(?P<c>[a-c]+?)\d?)*(?P<d>\w*)`,
	`.*(?P<m>\w.{3})7`,
	`(?s).*?(?P<m>.{11})z`,
}

// pieces are what texts are made of.
var pieces = []string{"code", "errorCode", "error_code", "ERR", ":", "=", "：", " ", "\"", "'", "-", "7", "70001", ",", "|", "\n", "\r\n", "desc", "错误码", "错", "é", "\xff", "\xe4\xbd", "\x00", "a", "ab", "bcd", "x", "y", "z", "K", "\u212a", "ſ", "toKens", "kicked off", "offline", "\x1b[31m", "_", ""}

var keepAll = func(string) bool { return true }

// check holds a machine against package regexp.
func check(t interface{ Fatalf(string, ...any) }, pattern string, b []byte) (sure bool) {
	p, err := automaton.Compile(pattern, keepAll)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	re := regexp.MustCompile(`^(?:` + pattern + `)`)
	want := re.FindSubmatchIndex(b)
	m := p.NewMachine()
	for range 2 { // with and without the transitions that the first run computes
		end, got := m.Match(b)
		if got == automaton.Unsure {
			continue
		}
		sure = true
		if (got == automaton.Yes) != (want != nil) {
			t.Fatalf("%s on %q: %v, want %v", pattern, b, got, want)
		}
		if got != automaton.Yes {
			continue
		}
		if end != want[1] {
			t.Fatalf("%s on %q ends at %d, want %d", pattern, b, end, want[1])
		}
		for i, name := range re.SubexpNames() {
			if slot := p.Slot(i); name != "" && (m.Slots[slot] != want[2*i] || m.Slots[slot+1] != want[2*i+1]) {
				t.Fatalf("%s on %q: %s is %v, want %v", pattern, b, name, m.Slots[slot:slot+2], want[2*i:2*i+2])
			}
		}
	}
	r, err := automaton.CompileReverse(pattern)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	if got := r.NewMachine().MatchEnd(b); got != automaton.Unsure {
		if want := regexp.MustCompile(`(?:` + pattern + `)\z`).Match(b); (got == automaton.Yes) != want {
			t.Fatalf("%s at the end of %q: %v, want %v", pattern, b, got, want)
		}
	}
	return sure
}

func TestLikeRegexp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.SampledFrom(patterns).Draw(t, "pattern")
		var b []byte
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text") {
			b = append(b, s...)
		}
		check(t, pattern, b)
	})
}

// A union says of each program what its own machine says, and where its capture stands.
func TestUnion(t *testing.T) {
	for name, patterns := range map[string][]string{"first": patterns[:15], "last": patterns[len(patterns)-automaton.MaxUnion:]} {
		t.Run(name, func(t *testing.T) { testUnion(t, patterns) })
	}
}

func testUnion(t *testing.T, patterns []string) {
	t.Helper()
	var programs []*automaton.Program
	var captures []int
	for i, p := range patterns {
		program, err := automaton.Compile(p, keepAll)
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, program)
		captures = append(captures, min(i%3, regexp.MustCompile(p).NumSubexp()))
		for captures[i] > 0 && regexp.MustCompile(p).SubexpNames()[captures[i]] == "" {
			captures[i]--
		}
		if captures[i] == 0 {
			captures[i] = -1
		}
	}
	union, err := automaton.Union(programs, captures)
	if err != nil {
		t.Fatal(err)
	}
	m := union.NewMachine()
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text") {
			b = append(b, s...)
		}
		matched, unclear, ok := m.Run(b)
		if !ok {
			return // too many states
		}
		for i, p := range patterns {
			want := regexp.MustCompile(`^(?:` + p + `)`).FindSubmatchIndex(b)
			if got := matched>>i&1 == 1; got != (want != nil) {
				t.Fatalf("%s on %q: %v, want %v", p, b, got, want)
			}
			if want == nil {
				continue
			}
			if m.Ends[i] != want[1] {
				t.Fatalf("%s on %q ends at %d, want %d", p, b, m.Ends[i], want[1])
			}
			if n := captures[i]; n > 0 && unclear>>i&1 == 0 {
				told++
				if m.Slots[2*i] != want[2*n] || m.Slots[2*i+1] != want[2*n+1] {
					t.Fatalf("%s on %q: capture %d is %v, want %v", p, b, n, m.Slots[2*i:2*i+2], want[2*n:2*n+2])
				}
			}
		}
	})
	if told == 0 {
		t.Error("no capture was ever clear")
	}
	if _, err := automaton.Union(append(programs, programs...), nil); err == nil {
		t.Error("a union of too many programs is made")
	}
}

// Patterns whose captures are clear at every step are run, not handed back.
func TestSure(t *testing.T) {
	for pattern, text := range map[string]string{
		patterns[0]: `code": 70001, "x"`,
		patterns[1]: `errorCode = 6206|`,
		patterns[2]: `错误码：-10113。`,
		patterns[3]: `Kicked OffLine `,
	} {
		if !check(t, pattern, []byte(text)) {
			t.Errorf("%s is unsure on %q", pattern, text)
		}
	}
}

func TestUnsure(t *testing.T) {
	p, err := automaton.Compile(`.*(?P<m>.{20})z`, keepAll)
	if err != nil {
		t.Fatal(err)
	}
	if _, got := p.NewMachine().Match([]byte("a capture may begin at any of these characters: z")); got != automaton.Unsure {
		t.Errorf("more captures than a state holds give %v", got)
	}
	if p, err = automaton.Compile(`.*(?P<m>.{20})z`, nil); err != nil {
		t.Fatal(err)
	}
	if end, got := p.NewMachine().Match([]byte("a capture may begin at any of these z|")); got != automaton.Yes || end != 37 {
		t.Errorf("without captures the match is %v and ends at %d", got, end)
	}
	if _, err := automaton.Compile(`(`, nil); err == nil {
		t.Error("a pattern that is none is compiled")
	}
}

// A machine with too many states is unsure for a while, then it begins anew.
func TestTooManyStates(t *testing.T) {
	// There are 2 to the 14th.
	p, err := automaton.Compile(`[ab]*a[ab]{14}c`, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, seed := p.NewMachine(), uint32(1)
	text := func() []byte {
		b := make([]byte, 64)
		for i := range b {
			seed = seed*1664525 + 1013904223
			b[i] = 'a' + byte(seed>>31)
		}
		return b
	}
	unsure := false
	for range 2000 {
		_, got := m.Match(text())
		unsure = unsure || got == automaton.Unsure
	}
	if !unsure {
		t.Error("a machine with too many states is never unsure")
	}
	for range 2 {
		if _, got := m.Match(bytes.Repeat([]byte("b"), 1<<17)); got != automaton.No {
			t.Errorf("with a state that is known the match is %v", got)
		}
		if _, got := m.Match(append(text(), 'a', 'b', 'a', 'b', 'b', 'a', 'b', 'a', 'b', 'b', 'a', 'b', 'a', 'b', 'b', 'a', 'c')); got == automaton.Unsure {
			t.Error("a machine that was full long ago is still unsure")
		}
		for range 100 {
			m.Match(text())
		}
	}
}

func FuzzLikeRegexp(f *testing.F) {
	for _, p := range patterns {
		f.Add(p, []byte(`errorCode: "70001", desc: é错\xff`))
	}
	f.Fuzz(func(t *testing.T, pattern string, b []byte) {
		if len(pattern) > 100 || len(b) > 1000 {
			return
		}
		if re, err := regexp.Compile(pattern); err != nil || re.NumSubexp() > 4 || strings.Contains(pattern, `\Q`) {
			return
		}
		if _, err := automaton.Compile(pattern, keepAll); err != nil {
			return // it tells too many characters apart
		}
		check(t, pattern, b)
	})
}
