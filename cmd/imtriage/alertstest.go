package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/report"
)

func (a *app) alertsTest() *cobra.Command {
	o := &overlays{}
	cmd := &cobra.Command{
		Use:   "test [NAME]…",
		Short: "send sample alerts to receivers and say what they answer",
		Long: `test sends one sample alert of each turn (raised, repeated, cleared) to the named receivers, or to all
of them whatever the routes say, and prints what each answered. A sample says that it is none.

Exit codes: 0 all were taken · 1 one was not · 2 faults in the configuration.`,
		Example: `  imtriage alerts test
  imtriage alerts test on-call`,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, _, err := a.receivers(cmd, o)
			if err != nil {
				return err
			}
			for _, name := range args {
				if !slices.Contains(d.Names(), name) {
					return usage(didYouMean(name, d.Names()), "no receiver %q in %s", name, configFile)
				}
			}
			return a.testAlerts(cmd, d, args)
		},
	}
	pickFlags(cmd.Flags(), o.flags, "rules", "catalog", "env")
	return cmd
}

func (a *app) testAlerts(cmd *cobra.Command, d *alert.Dispatcher, names []string) error {
	failed := false
	var writeErr error
	wanted := func(name string) bool { return len(names) == 0 || slices.Contains(names, name) }
	d.Try(cmd.Context(), wanted, func(t alert.Trial) {
		said, outcome := t.Answer, "ok"
		if t.Err != nil {
			failed, outcome, said = true, "FAILED", t.Err.Error()
		}
		_, err := fmt.Fprintf(a.out, "%s (%s) %s: %s: %s\n", t.Receiver, t.Kind, t.Turn, outcome, report.Sanitize(said))
		writeErr = cmp.Or(writeErr, err)
	})
	switch {
	case cmd.Context().Err() != nil:
		return &exitError{code: exitInterrupt, err: fmt.Errorf("interrupted: not all receivers were tried")}
	case writeErr != nil:
		return writeErr
	case failed:
		return &exitError{code: exitGate}
	}
	return nil
}
