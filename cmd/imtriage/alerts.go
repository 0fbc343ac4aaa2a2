package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
)

func (a *app) alertsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "alerts",
		GroupID: groupWatch,
		Short:   "check and try where alerts go",
		Long:    alertsHelp(),
		Args:    cobra.ArbitraryArgs,
		RunE:    group,
	}
	cmd.AddCommand(a.alertsCheck(), a.alertsTest())
	return cmd
}

func alertsHelp() string {
	var b strings.Builder
	b.WriteString("Receivers of alerts stand in " + configFile + " under alerts:, see docs/alerts.md. Their kinds:\n\n")
	for _, k := range alert.Kinds() {
		fmt.Fprintf(&b, "  %-9s %s\n", k.Name, k.About)
	}
	return b.String()
}

// alerts reads the receivers from the config file, with all that can be wrong about them; the
// dispatcher is nil where there are none.
func (a *app) alerts(o *overlays) (*alert.Dispatcher, *alert.Config, error) {
	c, doc, err := readConfig()
	if err != nil || c.Alerts == nil {
		return nil, nil, err
	}
	cat, err := o.loadCatalog()
	if err != nil {
		return nil, nil, err
	}
	set, err := o.loadRules(cat)
	if err != nil {
		return nil, nil, err
	}
	d, err := alert.Load(doc, c.Alerts, alert.Options{
		Env: a.env, ReadFile: os.ReadFile, Rules: set, Stdout: a.out, Now: a.now, Jitter: rand.Float64, Zone: a.local,
		Say: func(s string) { a.warn("%s", s) },
	})
	return d, c.Alerts, invalid(err)
}

// receivers is alerts for commands that are of no use without one.
func (a *app) receivers(cmd *cobra.Command, o *overlays) (*alert.Dispatcher, *alert.Config, error) {
	if err := a.settings(cmd); err != nil {
		return nil, nil, err
	}
	d, c, err := a.alerts(o)
	if err == nil && d == nil {
		err = usage("docs/alerts.md shows how", "%s has no alerts: no receiver is configured", configFile)
	}
	return d, c, err
}

func (a *app) alertsCheck() *cobra.Command {
	o := &overlays{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "look for faults in the receivers of alerts, without sending anything",
		Long: `check reads alerts: of ` + configFile + ` and names every fault with file, line and column: unknown
words, addresses that are not allowed, secrets that stand in the file or cannot be had, programs that
are not there. Nothing is sent.`,
		Example: `  imtriage alerts check
  DINGTALK_URL=… imtriage alerts check --rules own.yaml`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, c, err := a.receivers(cmd, o)
			if err != nil {
				return err
			}
			for _, name := range unrouted(c) {
				a.warn("no route leads to receiver %s", name)
			}
			_, err = fmt.Fprintf(a.out, "ok: %s, %s\n", counted(len(d.Names()), "receiver"), counted(len(c.Routes), "route"))
			return err
		},
	}
	pickFlags(cmd.Flags(), o.flags, "rules", "catalog", "env")
	return cmd
}

// unrouted lists the receivers that get nothing.
func unrouted(c *alert.Config) (names []string) {
	for _, r := range c.Receivers {
		if len(c.Routes) > 0 && !slices.ContainsFunc(c.Routes, func(t alert.RouteSpec) bool { return slices.Contains(t.To, r.Name) }) {
			names = append(names, r.Name)
		}
	}
	return names
}
