package scanner

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// bare returns the state as a file keeps it.
func (g *grower) bare() (kept, state FeedState) {
	state, err := g.feed.State()
	g.must(err)
	b, err := json.Marshal(state.WithoutText())
	g.must(err)
	g.must(json.Unmarshal(b, &kept))
	if len(kept.Tail) > 0 || slices.ContainsFunc(kept.Stamps, func(l FeedStamp) bool { return len(l.Text) > 0 }) {
		g.t.Fatal("a state without text holds some")
	}
	return kept, state
}

func asJSON(t fatal, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestRefill holds that a state is what it was when its text was read again, unless another text stands there.
func TestRefill(t *testing.T) {
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				raw, _ := genGrowing(t, w)
				g := newGrower(t, raw)
				for g.at < len(raw) {
					g.write(rapid.IntRange(1, max(300, len(raw)/5)).Draw(t, "n"))
					kept, state := g.bare()
					full := kept.Refill(bytes.NewReader(raw), state.Spot.Raw)
					if asJSON(t, state) != asJSON(t, full) {
						t.Fatalf("%+v was filled again from %d bytes as %+v", kept, state.Spot.Raw, full.Spot)
					}
					if state.Shape == nil || len(state.Tail) < 5 {
						continue
					}
					other := bytes.Clone(raw)
					copy(other[state.Spot.Raw-5:], "other")
					if lean := kept.Refill(bytes.NewReader(other), state.Spot.Raw); len(lean.Tail) > 0 || lean.Start != state.From {
						t.Fatalf("another text is taken for the same: %+v", lean)
					}
				}
			})
		})
	}
}

// TestMovedTo holds that a feed finds what it would have found when other text came before it; and when nobody can tell any
// more what stood before, at least nothing twice.
func TestMovedTo(t *testing.T) {
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				raw, _ := genGrowing(t, w)
				lost := rapid.Bool().Draw(t, "lost")
				g := newGrower(t, raw)
				for moved := int64(0); g.at < len(raw); {
					g.write(rapid.IntRange(1, max(300, len(raw)/5)).Draw(t, "n"))
					if lost && rapid.Bool().Draw(t, "idle") {
						g.idle()
					}
					kept, state := g.bare()
					by := int64(rapid.IntRange(0, 300).Draw(t, "moved by"))
					if state.Shape == nil && len(raw) < 64<<10 {
						by = 0 // how it is written may be told otherwise by less of it
					}
					at := state.Spot.Raw - moved
					r := io.ReaderAt(bytes.NewReader(raw))
					if lost {
						r = nil
					}
					if by > 0 {
						g.must(g.sink.Piece(tally.Piece{Source: "t", Kind: input.KindText, Off: state.From, End: state.From + by, Complete: true}))
					}
					moved += by
					feed, err := g.scanner.ResumeFeed(FeedOptions{Host: "h0"}, kept.Refill(r, at).MovedTo(state.From+by, raw[:min(len(raw), 64<<10)]), g.sink)
					g.must(err)
					g.feed = feed
					was := g.at
					g.at = int(at)
					g.write(was - g.at)
				}
				g.write(len(raw))
				g.must(g.feed.Close())
				if g.reread {
					return
				}
				want, got := countCodes(batch(t, raw).lines), countCodes(g.sink.lines)
				for code, n := range got {
					if n > want[code] || !lost && n < want[code] {
						t.Fatalf("%s was told %d times, a scan tells it %d times", code, n, want[code])
					}
				}
				if !lost && len(got) < len(want) {
					t.Fatalf("%v was told, a scan tells %v", got, want)
				}
			})
		})
	}
}

// countCodes counts the findings of each code.
func countCodes(lines []string) map[string]int {
	n := map[string]int{}
	for _, l := range lines {
		if words := strings.Fields(l); words[0] != "t" {
			n[words[2]]++
		}
	}
	return n
}
