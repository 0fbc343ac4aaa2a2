package main

import (
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/report"
)

// timelineOptions are those of a batch run that a timeline has too, with a format of its own.
type timelineOptions struct {
	options
	format oneFormat
}

func (a *app) timelineCommand() *cobra.Command {
	o := &timelineOptions{}
	cmd := &cobra.Command{
		Use:     "timeline [PATH|GLOB|DIR|-]…",
		GroupID: groupTriage,
		Short:   "show what happened to a user, in the order of time",
		Long: `timeline reads logs as scan does and shows sessions, codes and events in the order of time, the
row to look at first on top. With --user it shows what names that user, and what happened in the
sessions in which that user was logged in; a pseudonym from a report will do.

Exit codes: 0 shown · 2 usage, or no record names the user · 3 a named input is missing, unreadable
or damaged · 130 interrupted.`,
		Example: `  imtriage timeline --user u_alpha phone.log /var/log/app
  imtriage timeline --since 2h --class fatal,error /var/log/app
  imtriage timeline --user u_alpha --lang zh -f json=alpha.json phone.log`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage timeline . reads this folder, imtriage timeline - standard input", "what shall be read? no path is given")
			}
			return a.timeline(cmd.Context(), o, args)
		},
	}
	f := cmd.Flags()
	var names []string
	for _, format := range report.TimelineFormats() {
		names = append(names, format.Name)
	}
	o.format.flag(f, names...)
	pickFlags(f, func(f *pflag.FlagSet) { o.flags(f, a.defaultLang()) }, "lang", "verbose", "catalog", "extractors", "jobs", "progress")
	o.inputFlags.flags(f)
	o.filterFlags.flags(f)
	o.redactFlags.flags(f)
	f.Lookup("user").Usage = "what happened to these `UserIDs`, as the log spells them or as reports show them"
	f.BoolVar(&o.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	return cmd
}

func (a *app) writeTimeline(t target, r *report.Timeline, verbose bool) error {
	style := a.style()
	style.Verbose = verbose
	if t.file != "" {
		style.Color, style.Borders = false, false
	}
	formats := report.TimelineFormats()
	i := slices.IndexFunc(formats, func(f report.TimelineFormat) bool { return f.Name == t.name })
	return a.write(t, func(w io.Writer) error { return formats[i].Write(w, r, style) })
}
