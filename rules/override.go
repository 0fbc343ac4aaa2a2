package rules

import (
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// An Override changes a rule that stands before it: one of the same file, of an earlier one or of
// the pack. What is not given stays as it is.
type Override struct {
	ID string
	// Env names the environments that it holds in; nil: all.
	Env []string

	Class    catalog.Class
	Count    Bound
	Share    Percent
	Users    int
	Within   Duration // of a rule that has a window
	Factor   float64  // of a spike
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
			p.fail(path+".factor", "want a factor above 1 and up to %d, got %v", maxFactor, o.Factor)
		}
	}
	if o.Count.rising() && !o.Count.IsZero() && o.Count.Limits[0].Value < 1 {
		p.fail(path+".count", "want at least 1, got %s", o.Count)
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

// override changes the rule that an override of a file names, if it holds in the environment, and
// returns what does not go together then.
func (s *Set) override(env string, o *Override, doc *yamlpos.Doc) (errs yamlpos.Errors) {
	at := position{doc, o.path}
	i := s.index(o.ID)
	switch {
	case i < 0:
		return yamlpos.Errors{at.errorf("id", "no rule %q to change%s", o.ID, suggest(o.ID, s.ids()))}
	case o.Env != nil && !slices.Contains(o.Env, env):
		return nil
	case o.Within > 0 && s.rules[i].When.Within == 0:
		return yamlpos.Errors{at.errorf("within", "rule %q has no window that could be changed", o.ID)}
	case o.Factor > 0 && s.rules[i].When.Spike == nil:
		return yamlpos.Errors{at.errorf("factor", "rule %q is no spike", o.ID)}
	}
	before := s.rules[i].check()
	o.apply(&s.rules[i])
	if o.Disabled != nil {
		s.places[i].off = at
	}
	for _, f := range s.rules[i].check() {
		if !slices.Contains(before, f) {
			errs = append(errs, at.errorf(o.given(f.key), "in rule %q, %s: %s", o.ID, f.key, f.what))
		}
	}
	return errs
}

// apply changes a rule.
func (o *Override) apply(r *Rule) {
	w := &r.When
	if o.Class != 0 {
		r.Class = o.Class
	}
	if !o.Count.IsZero() {
		w.Count = o.Count
	}
	if o.Share > 0 {
		w.Share = o.Share
	}
	if o.Users > 0 {
		w.Users = o.Users
	}
	if o.Within > 0 {
		w.Within = o.Within
	}
	if o.Factor > 0 {
		spike := *w.Spike
		spike.Factor = o.Factor
		w.Spike = &spike
	}
	if o.Cooldown.Time > 0 {
		r.Cooldown = o.Cooldown
	}
	if o.Disabled != nil {
		r.Disabled, r.Reason, r.Until = *o.Disabled, "", time.Time{}
		if r.Disabled {
			r.Reason, r.Until = o.Reason, o.Until
		}
	}
}

// given returns the key of an override under which that of a rule is given, or "".
func (o *Override) given(key string) string {
	last := key[strings.LastIndexByte(key, '.')+1:]
	if slices.Contains([]string{"count", "share", "users", "within", "factor", "cooldown"}, last) {
		return last
	}
	return ""
}
