package spares_test

import (
	"slices"
	"testing"

	"github.com/imtriage/imtriage/scanner/internal/spares"
)

// TestList holds that a list gives what came last, and that it is bounded.
func TestList(t *testing.T) {
	for _, tt := range []struct {
		most int
		want []int
	}{{0, []int{1, 0}}, {1, []int{0}}, {4, []int{3, 2, 1, 0}}} {
		l := spares.List[int]{Most: tt.most}
		for range 2 { // what was taken leaves room
			for n := range 5 {
				l.Put(n)
			}
			var got []int
			for n, ok := l.Get(); ok; n, ok = l.Get() {
				got = append(got, n)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("most %d: got %v, want %v", tt.most, got, tt.want)
			}
		}
	}
}
