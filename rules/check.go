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
	unread     int                    // how many of errs come from decoding
	told       map[yamlpos.Error]bool // the others: a named list is read wherever it is used

	lists      map[string]*namedList
	selections map[string]*namedSelection
	weight     int // of all selections so far
	overweight bool
}

// full reports whether no more faults are wanted.
func (p *parser) full() bool { return len(p.errs) >= maxFaults }

// fail records a fault of a value.
func (p *parser) fail(path, format string, args ...any) {
	if !p.full() { // to find the place costs more than to see that nobody asks
		p.record(p.doc.Errorf(path, format, args...))
	}
}

// failKey records a fault of a key.
func (p *parser) failKey(path, format string, args ...any) {
	if !p.full() {
		p.record(p.doc.KeyErrorf(path, format, args...))
	}
}

func (p *parser) record(e yamlpos.Error) {
	if p.told[e] {
		return
	}
	if p.told == nil {
		p.told = make(map[yamlpos.Error]bool)
	}
	p.told[e] = true
	p.errs = append(p.errs, e)
}

// missing records that a value is not given, where everything around it could be read.
func (p *parser) missing(path, what string) {
	if around := path[:max(0, strings.LastIndexByte(path, '.'))]; p.readable(path) && p.readable(around) {
		p.fail(path, "%s", what)
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
		Disabled: y.Disabled, Reason: y.Reason, Until: y.Until.Time,
		When:     p.condition(path+".when", &y.When),
		Explains: p.given(path+".explains", y.Explains), Supersedes: y.Supersedes,
		Clear:    p.clear(path+".clear", y.Clear),
		Cooldown: p.cooldown(path+".cooldown", y.Cooldown),
	}
	if y.Class != "" {
		r.Class = word[catalog.Class](p, path+".class", "class", y.Class, classes())
	}
	for i, s := range y.Remedy {
		r.Remedy = append(r.Remedy, p.step(at(path+".remedy", i), &s))
	}
	for i, l := range y.Links {
		if u, err := url.Parse(l); err != nil || u.Scheme != "https" || u.Host == "" {
			p.fail(at(path+".links", i), "%.64q is no https link", l)
		}
	}
	p.id(path, y.ID)
	p.tell(path, r.check())
	p.required(path, &r, y.When.Select == nil)
	p.tests(path, &r, y.Tests)
	return r
}

// id checks the name of a rule.
func (p *parser) id(path, id string) {
	switch {
	case id == "":
		if p.readable(path) {
			p.fail(path+".id", "no id given")
		}
	case !idText.MatchString(id) || len(id) > maxID:
		p.fail(path+".id", "want at most %d lower-case letters and digits, words joined by hyphens, got %.80q", maxID, id)
	}
}

// picksNothing reports whether the rule has no selection of its own.
func (r *Rule) picksNothing() bool {
	return r.When.Select.IsZero() && len(r.When.Sequence)+len(r.When.Of) == 0
}

// required finds out what a rule lacks; bare says that it has no selection, not even an empty one.
func (p *parser) required(path string, r *Rule, bare bool) {
	switch {
	case r.Disabled && strings.TrimSpace(r.Reason) == "":
		p.fail(path+".disabled", "a rule that is switched off needs a reason")
	case !r.Disabled && r.Reason != "":
		p.fail(path+".reason", "a reason is given only with disabled: true")
	}
	if !r.Disabled && !r.Until.IsZero() {
		p.fail(path+".until", "a day is given only with disabled: true, which it ends")
	}
	if !p.readable(path) || r.Disabled && r.picksNothing() {
		return
	}
	p.text(path+".title", r.Title)
	if bare && r.picksNothing() {
		p.needed(path+".when.select", nil)
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
			p.fail(path+".owner", "no owner given, want one of %s", strings.Join(vocabulary(Owners()), ", "))
		}
		return s
	}
	s.Owner = word[Owner](p, path+".owner", "owner", y.Owner, vocabulary(Owners()))
	return s
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
