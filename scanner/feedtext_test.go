package scanner

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"
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
