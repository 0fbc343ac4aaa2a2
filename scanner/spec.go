package scanner

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

//go:generate go run ./internal/gen

// A Pack is the content of one file of extractor specs: the source form is YAML, see
// scanner/specs for the built-in one and docs/extractors.md for the keys.
type Pack struct {
	Evidence   []Evidence `yaml:"evidence,omitempty" json:"evidence,omitempty"`
	Extractors []Spec     `yaml:"extractors,omitempty" json:"extractors,omitempty"`
	Fields     []Field    `yaml:"fields,omitempty" json:"fields,omitempty"`
}

// A Spec says how one kind of record presents a code or an event.
type Spec struct {
	Name   string           `yaml:"name" json:"name"`
	About  catalog.Text     `yaml:"about,omitempty" json:"about,omitzero"`
	Event  string           `yaml:"event,omitempty" json:"event,omitempty"` // makes it an extractor of marks
	Family []catalog.Family `yaml:"family,omitempty" json:"family,omitempty"`

	// Literals are searched first, without regard to ASCII case; the pattern runs only where one
	// of them begins, and must match there.
	Literals []string `yaml:"literals" json:"literals"`
	Pattern  string   `yaml:"pattern" json:"pattern"`
	// Before must match the end of what stands left of the literal in its line.
	Before string `yaml:"before,omitempty" json:"before,omitempty"`
	// Unless must not match there.
	Unless string `yaml:"unless,omitempty" json:"unless,omitempty"`
	// Lines is how many lines the pattern may run over; 0 means 1.
	Lines int `yaml:"lines,omitempty" json:"lines,omitempty"`

	// Weight is what the shape by itself is worth; a finding needs Threshold points in all.
	// A spec of a user's that gives none is believed.
	Weight *int `yaml:"weight,omitempty" json:"weight,omitempty"`
	// Yields names a spec before which this one steps back: where that one finds a code within 4 KiB on the line,
	// this one's is another's, such as the outer code of an app around an answer of IM.
	Yields string `yaml:"yields,omitempty" json:"yields,omitempty"`
	// Needs names groups of evidence of which the record must show at least one.
	Needs []string `yaml:"needs,omitempty" json:"needs,omitempty"`

	Samples []Sample `yaml:"samples" json:"-"`
	Rejects []string `yaml:"rejects,omitempty" json:"-"`
}

// A Sample is a record that a spec must match, and what must come of it.
type Sample struct {
	Line   string            `yaml:"line"`
	Codes  []int             `yaml:"codes,omitempty"`
	Fields map[string]string `yaml:"fields,omitempty"`
}

// Evidence is a group of words that make it more or less likely that a record is about IM.
type Evidence struct {
	Name   string           `yaml:"name" json:"name"`
	Weight int              `yaml:"weight" json:"weight"`
	Family []catalog.Family `yaml:"family,omitempty" json:"family,omitempty"`
	// Words are matched whole; a * at an end lifts that. Words with an upper-case letter are
	// matched as written, others without regard to ASCII case.
	Words []string `yaml:"words" json:"words"`
}

// A Field finds values that stand beside a code in its record.
type Field struct {
	Literals []string `yaml:"literals" json:"literals"`
	Before   string   `yaml:"before,omitempty" json:"before,omitempty"`
	Pattern  string   `yaml:"pattern" json:"pattern"` // its named groups are the keys

	Samples []Sample `yaml:"samples" json:"-"`
	Rejects []string `yaml:"rejects,omitempty" json:"-"`
}

// Threshold is how many points of evidence make a number a finding.
const Threshold = 10

// believed is the weight of a spec that gives none: enough against any evidence.
const believed = 100

//go:embed specs.json
var builtinSpecs []byte

var builtinPack = sync.OnceValue(func() Pack {
	var p Pack
	if err := json.Unmarshal(builtinSpecs, &p); err != nil {
		panic("scanner: embedded specs: " + err.Error())
	}
	return p
})

// Builtin returns the embedded specs, without their samples. Treat them as read-only.
func Builtin() Pack { return builtinPack() }

