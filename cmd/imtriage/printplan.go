package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
)

// printPlan shows every flag with its value and where it comes from, and the inputs in their order.
// It comes after the plan was made, so that a value that is shown is one that holds.
func (a *app) printPlan(flags *pflag.FlagSet, origins map[string]string, sources []scanner.Source) error {
	width := 0
	flags.VisitAll(func(f *pflag.Flag) { width = max(width, len(f.Name)) })
	var lines []string
	flags.VisitAll(func(f *pflag.Flag) {
		origin := origins[f.Name]
		switch {
		case f.Name == "help" || f.Name == "print-plan":
			return
		case origin == "" && f.Changed:
			origin = "flag"
		case origin == "":
			origin = "default"
		}
		value := f.Value.String()
		if f.Name == "redact-key" && value != "" {
			value = "(set)"
		}
		lines = append(lines, fmt.Sprintf("%-*s  %s  (%s)", width, f.Name, value, origin))
	})
	slices.Sort(lines)
	for _, s := range sources {
		lines = append(lines, fmt.Sprintf("%-*s  %s", width, "input", report.Sanitize(s.Name())))
	}
	_, err := fmt.Fprintln(a.out, strings.Join(lines, "\n"))
	return err
}
