package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestExampleOverlays runs the overlays under examples on their log, and holds them against the README.
func TestExampleOverlays(t *testing.T) {
	dir := filepath.Join("..", "..", "examples", "overlays")
	readme := blocks(readDoc(t, "README.md"), "yaml")
	args := []string{"scan", "--fail-on", "verdict:order-mutes", filepath.Join(dir, "gateway.log")}
	for flag, name := range map[string]string{"--catalog": "codes.yaml", "--rules": "rules.yaml", "--extractors": "extractors.yaml"} {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(readme, string(data)) {
			t.Errorf("README.md does not show %s as it is", path)
		}
		args = append(args, flag, path)
	}
	out, code := runAt(t, time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), "en_US.UTF-8", args...)
	if code != exitGate {
		t.Errorf("exit %d, want the gate of the example's own rule", code)
	}
	for _, want := range []string{"The order webhook mutes many buyers", "2 users", "70001", "code 0 ×1"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}
