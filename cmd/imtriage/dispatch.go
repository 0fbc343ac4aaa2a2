package main

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
)

var negative = regexp.MustCompile(`^-\d+$`)

// dispatch lets a code or a path stand for the command that wants it, wherever among the flags it
// stands, and keeps the sign of a negative code from being read as a flag.
func (a *app) dispatch(root *cobra.Command, args []string) []string {
	all := &options{} // scan has every flag that explain has
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.flags(flags, "")
	at := wordsAmong(flags, args)
	for _, i := range at {
		word := args[i]
		switch {
		case isCommand(root, word):
			// First, because cobra cannot know which flags before it take a value.
			args = slices.Insert(slices.Delete(slices.Clone(args), i, i+1), 0, word)
		case looksLikeCode(word):
			args = slices.Insert(slices.Clone(args), 0, "explain")
		case word == "-" || exists(word):
			args = slices.Insert(slices.Clone(args), 0, "scan")
		default:
			continue
		}
		return signs(args)
	}
	return args
}

// wordsAmong returns the indices of what is neither a flag nor the value of one.
func wordsAmong(flags *pflag.FlagSet, args []string) (at []int) {
	takesNext := func(f *pflag.Flag) bool { return f != nil && f.NoOptDefVal == "" }
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			for i++; i < len(args); i++ {
				at = append(at, i)
			}
		case strings.HasPrefix(arg, "--"):
			if name, _, hasValue := strings.Cut(arg[2:], "="); !hasValue && takesNext(flags.Lookup(name)) {
				i++
			}
		case arg == "-" || negative.MatchString(arg) || !strings.HasPrefix(arg, "-"):
			at = append(at, i)
		default:
			for j := 1; j < len(arg); j++ {
				if arg[j] < 0x80 && takesNext(flags.ShorthandLookup(arg[j:j+1])) {
					if j == len(arg)-1 {
						i++
					}
					break
				}
			}
		}
	}
	return at
}

// isCommand knows cobra's own commands too: those of completion begin with underscores.
func isCommand(root *cobra.Command, word string) bool {
	return word == "completion" || strings.HasPrefix(word, "__") ||
		slices.ContainsFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == word })
}

// signs replaces the minus of negative codes where a command takes codes as arguments. What
// follows -- is safe as it is, and elsewhere a minus may begin the name of a file.
func signs(args []string) []string {
	takesCodes := args[0] == "explain" ||
		args[0] == "catalog" && (slices.Contains(args, "stub") || slices.Contains(args, "search"))
	if !takesCodes {
		return args
	}
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "--" {
			break
		}
		if negative.MatchString(arg) {
			out[i] = "−" + arg[1:] // U+2212, which explain reads as a sign
		}
	}
	return out
}

// looksLikeCode reports whether a word is a number or a constant of the catalog.
func looksLikeCode(word string) bool {
	digits := strings.TrimLeft(word, "-−")
	return digits != "" && strings.Trim(digits, "0123456789") == "" || len(catalog.Builtin().BySymbol(word)) > 0
}

// exists reports whether a word names a file or is a pattern for names.
func exists(path string) bool {
	if _, err := os.Stat(path); err == nil {
		return true
	}
	return strings.ContainsAny(path, "*?[{")
}
