package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) scanCommand() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:     "scan [PATH|GLOB|DIR|-]…",
		GroupID: groupTriage,
		Short:   "read logs and report what is wrong and what to do",
		Long: `scan reads files, globs, folders and standard input (-), plain or gzip, and reports every
Tencent Cloud IM error code in them.

Exit codes: 0 clean · 1 the gate (--fail-on) was reached · 2 usage · 3 a named input is missing,
unreadable or damaged, so that "no errors" cannot be claimed · 130 interrupted.`,
		Example: `  imtriage scan /var/log/app
  zcat app.log.gz | imtriage scan -
  imtriage scan --fail-on fatal --fail-on topic:auth ci.log
  imtriage scan --lang zh -f table -f json=report.json logs/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			origins, err := a.configure(cmd.Flags())
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage scan . reads this folder, imtriage scan - standard input", "what shall be scanned? no path is given")
			}
			if o.printPlan {
				return a.printPlan(cmd.Flags(), origins, args)
			}
			return a.batch(cmd.Context(), o, args)
		},
	}
	o.flags(cmd.Flags(), a.defaultLang())
	cmd.Flags().BoolVar(&o.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	return cmd
}

// printPlan shows every flag with its value and where it comes from.
func (a *app) printPlan(flags *pflag.FlagSet, origins map[string]string, args []string) error {
	width := 0
	flags.VisitAll(func(f *pflag.Flag) { width = max(width, len(f.Name)) })
	fmt.Fprintf(a.out, "%-*s  %s\n", width, "inputs", strings.Join(args, " "))
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
	_, err := fmt.Fprintln(a.out, strings.Join(lines, "\n"))
	return err
}

// progress returns the callback that shows how far a scan is, or nil.
func (a *app) progress(o *options) func(string, int64) {
	if o.progress == "never" || (o.progress == "auto" && !a.errTerm) {
		return nil
	}
	bar := progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(a.err), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSpinnerType(14), progressbar.OptionSetDescription("scan"),
	)
	return func(input string, bytes int64) {
		bar.Describe(shorten(input, 40))
		_ = bar.Set64(bytes) // a bar that cannot be drawn must not stop the scan
	}
}

// shorten keeps the end of a path.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n+1:])
}
