package sigma_test

import (
	"os"
	"strings"
	"testing"
)

// TestDocs holds that the file in docs/sigma.md is one that is taken.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/sigma.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "```yaml\n")
	file, _, closed := strings.Cut(rest, "```\n")
	if !closed {
		t.Fatal("no example")
	}
	got := parse(t, file)
	if len(got) != 1 || got[0].ID != "sigma-guessing" || len(got[0].When.Sequence) != 4 {
		t.Errorf("got %s", text(t, got))
	}
}
