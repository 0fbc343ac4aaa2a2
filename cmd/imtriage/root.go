package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
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

Nothing is sent anywhere.`,
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
		&cobra.Group{ID: groupMaintain, Title: "Maintain:"},
	)
	root.SetHelpCommandGroupID(groupMaintain)
	root.SetCompletionCommandGroupID(groupMaintain)
	root.AddCommand(
		a.scanCommand(), a.explainCommand(),
		a.catalogCommand(), a.extractorsCommand(), a.rulesCommand(), a.redactCommand(), a.mergeCommand(), a.versionCommand(),
	)
	return root
}

func unknownWord(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := "no such command, file or code; run imtriage --help"
	if near := yamlpos.DidYouMean(word, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return usage(hint, "unknown command %q", word)
}

var negative = regexp.MustCompile(`^-\d+$`)

// dispatch lets a code or a path stand for the command that wants it, and keeps the sign of a
// negative code from being read as a flag.
func (a *app) dispatch(root *cobra.Command, args []string) []string {
	first := 0
	for first < len(args) && strings.HasPrefix(args[first], "-") && args[first] != "-" && !negative.MatchString(args[first]) {
		first++
	}
	if first == len(args) {
		return args
	}
	word := args[first]
	if c, _, err := root.Find([]string{word}); err != nil || c == root {
		switch {
		case looksLikeCode(word):
			args = append([]string{"explain"}, args...)
		case word == "-" || exists(word):
			args = append([]string{"scan"}, args...)
		default:
			return args
		}
	} else if c.Name() != "explain" && c.Name() != "catalog" {
		return args
	}
	out := make([]string, len(args))
	for i, arg := range args {
		if negative.MatchString(arg) {
			arg = "−" + arg[1:] // U+2212, which explain reads as a sign
		}
		out[i] = arg
	}
	return out
}

// looksLikeCode reports whether a word is a number or a constant of the catalog.
func looksLikeCode(word string) bool {
	digits := strings.TrimLeft(word, "-−")
	return digits != "" && strings.Trim(digits, "0123456789") == "" || len(catalog.Builtin().BySymbol(word)) > 0
}

func exists(path string) bool {
	if _, err := os.Stat(path); err == nil {
		return true
	}
	return strings.ContainsAny(path, "*?[")
}
