package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

func TestParseCode(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want int
		ok   bool
	}{
		{"70001", 70001, true},
		{" 70001 ", 70001, true},
		{"-20009", -20009, true},
		{"−20009", -20009, true},
		{"－20009", -20009, true},
		{"+6206", 6206, true},
		{"4294947287", -20009, true},
		{"2147483647", 2147483647, true},
		{"4294967295", -1, true},
		{"4294967296", 0, false},
		{"-2147483649", 0, false},
		{"0x10", 0, false},
		{"6206a", 0, false},
		{"-", 0, false},
		{"", 0, false},
	} {
		t.Run(tc.in, func(t *testing.T) {
			if got, ok := parseCode(tc.in); got != tc.want || ok != tc.ok {
				t.Errorf("got %d %v, want %d %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

func TestQueries(t *testing.T) {
	for _, tc := range []struct {
		name     string
		in, want []string
	}{
		{"words join", []string{"usersig", "expired"}, []string{"usersig expired"}},
		{"codes stay alone", []string{"usersig", "6206", "expired"}, []string{"usersig", "6206", "expired"}},
		{"quotes end a query", []string{"group full", "muted"}, []string{"group full", "muted"}},
		{"constants stay alone", []string{"err_user_sig_expired", "x", "y"}, []string{"err_user_sig_expired", "x y"}},
		{"standard input", []string{"a", "-", "b"}, []string{"a", "-", "b"}},
		{"a code in a family", []string{"a", "web/3004", "b"}, []string{"a", "web/3004", "b"}},
		{"too long a number", []string{"a", "99999999999"}, []string{"a", "99999999999"}},
		{"blanks", []string{"", " "}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, queries(catalog.Builtin(), tc.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Every code there is can be explained in every language: the answer opens with the retry, fits
// the width, and holds what the catalog says.
func TestPageOfEveryCode(t *testing.T) {
	cat := catalog.Builtin()
	for _, lang := range catalog.Langs() {
		for _, width := range []int{44, 80} {
			for _, e := range cat.Entries() {
				q := &inquiry{cat: cat, lang: lang}
				q.ask(string(e.Family) + "/" + strconv.Itoa(e.Code))
				if len(q.answers) != 1 {
					t.Fatalf("%s/%d: %d answers, unknown: %q", e.Family, e.Code, len(q.answers), q.unknown)
				}
				var b bytes.Buffer
				if err := (&page{w: &b, width: width}).answers(q); err != nil {
					t.Fatal(err)
				}
				checkPage(t, q.answers[0].senses[0], lang, b.String(), width)
			}
		}
	}
}

func checkPage(t *testing.T, e *catalog.Entry, lang catalog.Lang, text string, width int) {
	t.Helper()
	opening, _, _ := strings.Cut(strings.Join(strings.Fields(text), ""), numbers(e)+strings.Join(strings.Fields(e.Title().In(lang)), ""))
	if !strings.Contains(opening, strings.Join(strings.Fields(mayRetry(e, lang)), "")) {
		t.Errorf("%s/%d: does not open with the retry: %s", e.Family, e.Code, opening)
	}
	if e.ResultUnknown != strings.Contains(opening, "MsgRandom") {
		t.Errorf("%s/%d: whether the result is known is not in the opening", e.Family, e.Code)
	}
	bare := strings.Join(strings.Fields(text), "")
	for _, want := range []string{e.Meaning().In(lang), e.Cause().In(lang), e.Fix().In(lang)} {
		if !strings.Contains(bare, strings.Join(strings.Fields(want), "")) {
			t.Errorf("%s/%d: lacks %q", e.Family, e.Code, want)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		if columns(line) > width && !strings.Contains(line, "://") {
			t.Errorf("%s/%d: wider than %d: %q", e.Family, e.Code, width, line)
		}
		if strings.HasSuffix(line, " ") {
			t.Errorf("%s/%d: blank at the end of %q", e.Family, e.Code, line)
		}
	}
}

func TestLinkOfTerminals(t *testing.T) {
	for _, tc := range []struct {
		name, address, want string
		links               bool
	}{
		{"terminal", "https://x.example/a", "\x1b]8;;https://x.example/a\x1b\\https://x.example/a\x1b]8;;\x1b\\", true},
		{"pipe", "https://x.example/a", "https://x.example/a", false},
		{"other scheme", "file:///etc/passwd", "file:///etc/passwd", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, (&page{links: tc.links}).link(tc.address)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
