package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return argError(cmd, fmt.Sprintf("takes no argument, got %q", args[0]))
}

// someArgs wants at least one argument, and says what it is.
func someArgs(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return argError(cmd, "name at least one "+what)
	}
}

// oneArg allows one argument, and says how several words become one.
func oneArg(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return argError(cmd, fmt.Sprintf("takes one text, got %d: put it in quotes", len(args)))
}

func argError(cmd *cobra.Command, what string) error {
	path := cmd.CommandPath()
	return usage("run "+path+" --help", "%s: %s", strings.TrimPrefix(path, cmd.Root().Name()+" "), what)
}