// ParsePack reads one file of specs. Its errors carry file, line and column, all of them at once.
// That samples match and rejects do not is checked by [Extractor.Check].
func ParsePack(file string, data []byte) (Pack, error) {
	p, _, err := parsePack(file, data)
	return p, err
}

func parsePack(file string, data []byte) (p Pack, doc *yamlpos.Doc, err error) {
	if doc, err = yamlpos.Decode(file, data, &p); err != nil {
		return Pack{}, doc, err
	}
	var errs []error
	report := func(path, format string, args ...any) {
		errs = append(errs, doc.Errorf(path, format, args...))
	}
	seen := map[string]bool{}
	for i, s := range p.Extractors {
		at := fmt.Sprintf("extractors[%d]", i)
		if s.Name == "" {
			report(at, "an extractor needs a name")
		} else if seen[s.Name] {
			report(at+".name", "a second extractor is named %q", s.Name)
		}
		seen[s.Name] = true
		groups := checkPattern(report, at, s.Literals, s.Pattern, s.Before)
		if _, err := regexp.Compile(s.Unless); err != nil {
			report(at+".unless", "%v", err)
		}
		if len(s.Samples) == 0 {
			report(at, "an extractor needs samples that it must match")
		}
		if _, ours := tally.EventNamed(s.Event); s.Event != "" && !ours && !strings.HasPrefix(s.Event, "x_") {
			report(at+".event", "unknown event %q; a free one begins with x_", s.Event)
		}
		if s.Event == "" && groups != nil && !slices.Contains(groups, "code") {
			report(at+".pattern", "a group (?P<code>…) or a key event is needed")
		}
		if s.Lines < 0 || s.Lines > 64 {
			report(at+".lines", "%d lines are too many, at most 64", s.Lines)
		}
	}
	for i, f := range p.Fields {
		checkPattern(report, fmt.Sprintf("fields[%d]", i), f.Literals, f.Pattern, f.Before)
	}
	for i, e := range p.Evidence {
		for j, w := range e.Words {
			if len(strings.Trim(w, "*")) < minLiteral {
				report(fmt.Sprintf("evidence[%d].words[%d]", i, j), "%q is shorter than %d bytes", w, minLiteral)
			}
		}
	}
	return p, doc, errors.Join(errs...)
}

// checkPattern reports what is wrong with a pattern and its literals and returns the names of its groups, nil
// if it does not compile.
func checkPattern(report func(path, format string, args ...any), at string, literals []string, pattern, before string) []string {
	groups := []string{}
	if len(literals) == 0 {
		report(at, "literals are missing: a pattern runs only where one of them begins")
	}
	for i, l := range literals {
		if len(l) < minLiteral {
			report(fmt.Sprintf("%s.literals[%d]", at, i), "%q is shorter than %d bytes", l, minLiteral)
		}
	}
	for _, x := range []struct{ key, text string }{{"pattern", pattern}, {"before", before}} {
		re, err := regexp.Compile(pieces.Replace(x.text))
		if err != nil {
			if e, ok := errors.AsType[*syntax.Error](err); ok {
				report(at+"."+x.key, "%s: %q", e.Code, e.Expr)
			} else {
				report(at+"."+x.key, "%v", err)
			}
			return nil
		}
		if x.key == "pattern" && re.MatchString("") {
			report(at+".pattern", "it matches nothing at all, so it would match everywhere")
		}
		for _, g := range re.SubexpNames() {
			if g == "" {
				continue
			}
			groups = append(groups, g)
			if g != "code" && g != "event" && !slices.Contains(tally.FieldKeys(), g) && !strings.HasPrefix(g, "x_") {
				what := "unknown group %q"
				if near := yamlpos.DidYouMean(g, append(tally.FieldKeys(), "code", "event")); near != "" {
					what += ", did you mean " + fmt.Sprintf("%q", near) + "?"
				} else {
					what += "; a free one begins with x_"
				}
				report(at+"."+x.key, what, g)
			}
		}
	}
	return groups
}
