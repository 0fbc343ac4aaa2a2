// Command gen compiles the rule pack: pack/*.yaml into pack.json. It runs in the folder of package
// rules, by go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	names, err := filepath.Glob("pack/*.yaml") // sorted
	if err != nil {
		return err
	}
	first := make(map[string]string) // the file of an id
	var files []*rules.File
	for _, name := range slices.Backward(names) { // Overlay puts the later ones in front
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := rules.Parse(filepath.ToSlash(name), data, catalog.Builtin())
		if err != nil {
			return err
		}
		for _, r := range file.Rules {
			if first[r.ID] != "" {
				return fmt.Errorf("%s: rule %s stands in %s too", name, r.ID, first[r.ID])
			}
			first[r.ID] = name
		}
		files = append(files, file)
	}
	set, err := new(rules.Set).Overlay(files...)
	if err != nil {
		return err
	}
	data, err := set.MarshalJSON()
	if err != nil {
		return err
	}
	return os.WriteFile("pack.json", append(data, '\n'), 0o644)
}
