package rules

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// maxFaults bounds the faults of one file that are reported.
const maxFaults = 100

// A parser turns the wire form into rules and collects the faults.
type parser struct {
	cat        *catalog.Catalog
	doc        *yamlpos.Doc
	categories []string
	errs       yamlpos.Errors
	unread     int // how many of errs come from decoding
}

// full reports whether no more faults are wanted.
func (p *parser) full() bool { return len(p.errs) >= maxFaults }

func (p *parser) fail(path, format string, args ...any) {
	if !p.full() {
		p.errs = append(p.errs, p.doc.Errorf(path, format, args...))
	}
}

// readable reports whether decoding found nothing wrong below a path. Of what could not be read
// nobody can say that it is missing.
func (p *parser) readable(path string) bool {
	for _, e := range p.errs[:p.unread] {
		if rest, below := strings.CutPrefix(e.Path, path); below && (rest == "" || strings.ContainsAny(rest[:1], ".[")) {
			return false
		}
	}
	return true
}

var idText = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const maxID = 64

// rule checks a rule and converts it.
func (p *parser) rule(path string, y *ruleYAML) Rule {
	r := Rule{
		ID: y.ID, Title: y.Title, Fallback: y.Fallback, AskVendor: y.AskVendor, Links: y.Links,
		Disabled: y.Disabled, Reason: y.Reason,
		When:     Condition{Select: p.selection(path+".when.select", &y.When.Select), Share: y.When.Share},
		Explains: p.selection(path+".explains", &y.Explains),
	}
	if y.Class != "" {
		r.Class = word[catalog.Class](p, path+".class", "class", y.Class, classes())
	}
	p.bounds(path+".when", &y.When, &r.When)
	for i, s := range y.Remedy {
		r.Remedy = append(r.Remedy, p.step(at(path+".remedy", i), &s))
	}
	for i, l := range y.Links {
		if u, err := url.Parse(l); err != nil || u.Scheme != "https" || u.Host == "" {
			p.fail(at(path+".links", i), "%.64q is no https link", l)
		}
	}
	switch {
	case y.ID == "" && p.readable(path):
		p.fail(path+".id", "no id given")
	case y.ID != "" && (!idText.MatchString(y.ID) || len(y.ID) > maxID):
		p.fail(path+".id", "want at most %d lower-case letters and digits, words joined by hyphens, got %.80q", maxID, y.ID)
	}
	p.required(path, &r)
	return r
}

// required finds out what a rule lacks.
func (p *parser) required(path string, r *Rule) {
	switch {
	case r.Disabled && strings.TrimSpace(r.Reason) == "":
		p.fail(path+".disabled", "a rule that is switched off needs a reason")
	case !r.Disabled && r.Reason != "":
		p.fail(path+".reason", "a reason is given only with disabled: true")
	}
	if !p.readable(path) || r.Disabled && r.When.Select.IsZero() {
		return
	}
	p.text(path+".title", r.Title)
	if r.When.Select.IsZero() {
		p.fail(path+".when.select", "selects nothing, name codes, categories, topics, classes, families, known or events")
	}
	if len(r.Remedy) == 0 {
		p.fail(path+".remedy", "no steps given: say what to do first")
	}
}

// text checks that both languages are there.
func (p *parser) text(path string, t catalog.Text) {
	for _, l := range catalog.Langs() {
		text := t.EN
		if l == catalog.ZH {
			text = t.ZH
		}
		if strings.TrimSpace(text) == "" && p.readable(path) {
			p.fail(path+"."+string(l), "no text in language %s", l)
		}
	}
}

func (p *parser) step(path string, y *stepYAML) Step {
	p.text(path+".do", y.Do)
	s := Step{Do: y.Do}
	if y.Owner == "" {
		if p.readable(path) {
			p.fail(path+".owner", "no owner given, want one of %s", strings.Join(names(Owners()), ", "))
		}
		return s
	}
	s.Owner = word[Owner](p, path+".owner", "owner", y.Owner, names(Owners()))
	return s
}

// bounds checks and converts the numbers of a condition.
func (p *parser) bounds(path string, y *conditionYAML, c *Condition) {
	if c.Count = y.Count; !c.Count.IsZero() && c.Count.rising() && c.Count.Limits[0].Value < 1 {
		p.fail(path+".count", "want at least 1, got %s", c.Count)
	}
	if y.Users != nil {
		if c.Users = *y.Users; c.Users < 1 {
			p.fail(path+".users", "want at least 1, got %d", c.Users)
		}
	}
	if len(c.Select.Events) == 0 || c.Select.picksFindings() {
		return
	}
	const unfit = "is counted over findings, but only events are selected"
	if c.Share > 0 {
		p.fail(path+".share", unfit)
	}
	if c.Users > 0 {
		p.fail(path+".users", unfit)
	}
}

// word converts a word of a vocabulary, or fails with a guess.
func word[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](p *parser, path, what, given string, words []string) (v T) {
	if P(&v).UnmarshalText([]byte(given)) == nil || p.full() {
		return v
	}
	hint := suggest(given, words)
	if hint == "" {
		hint = ", want one of " + strings.Join(words, ", ")
	}
	p.fail(path, "unknown %s %.64q%s", what, given, hint)
	return v
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (o *Owner) UnmarshalText(b []byte) error {
	if ownerTitles[Owner(b)].IsZero() {
		return fmt.Errorf("unknown owner %q, want one of %q", b, Owners())
	}
	*o = Owner(b)
	return nil
}
