package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// whyOptions are those of a batch run that a trace has too, with a format of its own.
type whyOptions struct {
	options
	format oneFormat
	rule   string
}

func (a *app) rulesWhy() *cobra.Command {
	o := &whyOptions{}
	cmd := &cobra.Command{
		Use:   "why FILE:LINE|TEXT|- [LOG…]",
		Short: "show what the rules make of a line, and why",
		Long: `why takes a line of a log and shows what was found in it and what became of it: each rule that
looks at it, what its condition measured, and in which verdict it is told.

FILE:LINE is judged within the whole file, and LOGs if any are named, as scan does. The lines are
those of imtriage cat: a finding has that of its code. TEXT is a line by itself, and - reads lines
from standard input; their zone is UTC where they do not say.

Exit codes: 0 shown · 2 usage, or nothing is found in the line · 3 a named input is missing,
unreadable or damaged · 130 interrupted.`,
		Example: `  imtriage rules why app.log:120
  imtriage rules why phone.log:7 server.log --rule usersig-expired
  imtriage rules why 'login failed, code: 70009, msg: sig check failed' -v`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage rules why app.log:120", "which line? none is given")
			}
			t, err := a.whyTarget(args[0], args[1:])
			if err != nil {
				return err
			}
			return a.why(cmd.Context(), o, t)
		},
	}
	f := cmd.Flags()
	o.format.flag(f, "table", "json")
	pickFlags(f, func(f *pflag.FlagSet) { o.flags(f, a.defaultLang()) }, "lang", "verbose", "jobs", "progress")
	o.overlays.flags(f)
	o.inputFlags.flags(f)
	o.redactFlags.flags(f)
	f.Lookup("verbose").Usage = "show rules too that speak of the same code, topic or event but do not select the line"
	f.StringVar(&o.rule, "rule", "", "show only the rule with this `id`, whether it looks at the line or not")
	f.BoolVar(&o.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	return cmd
}

// A whyTarget is what a trace is asked about: a line of a file, or a text.
type whyTarget struct {
	source string // "" for a text
	line   int64
	text   string
	paths  []string
}

// maxWhyText bounds the text of a target, in bytes.
const maxWhyText = 1 << 20

var fileLine = regexp.MustCompile(`^(.+):([0-9]{1,15})$`)

// whyTarget finds out what is asked about. What could be FILE:LINE is a text if no such file is there and it does not
// look like the name of one, as in code:6206.
func (a *app) whyTarget(word string, logs []string) (*whyTarget, error) {
	m := fileLine.FindStringSubmatch(word)
	switch {
	case word == "-":
		text, err := io.ReadAll(io.LimitReader(a.in, maxWhyText))
		if err != nil {
			return nil, &exitError{code: exitIncomplete, err: fmt.Errorf("read standard input: %w", err)}
		}
		if len(text) == maxWhyText {
			a.warn("only the first MiB is read")
		}
		word = string(text)
	case m != nil && (onDisk(container(m[1])) || strings.ContainsAny(m[1], "./\\") && !strings.ContainsAny(m[1], " \t")):
		line, _ := strconv.ParseInt(m[2], 10, 64) // cannot fail on fifteen digits
		path := container(m[1])
		return &whyTarget{source: filepath.Clean(m[1]), line: line, paths: append([]string{path}, logs...)}, nil
	case onDisk(word):
		return nil, usage("imtriage rules why "+word+":1", "%s: which line? say FILE:LINE", word)
	}
	if len(logs) > 0 {
		return nil, usage("say FILE:LINE for a line of a log", "a text is judged by itself, not within %s", logs[0])
	}
	return &whyTarget{text: word, paths: []string{"-"}}, nil
}

// container returns the file that holds an input: the archive, or the input itself.
func container(name string) string {
	if archive, _, member := strings.Cut(name, "!"); member && !onDisk(name) {
		return archive
	}
	return name
}

func onDisk(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// wants reports whether a place is one that is asked about.
func (t *whyTarget) wants(p *tally.Place) bool {
	return t.source == "" || p.Line == t.line && p.Piece == 0 && filepath.Clean(p.Source) == t.source
}

// plan reads the options for a target.
func (t *whyTarget) plan(a *app, o *whyOptions) (*plan, error) {
	p, err := a.plan(&o.options)
	if err != nil {
		return nil, err
	}
	if t.source == "" {
		p.inputs.Stdin = strings.NewReader(t.text)
		if o.tz == "" {
			p.inputs.Zone, p.zone = time.UTC, time.UTC
		}
	}
	if o.rule != "" && p.rules.Rule(o.rule) == nil {
		var ids []string
		for _, r := range p.rules.Rules() {
			ids = append(ids, r.ID)
		}
		hint := "imtriage rules list shows them"
		if near := yamlpos.DidYouMean(o.rule, ids); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return nil, usage(hint, "--rule: no rule %q", o.rule)
	}
	return p, nil
}

// nothing is the error of a target that holds no finding and no mark.
func (s *whySink) nothing(sum *tally.Summary) error {
	t := s.target
	what, hint := "no code and no event in it", "imtriage extractors try 'TEXT' shows why"
	if s.ok {
		what, hint = "only code 0 in it, a call that succeeded: no rule looks at it", ""
	}
	if t.source == "" {
		return usage(hint, "%s", what)
	}
	i := slices.IndexFunc(sum.Inputs, func(in tally.Input) bool { return filepath.Clean(in.Name) == t.source })
	switch {
	case i < 0:
		return usage("of archives and rotated logs name the line as reports do", "%s: no such input was read", t.source)
	case t.line == 0 || t.line > sum.Inputs[i].Lines:
		return usage("", "%s has no line %d, but %s", t.source, t.line, counted(sum.Inputs[i].Lines, "line"))
	case s.nearest > 0 && !s.ok:
		hint += fmt.Sprintf("; the nearest line that holds one is %s:%d", t.source, s.nearest)
	}
	return usage(hint, "%s:%d: %s", t.source, t.line, what)
}
