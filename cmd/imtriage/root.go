package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// The groups of commands in help.
const (
	groupTriage   = "triage"
	groupWatch    = "watch"
	groupMaintain = "maintain"
)

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "imtriage",
		Short: "find, explain and gate Tencent Cloud IM error codes in logs",
		Long: `imtriage finds every Tencent Cloud IM error code in logs and says what each means, who is
hit since when, and what to do.

  imtriage scan LOG…     reads logs and prints a report   (imtriage LOG… does the same)
  imtriage explain CODE  says what a code means           (imtriage 70001 does the same)

Nothing is sent anywhere, but to receivers of alerts that you configure.`,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownWord(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		hint := "run " + cmd.CommandPath() + " --help"
		if word, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
			if near := yamlpos.DidYouMean(word, names); near != "" {
				hint = fmt.Sprintf("did you mean --%s?", near)
			}
		}
		return usage(hint, "%v", err)
	})
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.AddGroup(
		&cobra.Group{ID: groupTriage, Title: "Triage:"},
		&cobra.Group{ID: groupWatch, Title: "Watch and gate:"},
		&cobra.Group{ID: groupMaintain, Title: "Maintain:"},
	)
	root.SetHelpCommandGroupID(groupMaintain)
	root.SetCompletionCommandGroupID(groupMaintain)
	root.AddCommand(
		a.scanCommand(), a.explainCommand(), a.timelineCommand(), a.followCommand(), a.alertsCommand(),
		a.catalogCommand(), a.extractorsCommand(), a.rulesCommand(), a.redactCommand(), a.mergeCommand(), a.catCommand(), a.versionCommand(),
	)
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			c.Run, c.RunE = nil, help
		}
	}
	return root
}

// help is cobra's, but that a word it does not know is an error.
func help(cmd *cobra.Command, args []string) error {
	of, rest, err := cmd.Root().Find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return unknownWord(of, rest[0])
	}
	of.InitDefaultHelpFlag()
	return of.Help()
}

func unknownWord(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := "run " + cmd.CommandPath() + " --help"
	if !cmd.HasParent() {
		hint = "no such command, file or code; " + hint
	}
	if near := yamlpos.DidYouMean(word, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return usage(hint, "unknown command %q", word)
}
