package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no files", "", "no YAML files"},
		{"fault", "family: sdk\nx: 1\n", "a.yaml:2:1: x: unknown field"},
		{"good", "family: sdk\nsection: s\nname: {en: S}\nentries: [{code: 1, class: error, topic: auth, retry: no}]\n", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			out := filepath.Join(dir, "out.bin")
			if tc.text != "" {
				if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte(tc.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := run(dir, out)
			if tc.want != "" {
				if err == nil || !strings.Contains(err.Error(), tc.want) {
					t.Errorf("got %v, want %s", err, tc.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if data, err := os.ReadFile(out); err != nil || len(data) == 0 {
				t.Errorf("%d bytes, %v", len(data), err)
			}
		})
	}
}
