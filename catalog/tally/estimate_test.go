package tally

import (
	"math/rand/v2"
	"testing"

	"github.com/axiomhq/hyperloglog"
	"pgregory.net/rapid"
)

// TestEstimateIsTheLibrarys holds our sum against that of the library, for sketches of any fill and for registers that
// no honest log has.
func TestEstimateIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		keys := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		s := hyperloglog.NewNoSparse()
		zeros := rapid.IntRange(0, 24).Draw(rt, "zeros")
		for range rapid.IntRange(0, 1<<rapid.IntRange(0, 18).Draw(rt, "scale")).Draw(rt, "keys") {
			k := keys.Uint64()
			s.InsertHash(k&^(1<<50-1) | k&(1<<50-1)>>zeros)
		}
		if got, want := estimate(s), s.Estimate(); got != want {
			rt.Fatalf("estimate %d, of the library %d", got, want)
		}
	})
}

func BenchmarkEstimate(b *testing.B) {
	s := hyperloglog.NewNoSparse()
	keys := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		s.InsertHash(keys.Uint64())
	}
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			estimate(s)
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			s.Estimate()
		}
	})
}
