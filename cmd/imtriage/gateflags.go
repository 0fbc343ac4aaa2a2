package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/gate"
	"github.com/imtriage/imtriage/rules"
)

// gateFlags say what stops a pipeline.
type gateFlags struct {
	failOn, noFailOn conditions
	failCount        int64
	gateExit         int
}

func (o *gateFlags) flags(f *pflag.FlagSet) {
	f.Var(&o.failOn, "fail-on", "exit 1 on this `condition`: a class (or worse), unknown, code:N, topic:T, retry:R, verdict[:RULE]; may be repeated")
	f.Var(&o.noFailOn, "no-fail-on", "never exit 1 because of this `condition`")
	f.Int64Var(&o.failCount, "fail-count", 1, "exit 1 only from `n` such findings on")
	f.IntVar(&o.gateExit, "gate-exit", exitGate, "exit `code` of a reached gate")
}

func (o *gateFlags) compile() (*gate.Gate, error) {
	if o.failCount < 1 {
		return nil, usage("", "--fail-count: %d is less than 1", o.failCount)
	}
	if o.gateExit < 0 || o.gateExit > 125 {
		return nil, usage("", "--gate-exit: %d is not within 0 to 125", o.gateExit)
	}
	g := &gate.Gate{Count: o.failCount}
	var err error
	if g.On, err = gate.Parse(o.failOn); err != nil {
		return nil, usage("", "--fail-on: %v", err)
	}
	if g.Off, err = gate.Parse(o.noFailOn); err != nil {
		return nil, usage("", "--no-fail-on: %v", err)
	}
	return g, nil
}

// knownVerdicts refuses conditions on rules that do not exist.
func knownVerdicts(g *gate.Gate, set *rules.Set) error {
	for _, list := range []struct {
		flag string
		ids  []string
	}{{"fail-on", g.On.Verdicts()}, {"no-fail-on", g.Off.Verdicts()}} {
		for _, id := range list.ids {
			if set.Rule(id) == nil {
				return usage("imtriage rules list shows the rules", "--%s verdict:%s: no rule has this id", list.flag, id)
			}
		}
	}
	return nil
}

// conditions is the value of --fail-on: words between commas, none of them empty, because a gate
// that an unset variable opens would never be noticed.
type conditions []string

// Set implements [pflag.Value].
func (c *conditions) Set(s string) error {
	for word := range strings.SplitSeq(s, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			return gate.ErrEmpty
		}
		*c = append(*c, word)
	}
	return nil
}

// String implements [pflag.Value].
func (c *conditions) String() string {
	if len(*c) == 0 {
		return "" // which help takes for no default
	}
	return "[" + strings.Join(*c, ",") + "]"
}

// Type implements [pflag.Value].
func (c *conditions) Type() string { return "conditions" }
