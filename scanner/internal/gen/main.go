// Command gen compiles the extractor specs under scanner/specs into specs.json.
package main

import (
	"fmt"
	"os"

	"github.com/imtriage/imtriage/scanner/internal/compile"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	b, err := compile.Dir(os.DirFS("specs"))
	if err != nil {
		return err
	}
	return os.WriteFile("specs.json", b, 0o644)
}
