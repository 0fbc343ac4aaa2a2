// Command gen compiles data/*.yaml into catalog.bin. It runs in the directory of package catalog,
// by go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/imtriage/imtriage/catalog"
)

func main() {
	if err := run("data", "catalog.bin"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run compiles the YAML files of a directory into one file.
func run(dir, out string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("%s: no YAML files", dir)
	}
	files := make([]catalog.File, len(names))
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files[i] = catalog.File{Name: name, Data: data}
	}
	c, err := catalog.Parse(files...)
	if err != nil {
		return err
	}
	data, err := c.MarshalBinary()
	if err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}
