package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/report/timeline"
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

// someSeen is how many users are named to one who asked for another.
const someSeen = 10

// missing is the error of users whom no record names. It shows users as the redactor does.
func missing(users []string, c *timeline.Collector, r *redact.Redactor) error {
	seen, more := c.Seen()
	var ids, shown []string
	for _, u := range seen {
		ids = append(ids, u.ID)
		if len(shown) < someSeen {
			shown = append(shown, fmt.Sprintf("%s (%d)", r.User(u.ID), u.Count))
		}
	}
	list := "none"
	if len(shown) > 0 {
		list = strings.Join(shown, ", ")
	}
	if rest := len(seen) - len(shown); rest > 0 || more {
		atLeast := ""
		if more {
			atLeast = "at least "
		}
		list += fmt.Sprintf(" and %s%d more", atLeast, rest)
	}
	var hints []string
	if near := yamlpos.DidYouMean(users[0], ids); near != "" {
		hints = append(hints, fmt.Sprintf("did you mean %s?", r.User(near)))
	}
	if slices.ContainsFunc(ids, func(id string) bool { return r.User(id) != id }) {
		hints = append(hints, "--user takes these pseudonyms too, --reveal user shows the UserIDs")
	}
	subject := "user " + strings.Join(users, ", ") + " does"
	if len(users) > 1 {
		subject = "users " + strings.Join(users, ", ") + " do"
	}
	return usage(strings.Join(hints, " "), "%s not appear; seen: %s", subject, list)
}
