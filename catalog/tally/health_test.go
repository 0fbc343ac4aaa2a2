package tally_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// fullHealth has something to say of everything.
var fullHealth = tally.Health{
	Encoding: "gb18030", EncodingGuessed: true, Skipped: 12, Salvaged: 3,
	Encrypted: 96, EncryptedBlocks: 2, Keys: []string{"3f2a", "0a1b"},
	CutLines: 1, Members: 5, Passed: 4, Refused: 1, Envelope: "cri", Reversed: true, Gaps: 6,
}

// TestHealthAgainstModel adds up what pieces say in the plainest way.
func TestHealthAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := tally.New(tally.Options{}.Within(small))
		want := make(map[string]*tally.Health)
		of := func(source string) *tally.Health {
			source = tally.Clean(source, 100)
			if want[source] == nil {
				want[source] = &tally.Health{}
			}
			return want[source]
		}
		keys := make(map[string][]string)
		for _, o := range slices.Concat(groups(rt)...) {
			if err := apply(x, []op{o}); err != nil {
				t.Fatal(err)
			}
			switch {
			case o.finding != nil && o.finding.TimeGuessed:
				of(o.finding.Source).TimesGuessed++
			case o.mark != nil && o.mark.TimeGuessed && o.mark.Event != tally.MarkOK && o.mark.Event != tally.MarkSession:
				of(o.mark.Source).TimesGuessed++
			case o.piece != nil:
				h, p := of(o.piece.Source), &o.piece.Health
				h.Encoding, h.Envelope = smaller(h.Encoding, p.Encoding), smaller(h.Envelope, p.Envelope)
				h.EncodingGuessed, h.Reversed = h.EncodingGuessed || p.EncodingGuessed, h.Reversed || p.Reversed
				h.Skipped, h.Salvaged, h.Gaps = h.Skipped+p.Skipped, h.Salvaged+p.Salvaged, h.Gaps+p.Gaps
				h.Encrypted, h.EncryptedBlocks = h.Encrypted+p.Encrypted, h.EncryptedBlocks+p.EncryptedBlocks
				h.CutLines, h.Members = h.CutLines+p.CutLines, h.Members+p.Members
				h.Passed, h.Refused = h.Passed+p.Passed, h.Refused+p.Refused
				name := tally.Clean(o.piece.Source, 100)
				for _, k := range p.Keys {
					if k = tally.Clean(k, 64); k != "" {
						keys[name] = append(keys[name], k)
					}
				}
			}
		}
		for _, in := range x.Summary().Inputs {
			h := of(in.Name)
			slices.Sort(keys[in.Name])
			h.Keys = slices.Compact(keys[in.Name])
			h.Keys = h.Keys[:min(len(h.Keys), 4)]
			if diff := gocmp.Diff(*h, in.Health); diff != "" {
				rt.Errorf("%q: %s", in.Name, diff)
			}
		}
	})
}

// smaller is the rule for names.
func smaller(a, b string) string {
	b = tally.Clean(b, 32)
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return min(a, b)
}

// TestHealthOfOldPartials reads a partial from before health was counted.
func TestHealthOfOldPartials(t *testing.T) {
	at := strings.Index(golden, `,"health":`)
	old := golden[:at] + golden[at+strings.Index(golden[at:], "}}")+1:]
	in := decode(t, seal(old), tally.Options{}).Summary().Inputs[0]
	if diff := gocmp.Diff(tally.Health{}, in.Health); diff != "" {
		t.Error(diff)
	}
	if in.Findings != 3 || in.Problem != "cut" {
		t.Errorf("input %+v", in)
	}
}

// TestHealthIsACount refuses what no source can mean, and counts nothing of it.
func TestHealthIsACount(t *testing.T) {
	for _, change := range []func(*tally.Health){
		func(h *tally.Health) { h.Skipped = -1 },
		func(h *tally.Health) { h.Members = 1 << 60 },
		func(h *tally.Health) { h.Gaps = -1 },
	} {
		x := tally.New(tally.Options{})
		before := encode(t, x)
		p := piece(0, 10, 1)
		change(&p.Health)
		wantError(t, x.Piece(p), "in its health cannot be")
		if diff := gocmp.Diff(before, encode(t, x)); diff != "" {
			t.Errorf("a refused piece was counted: %s", diff)
		}
	}
}

// TestHealthIsACopy changes what was given and what was got.
func TestHealthIsACopy(t *testing.T) {
	x := tally.New(tally.Options{})
	p := piece(0, 10, 1)
	buf := tally.Unsafe([]byte("cri"), func(s string) {
		p.Health.Envelope, p.Health.Keys = s, []string{s}
		if err := x.Piece(p); err != nil {
			t.Fatal(err)
		}
	})
	clear(buf)
	x.Summary().Inputs[0].Health.Keys[0] = "changed"
	want := tally.Health{Envelope: "cri", Keys: []string{"cri"}}
	if diff := gocmp.Diff(want, x.Summary().Inputs[0].Health); diff != "" {
		t.Error(diff)
	}
}

// TestGuessedTimes counts them where the tally is given them: not what a piece says, not a result with code 0,
// and not a login that a filter kept from being counted.
func TestGuessedTimes(t *testing.T) {
	x := tally.New(tally.Options{})
	f := finding("sdk", 6206, 1)
	f.TimeGuessed = true
	x.Finding(f)
	for _, event := range []string{tally.MarkKicked, tally.MarkLogin, tally.MarkOK, tally.MarkSession, "x"} {
		x.Mark(&tally.Mark{Event: event, Place: f.Place})
	}
	left := login(80, 7, "a")
	left.TimeGuessed = true
	x.Session(left)
	p := piece(0, 10, 1)
	p.Health.TimesGuessed = 1000
	if err := x.Piece(p); err != nil {
		t.Fatal(err)
	}
	if got := x.Summary().Inputs[0].Health.TimesGuessed; got != 4 {
		t.Errorf("%d guessed times, want that of a finding and of three marks", got)
	}
}
