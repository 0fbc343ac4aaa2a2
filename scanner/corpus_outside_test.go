//go:build outside

package scanner_test

import (
	"bytes"
	"testing"
)

// TestSharedLines measures the shared corpus, which is not part of the repository.
func TestSharedLines(t *testing.T) { measure(t, "../../shared/fixtures/lines/*.jsonl") }

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
