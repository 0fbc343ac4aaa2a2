// Package gate decides whether what was found must stop a pipeline.
package gate

import (
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
	on, off []term
	// Count is how many findings it takes in all; 0 means 1. A verdict counts as one.
	Count int64
}

// A term is one condition of --fail-on or --no-fail-on.
type term struct {
	text    string
	code    func(*tally.Code) bool
	verdict func(*rules.Verdict) bool
}

// kinds are what a term may begin with.
var kinds = []string{"fatal", "error", "warning", "info", "unknown", "code:", "topic:", "retry:", "verdict", "verdict:"}

// New parses the conditions: a class (that class or worse), unknown, code:N, topic:T, retry:R,
// verdict or verdict:ID. What off matches never counts.
func New(on, off []string, count int64) (*Gate, error) {
	g := &Gate{Count: count}
	for _, list := range []struct {
		words []string
		terms *[]term
	}{{on, &g.on}, {off, &g.off}} {
		for _, w := range list.words {
			t, err := parse(strings.TrimSpace(w))
			if err != nil {
				return nil, err
			}
			*list.terms = append(*list.terms, t)
		}
	}
	if count < 0 {
		return nil, fmt.Errorf("a gate cannot count %d findings", count)
	}
	return g, nil
}

func parse(word string) (term, error) {
	t := term{text: word}
	kind, arg, _ := strings.Cut(word, ":")
	if class, err := catalog.ParseClass(kind); err == nil && arg == "" {
		t.code = func(c *tally.Code) bool { return c.Class >= class }
		return t, nil
	}
	switch {
	case word == "unknown":
		t.code = func(c *tally.Code) bool { return c.Entry == nil }
	case kind == "code":
		n, err := strconv.Atoi(arg)
		if err != nil {
			return t, fmt.Errorf("gate %q: %q is not a code, want a number with its sign", word, arg)
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

// Verdicts lists the rule ids that the gate names, so that a caller can refuse unknown ones.
func (g *Gate) Verdicts() (ids []string) {
	for _, t := range slices.Concat(g.on, g.off) {
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
	for _, c := range slices.Concat(sum.Codes, sum.Unknown) {
		if t := match(g.on, &c); t != nil && match(g.off, &c) == nil {
			o.Count += c.Count
			o.Reasons = append(o.Reasons, fmt.Sprintf("%d ×%d (%s)", c.Code, c.Count, t.text))
		}
	}
	if sum.UnknownOther > 0 && slices.ContainsFunc(g.on, func(t term) bool { return t.text == "unknown" }) {
		o.Count += sum.UnknownOther
		o.Reasons = append(o.Reasons, fmt.Sprintf("other unknown codes ×%d (unknown)", sum.UnknownOther))
	}
	for i := range verdicts {
		v := &verdicts[i]
		holds := func(t term) bool { return t.verdict != nil && t.verdict(v) }
		if slices.ContainsFunc(g.on, holds) && !slices.ContainsFunc(g.off, holds) {
			o.Count++
			o.Reasons = append(o.Reasons, fmt.Sprintf("verdict %s", v.Rule))
		}
	}
	o.Reached = o.Count > 0 && o.Count >= g.Count
	return o
}

func match(terms []term, c *tally.Code) *term {
	for i := range terms {
		if terms[i].code != nil && terms[i].code(c) {
			return &terms[i]
		}
	}
	return nil
}
