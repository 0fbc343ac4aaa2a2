package scanner_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/internal/compile"
)

func TestBuiltinSamples(t *testing.T) {
	x := builtin(t)
	files, err := filepath.Glob("specs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := scanner.ParsePack(file, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range x.Check(p) {
			t.Errorf("%s: %s: %s", file, problem.Path, problem.What)
		}
	}
}

func TestEmbeddedSpecsAreCompiledFromYAML(t *testing.T) {
	want, err := compile.Dir(os.DirFS("specs"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("specs.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("specs.json is not what specs/*.yaml compile to: run go generate ./scanner")
	}
}

// Every pattern of the built-in pack has an automaton.
func TestBuiltinIsFast(t *testing.T) {
	for _, p := range builtin(t).Slow() {
		t.Errorf("%s: %s", p.Path, p.What)
	}
}
