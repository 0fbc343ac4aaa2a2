//go:build outside

package scanner_test

import (
	"path/filepath"
	"testing"
)

// TestSharedLines measures the shared corpus, which is not part of the repository.
func TestSharedLines(t *testing.T) {
	paths, err := filepath.Glob("../../shared/fixtures/lines/*.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no shared lines beside the checkout: %v", err)
	}
	for _, p := range paths {
		precision, recall := score(t, builtin(t), readLabelled(t, p), true)
		t.Logf("%s: precision %.4f, recall %.4f", filepath.Base(p), precision, recall)
		if precision < 0.99 || recall < 0.98 {
			t.Errorf("%s: precision %.4f and recall %.4f, want at least 0.99 and 0.98", filepath.Base(p), precision, recall)
		}
	}
}
