package tally_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

func piece(off, end, lines int64) tally.Piece {
	return tally.Piece{Source: "app.log", Off: off, End: end, Lines: lines, Complete: true}
}

func TestPieces(t *testing.T) {
	empty, broken := piece(0, 0, 0), piece(10, 30, 4)
	broken.Complete, broken.Problem = false, "gzip: unexpected EOF"
	tests := []struct {
		name   string
		pieces []tally.Piece
		want   tally.Input
	}{
		{"whole", []tally.Piece{piece(0, 30, 5)}, tally.Input{Bytes: 30, Lines: 5, Complete: true}},
		{"empty", []tally.Piece{empty}, tally.Input{Complete: true}},
		{"joined", []tally.Piece{piece(20, 30, 1), piece(0, 10, 2), piece(10, 20, 2)}, tally.Input{Bytes: 30, Lines: 5, Complete: true}},
		{"empty ones between", []tally.Piece{empty, piece(0, 30, 5), piece(30, 30, 0)}, tally.Input{Bytes: 30, Lines: 5, Complete: true}},
		{"no beginning", []tally.Piece{piece(10, 30, 5)}, tally.Input{Bytes: 20, Lines: 5, Problem: "bytes 0 to 10 were not read"}},
		{"no beginning but an empty one", []tally.Piece{empty, piece(10, 30, 5)}, tally.Input{Bytes: 20, Lines: 5, Problem: "bytes 0 to 10 were not read"}},
		{"hole", []tally.Piece{piece(0, 10, 1), piece(20, 30, 1)}, tally.Input{Bytes: 20, Lines: 2, Problem: "bytes 10 to 20 were not read"}},
		{"damaged", []tally.Piece{piece(0, 10, 1), broken}, tally.Input{Bytes: 30, Lines: 5, Problem: "gzip: unexpected EOF"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			tc.want.Name = "app.log"
			x := tally.New(tally.Options{})
			for _, p := range tc.pieces {
				if err := x.Piece(p); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff([]tally.Input{tc.want}, x.Summary().Inputs); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]tally.Input{tc.want}, decode(t, encode(t, x), tally.Options{}).Summary().Inputs); diff != "" {
				t.Errorf("as a partial: %s", diff)
			}
		})
	}
}

func TestPieceErrors(t *testing.T) {
	limited := tally.Options{}.Within(tally.Bounds{Pool: 1, Users: 1, Buckets: 1, Names: 1, Events: 1, Pieces: 2, Sessions: 2})
	tests := []struct {
		name string
		add  tally.Piece
		want string
	}{
		{"the same", piece(10, 20, 1), `input "app.log": bytes 10 to 20 are counted already`},
		{"over its end", piece(15, 25, 1), "bytes 15 to 20 are counted already, as part of 10 to 20"},
		{"over its beginning", piece(5, 11, 1), "bytes 10 to 11 are counted already"},
		{"around it", piece(0, 25, 1), "bytes 10 to 20 are counted already"},
		{"within it", piece(12, 13, 1), "bytes 12 to 13 are counted already"},
		{"the later one", piece(45, 60, 1), "bytes 45 to 50 are counted already"},
		{"backwards", piece(30, 25, 0), "cannot be"},
		{"negative", piece(-1, 5, 0), "cannot be"},
		{"more lines than bytes", piece(30, 31, 2), "cannot be"},
		{"more results than bytes", tally.Piece{Source: "app.log", Off: 30, End: 31, OK: 2}, "cannot be"},
		{"too many", piece(30, 35, 1), "3 pieces that do not touch, at most 2 are kept"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			x := tally.New(limited)
			for _, p := range []tally.Piece{piece(10, 20, 2), piece(40, 50, 2)} {
				if err := x.Piece(p); err != nil {
					t.Fatal(err)
				}
			}
			before := encode(t, x)
			wantError(t, x.Piece(tc.add), tc.want)
			if tc.want != "cannot be" {
				other := tally.New(limited)
				other.Finding(finding("sdk", 6206, 1))
				if err := other.Piece(tc.add); err != nil {
					t.Fatal(err)
				}
				wantError(t, x.Merge(other), tc.want)
			}
			if diff := cmp.Diff(before, encode(t, x)); diff != "" {
				t.Errorf("a refused piece was counted: %s", diff)
			}
		})
	}
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

// TestLines follows a finding on line 2 of the third piece while the pieces come together.
func TestLines(t *testing.T) {
	limits := map[string]tally.Options{
		"kept apart": {},
		"joined":     tally.Options{}.Within(tally.Bounds{Pool: 1, Users: 1, Buckets: 1, Names: 1, Events: 1, Pieces: 1, Sessions: 2}),
	}
	for name, o := range limits {
		t.Run(name, func(t *testing.T) {
			x := tally.New(o)
			f := finding("sdk", 6206, 0)
			f.Offset, f.Piece, f.Line = 125, 120, 2
			x.Finding(f)
			for _, step := range []struct {
				add  tally.Piece
				want int64
			}{{piece(120, 130, 3), 0}, {piece(100, 120, 7), 0}, {piece(0, 100, 50), 59}, {piece(130, 140, 5), 59}} {
				if err := x.Piece(step.add); err != nil {
					t.Fatal(err)
				}
				if got := x.Summary().Codes[0].Samples[0].Line; got != step.want {
					t.Errorf("line %d with %v, want %d", got, step.add, step.want)
				}
				if got := decode(t, encode(t, x), o).Summary().Codes[0].Samples[0].Line; got != step.want {
					t.Errorf("line %d with %v as a partial, want %d", got, step.add, step.want)
				}
			}
		})
	}
}

func TestRemarksAreBounded(t *testing.T) {
	a, b := tally.New(tally.Options{}), tally.New(tally.Options{})
	for i := range 40 {
		for x, at := range map[*tally.Tally]int{a: i, b: 39 - i} {
			p := piece(int64(at), int64(at+1), 1)
			p.Complete, p.Problem, p.Notes = false, fmt.Sprintf("problem %02d", at), []string{fmt.Sprintf("note %02d", at), "always"}
			p.Kind = []string{"text", "gzip"}[at%2]
			if err := x.Piece(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff(encode(t, a), encode(t, b)); diff != "" {
		t.Error(diff)
	}
	in := a.Summary().Inputs[0]
	if len(in.Notes) != 16 || in.Notes[15] != "note 14" || !strings.HasSuffix(in.Problem, "problem 07") || in.Kind != "gzip" {
		t.Errorf("kept %q and %q of a %s", in.Notes, in.Problem, in.Kind)
	}
}
