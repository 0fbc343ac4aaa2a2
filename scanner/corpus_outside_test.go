//go:build outside

package scanner_test

import (
	"bytes"
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

// TestForeignMillion is TestForeignLogs at length: at most one false finding in a million lines.
func TestForeignMillion(t *testing.T) {
	const lines, chunk = 1_500_000, 50_000
	x := builtin(t)
	found := 0
	for i := range lines / chunk {
		var b bytes.Buffer
		foreign(&b, chunk, uint64(1000+i))
		for _, f := range scanText(t, x, b.String()).findings {
			found++
			t.Logf("%d by %s: %s", f.Code, f.Extractor, f.Text)
		}
	}
	if found > lines/1_000_000 {
		t.Errorf("%d false findings in %d lines", found, lines)
	}
}
