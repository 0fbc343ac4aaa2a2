package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		GroupID: groupMaintain,
		Short:   "print the versions of the program and of what is built in",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			c := catalog.Builtin()
			_, err := fmt.Fprintf(a.out, "imtriage %s %s/%s %s\ncatalog %s, %d entries, sources of %s\nrules %d, extractors %d\n",
				buildVersion(), runtime.GOOS, runtime.GOARCH, runtime.Version(),
				c.Digest()[:12], len(c.Entries()), c.Version(), len(rules.Builtin().Rules()), len(scanner.Builtin().Extractors))
			return err
		},
	}
}
