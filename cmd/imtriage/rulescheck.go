package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

func (a *app) rulesCheck() *cobra.Command {
	o := &lookup{}
	cmd := &cobra.Command{
		Use:   "check FILE|DIR…",
		Short: "look for faults in own rules",
		Long: `check reads rules as --rules does and names every fault with file, line and column. Overrides are
tried in every environment that they name. What is no fault but most likely not meant so is a
warning, and so is what looks like a secret.`,
		Example: `  imtriage rules check own-rules.yaml --catalog own-codes.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.settings(cmd); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage rules check own-rules.yaml", "no file is given")
			}
			return a.checkRules(o, args)
		},
	}
	pickFlags(cmd.Flags(), o.overlays.flags, "catalog", "env")
	return cmd
}

func (a *app) checkRules(o *lookup, paths []string) error {
	cat, err := o.loadCatalog()
	if err != nil {
		return err
	}
	files, err := yamlFiles(paths)
	if err != nil {
		return invalid(err)
	}
	if len(files) == 0 {
		return usage("a folder is searched for *.yaml and *.yml", "%s: no YAML files", strings.Join(paths, " "))
	}
	o.rules = paths
	set, err := o.loadRules(cat)
	if err != nil {
		return err
	}
	n, envs := 0, []string(nil)
	for _, f := range files {
		if parsed, err := parseRules(f, cat); err == nil {
			n += len(parsed.Rules)
			for _, v := range parsed.Overrides {
				envs = append(envs, v.Env...)
			}
		}
	}
	if err := o.elsewhere(cat, envs); err != nil {
		return err
	}
	for _, w := range set.Lint(cat, a.now()) {
		fmt.Fprintln(a.err, report.Sanitize(w.String()))
	}
	for _, w := range secrets(files) {
		fmt.Fprintln(a.err, report.Sanitize(w.String()))
	}
	set = set.At(a.now())
	if n := set.Untested(); n > 0 {
		a.warn("%s no test: say in tests what it holds for and what not", have(n))
	}
	text := fmt.Sprintf("ok: %s, %s\n", counted(len(files), "file"), counted(n, "rule")) + cost(set.Cost(cat))
	_, err = fmt.Fprint(a.out, text)
	return err
}

// have writes that so many rules have something.
func have(n int) string {
	if n == 1 {
		return "1 rule has"
	}
	return fmt.Sprintf("%d rules have", n)
}

// elsewhere finds the faults of overrides for environments other than the one that was asked for.
func (o *lookup) elsewhere(cat *catalog.Catalog, envs []string) error {
	var all yamlpos.Errors
	slices.Sort(envs)
	for _, env := range slices.Compact(envs) {
		there := o.overlays
		there.env = env
		_, err := there.loadRules(cat)
		if faults, ok := errors.AsType[yamlpos.Errors](err); ok {
			all = append(all, faults...)
		} else if err != nil {
			return err
		}
	}
	if err := all.Err(); err != nil {
		return invalid(slices.Compact(all))
	}
	return nil
}

// cost says in a line what the timed rules in force take.
func cost(c rules.Cost) string {
	if c.Rules == 0 {
		return ""
	}
	most := "mark " + c.Event
	if c.Event == "" {
		most = fmt.Sprintf("code %s/%d", c.Code.Family, c.Code.Code)
	}
	text := fmt.Sprintf("cost: %s in force with %s", counted(c.Rules, "timed rule"), counted(c.Selections, "selection"))
	if c.Codes > 0 {
		text += fmt.Sprintf("; records of %s are kept", counted(c.Codes, "code"))
	}
	if c.Most > 0 {
		text += fmt.Sprintf("; at most %s at one record (%s)", look(c.Most), most)
	}
	return text + "\n"
}

// look writes that so many rules look.
func look(n int) string {
	if n == 1 {
		return "1 rule looks"
	}
	return fmt.Sprintf("%d rules look", n)
}

// secrets finds what gives access to something: a file of rules is shared and its logs are copied
// from somewhere.
func secrets(files []catalog.File) (found []rules.Warning) {
	r, err := redact.New(redact.Options{})
	if err != nil {
		return nil // the defaults are known kinds
	}
	for _, f := range files {
		line, at := 1, 0
		text := string(f.Data)
		for _, s := range r.Find(text) {
			if !slices.Contains([]redact.Kind{redact.UserSig, redact.Key, redact.Token}, s.Kind) {
				continue
			}
			line += strings.Count(text[at:s.Start], "\n")
			at = s.Start
			col := utf8.RuneCountInString(text[strings.LastIndexByte(text[:at], '\n')+1:at]) + 1
			found = append(found, rules.Warning{File: f.Name, Line: line, Col: col, What: fmt.Sprintf("looks like a secret (%s): put a made-up text in its place", s.Kind)})
		}
	}
	return found
}
