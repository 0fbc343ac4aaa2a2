// Package gate decides whether what was found must stop a pipeline.
package gate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// A Gate is a list of conditions. The zero value lets everything pass.
type Gate struct {
	On  Conditions
	Off Conditions // what it matches never counts
	// Count is how many findings it takes in all; 0 means 1. A verdict counts as one.
	Count int64
}

// Conditions are what [Parse] reads; one of them is enough.
type Conditions []term

// A term is one condition of --fail-on or --no-fail-on.
type term struct {
	text    string
	code    func(*tally.Code) bool
	verdict func(*rules.Verdict) bool
}

// kinds are what a term may begin with.
var kinds = []string{"fatal", "error", "warning", "info", "unknown", "code:", "topic:", "retry:", "verdict", "verdict:"}

// ErrEmpty is the error of a condition without a word: it would let everything pass unnoticed.
var ErrEmpty = errors.New("an empty condition")

// Parse reads conditions: a class (that class or worse), unknown, code:N, topic:T, retry:R,
// verdict or verdict:ID. The error is that of the first one that is none.
func Parse(conditions []string) (Conditions, error) {
	var out Conditions
	for _, c := range conditions {
		t, err := parse(strings.TrimSpace(c))
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func parse(word string) (term, error) {
	t := term{text: word}
	kind, arg, _ := strings.Cut(word, ":")
	if class, err := catalog.ParseClass(kind); err == nil && arg == "" {
		t.code = func(c *tally.Code) bool { return c.Class >= class }
		return t, nil
	}
	switch {
	case word == "":
		return t, ErrEmpty
	case word == "unknown":
		t.code = func(c *tally.Code) bool { return c.Entry == nil }
	case kind == "code":
		n, err := strconv.Atoi(arg)
		if err != nil {
			return t, fmt.Errorf("gate %q: %q is not a code, want a number with its sign", word, arg)
		}
		if n == 0 {
			return t, fmt.Errorf("gate %q: code 0 is success, never a finding", word)
		}
		t.code = func(c *tally.Code) bool { return c.Code == n }
	case kind == "topic":
		if !slices.Contains(catalog.Topics(), catalog.Topic(arg)) {
			return t, fmt.Errorf("gate %q: unknown topic%s; topics: %s", word, maybe(arg, words(catalog.Topics())), strings.Join(words(catalog.Topics()), " "))
		}
		t.code = func(c *tally.Code) bool { return c.Topic == catalog.Topic(arg) }
	case kind == "retry":
		if !slices.Contains(catalog.Retries(), catalog.Retry(arg)) {
			return t, fmt.Errorf("gate %q: unknown retry%s; one of: %s", word, maybe(arg, words(catalog.Retries())), strings.Join(words(catalog.Retries()), " "))
		}
		t.code = func(c *tally.Code) bool { return c.Entry != nil && c.Entry.Retry == catalog.Retry(arg) }
	case kind == "verdict":
		t.verdict = func(v *rules.Verdict) bool { return arg == "" || v.Rule == arg }
	default:
		return t, fmt.Errorf("unknown gate %q%s; want a class, unknown, code:N, topic:T, retry:R or verdict[:RULE]", word, maybe(word, kinds))
	}
	return t, nil
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

func maybe(word string, list []string) string {
	if near := yamlpos.DidYouMean(word, list); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}

// Verdicts lists the rule ids that are named, so that a caller can refuse unknown ones.
func (c Conditions) Verdicts() (ids []string) {
	for _, t := range c {
		if id, ok := strings.CutPrefix(t.text, "verdict:"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// An Outcome is what a gate found.
type Outcome struct {
	Reached bool
	Count   int64    // of gated findings
	Reasons []string // such as "70009 ×12 (fatal)", in the order of the report
}

// Check holds a summary and its verdicts against the gate.
func (g *Gate) Check(sum *tally.Summary, verdicts []rules.Verdict) Outcome {
	var o Outcome
	count := func(c *tally.Code, name string) {
		if t := g.On.match(c); t != nil && g.Off.match(c) == nil {
			o.Count += c.Count
			o.Reasons = append(o.Reasons, fmt.Sprintf("%s ×%d (%s)", name, c.Count, t.text))
		}
	}
	for _, c := range slices.Concat(sum.Codes, sum.Unknown) {
		count(&c, strconv.Itoa(c.Code))
	}
	if sum.UnknownOther > 0 {
		// Their numbers are lost; 0 is none of them, and nothing that a condition can name.
		count(&tally.Code{Class: catalog.Error, Count: sum.UnknownOther}, "other unknown codes")
	}
	for i := range verdicts {
		v := &verdicts[i]
		holds := func(t term) bool { return t.verdict != nil && t.verdict(v) }
		if slices.ContainsFunc(g.On, holds) && !slices.ContainsFunc(g.Off, holds) {
			o.Count++
			o.Reasons = append(o.Reasons, fmt.Sprintf("verdict %s", v.Rule))
		}
	}
	o.Reached = o.Count > 0 && o.Count >= g.Count
	return o
}

// match returns the first condition that a code meets, or nil.
func (c Conditions) match(code *tally.Code) *term {
	for i := range c {
		if c[i].code != nil && c[i].code(code) {
			return &c[i]
		}
	}
	return nil
}
