package rules

import (
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// An Override changes a rule that stands before it: one of the same file, of an earlier one or of
// the pack. What is not given stays as it is.
type Override struct {
	ID string
	// Env names the environments that it holds in; nil: all.
	Env []string

	Class    catalog.Class // 0: stays
	Count    Bound
	Share    Percent
	Users    int
	Within   Duration
	Factor   float64 // of a spike
	Cooldown Cooldown

	// Disabled switches the rule off or on; Reason and Until are those of a [Rule] that is off.
	Disabled *bool
	Reason   string
	Until    time.Time

	path string // in its file
}

// override checks an override and converts it.
func (p *parser) override(path string, y *overrideYAML) Override {
	o := Override{
		ID: y.ID, Count: y.Count, Share: y.Share, Within: y.Within, Disabled: y.Disabled, Reason: y.Reason, Until: y.Until.Time,
		Users: positive(p, path+".users", y.Users), Cooldown: p.cooldown(path+".cooldown", y.Cooldown), path: path,
	}
	p.id(path, y.ID)
	for _, e := range p.expand(path+".env", y.Env.words, y.Env.single) {
		o.Env = append(o.Env, e.text)
		if !nameText.MatchString(e.text) {
			p.fail(e.path, "%.64q is no name of an environment, want one such as prod", e.text)
		}
	}
	if y.Env.words != nil && len(y.Env.words) == 0 {
		p.fail(path+".env", "the list is empty; an override without env holds everywhere")
	}
	if y.Class != "" {
		o.Class = word[catalog.Class](p, path+".class", "class", y.Class, classes())
	}
	if y.Factor != nil {
		if o.Factor = *y.Factor; o.Factor <= 1 || o.Factor > maxFactor {
			p.fail(path+".factor", "want a factor above 1 and up to %v, got %v", maxFactor, o.Factor)
		}
	}
	off := y.Disabled != nil && *y.Disabled
	switch {
	case off && strings.TrimSpace(y.Reason) == "":
		p.fail(path+".disabled", "a rule that is switched off needs a reason")
	case !off && !y.Until.IsZero():
		p.fail(path+".until", "a day is given only with disabled: true, which it ends")
	}
	if p.readable(path) && y.Class == "" && y.Count.IsZero() && y.Share == 0 && y.Users == nil && y.Within == 0 &&
		y.Factor == nil && y.Cooldown == nil && y.Disabled == nil {
		p.fail(path, "changes nothing, want class, count, share, users, within, factor, cooldown or disabled")
	}
	return o
}
