package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

// followOptions are what was typed for a live run.
type followOptions struct {
	options
	state     string
	history   string
	fromStart bool
	poll      time.Duration
	listen    string
	tokenFile string
}

func (a *app) followCommand() *cobra.Command {
	o := &followOptions{}
	cmd := &cobra.Command{
		Use:     "follow PATH|GLOB|DIR|-…",
		GroupID: groupWatch,
		Short:   "read logs as they grow, through every rotation, and show what goes on",
		Long: `follow reads files from their end on as they grow, and goes on through rotation, truncation and deletion.
On a terminal it draws a dashboard (q leaves it); -f ndjson writes each finding as it is found. Verdicts
that begin and end are said on standard error and sent to the receivers of alerts: in ` + configFile + `.
With --state it goes on where it was stopped or killed, with counts that are exact.
When it is stopped (Ctrl-C, SIGTERM) it prints the report of what it saw.

Exit codes: 0 stopped · 1 stopped, and the gate (--fail-on) was reached · 2 usage.`,
		Example: `  imtriage follow /var/log/app/*.log
  imtriage follow --state /var/lib/imtriage/state --listen 127.0.0.1:9464 /var/log/app
  journalctl -fu app -o json | imtriage follow -f ndjson -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := a.configure(cmd.Flags()); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage follow /var/log/app", "what shall be followed? no path is given")
			}
			p, err := a.plan(&o.options)
			if err != nil {
				return err
			}
			if err := followable(p.targets); err != nil {
				return err
			}
			return a.follow(cmd.Context(), o, p, args)
		},
	}
	o.flags(cmd.Flags(), a.defaultLang())
	return cmd
}

// flags are those of the command, with their defaults.
func (o *followOptions) flags(f *pflag.FlagSet, lang string) {
	o.output.flags(f, lang)
	o.gateFlags.flags(f)
	// Not --last: the newest record is not known.
	pickFlags(f, o.filterFlags.flags, "since", "until", "code", "class", "category", "topic", "family", "user", "api", "host", "source", "grep")
	o.overlays.flags(f)
	o.redactFlags.flags(f)
	pickFlags(f, o.inputFlags.flags, "tz", "date", "encoding")
	f.IntVar(&o.samples, "samples", 5, "evidence kept for each code, `n` records")
	f.StringVar(&o.state, "state", "", "`file` that keeps where everything was read to, and the counts")
	f.StringVar(&o.history, "history", "", "`folder` for what was counted, a partial an hour, to merge later")
	f.BoolVar(&o.fromStart, "from-start", false, "read files that are there already from their start")
	f.DurationVar(&o.poll, "poll", time.Second, "look for new files and at idle ones every `duration`")
	f.StringVar(&o.listen, "listen", "", "serve the live page, /metrics, /healthz and /report.json at this `address`, such as 127.0.0.1:9464")
	f.StringVar(&o.tokenFile, "token-file", "", "`file` with the token that --listen asks for; needed for addresses that others can reach")
	o.progress, o.allowIncomplete = "never", true
}

// followable reports formats that a run without an end cannot write.
func followable(targets []target) error {
	for _, t := range targets {
		if t.name == formatPartial {
			return usage("imtriage scan -f partial reads finished logs", "follow does not write partials")
		}
		if t.name == formatNDJSON && t.file != "" {
			return usage("redirect standard output: imtriage follow -f ndjson … >>"+t.file, "follow writes ndjson to standard output only")
		}
	}
	return nil
}

// token reads the token of the server; "" without a file.
func (o *followOptions) token() (string, error) {
	if o.tokenFile == "" {
		return "", nil
	}
	b, err := os.ReadFile(o.tokenFile)
	if err != nil {
		return "", usage("", "--token-file: %v", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// server returns what --listen asks for, nil without it.
func (a *app) server(ctx context.Context, o *followOptions, p *plan, w *watch) (*serve.Server, error) {
	if o.listen == "" {
		return nil, nil
	}
	token, err := o.token()
	if err != nil {
		return nil, err
	}
	s, err := serve.New(serve.Options{
		Listen: o.listen, Token: token, State: w.live, Report: w.report, Health: w.health, Lang: p.lang, Now: a.now,
	})
	if err != nil {
		return nil, usage("", "--listen: %v", err)
	}
	addr, err := s.Listen(ctx)
	if err != nil {
		return nil, usage("", "--listen: %v", err)
	}
	a.note("listening on http://%s", addr)
	return s, nil
}
