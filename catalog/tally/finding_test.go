package tally_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

func TestPlaceCompare(t *testing.T) {
	ordered := []tally.Place{
		{Source: "b", Offset: 9},
		{Time: epoch, Source: "a", Offset: 7},
		{Time: epoch, Source: "a", Offset: 8},
		{Time: epoch, Source: "b", Offset: 1},
		{Time: epoch.Add(1), Source: "a"},
	}
	for i, p := range ordered {
		for j, q := range ordered {
			if got, want := p.Compare(q), min(max(i-j, -1), 1); got != want {
				t.Errorf("%v against %v: %d, want %d", p, q, got, want)
			}
		}
	}
}

func TestFieldKeys(t *testing.T) {
	if keys := tally.FieldKeys(); len(keys) != 16 || !slices.IsSorted(keys) {
		t.Errorf("keys %q", keys)
	}
}

func TestClone(t *testing.T) {
	f := finding("sdk", 6206, time.Second, host("h"), user("u"))
	f.Alternatives = append(f.Alternatives, "web")
	c := f.Clone()
	if diff := cmp.Diff(f, c); diff != "" {
		t.Error(diff)
	}
	c.Fields[0].Value, c.Alternatives[0] = "changed", "push"
	m := &tally.Mark{Place: f.Place, Event: tally.MarkKicked, Level: "E", Fields: f.Fields, Extractor: "x", Text: "t"}
	d := m.Clone()
	if diff := cmp.Diff(m, d); diff != "" {
		t.Error(diff)
	}
	d.Fields[0].Value = "changed"
	if f.Fields[0].Value != "h" || f.Alternatives[0] != "web" {
		t.Errorf("the original changed: %v %v", f.Fields, f.Alternatives)
	}
	buf := []byte(strings.Repeat("x", 10))
	tally.Unsafe(buf, func(s string) { c = (&tally.Finding{Text: s, Fields: tally.Fields{{Key: s, Value: s}}}).Clone() })
	clear(buf)
	if c.Text != "xxxxxxxxxx" || c.Fields[0] != (tally.Field{Key: c.Text, Value: c.Text}) {
		t.Errorf("the copy lies in the buffer: %q", c.Text)
	}
}

// TestUsersOfPlainData is what a Summary answers that does not come from a Tally.
func TestUsersOfPlainData(t *testing.T) {
	s := tally.Summary{Codes: []tally.Code{{Family: "sdk", Code: 1, Users: 5}, {Family: "sdk", Code: 2, Users: 9}}}
	if n, approx := s.UsersOf(tally.Key{Family: "sdk", Code: 1}); n != 5 || approx {
		t.Errorf("%d, approximate %v, want 5", n, approx)
	}
	if n, approx := s.UsersOf(tally.Key{Family: "sdk", Code: 1}, tally.Key{Family: "sdk", Code: 2}); n != 9 || !approx {
		t.Errorf("%d, approximate %v, want about 9", n, approx)
	}
}
