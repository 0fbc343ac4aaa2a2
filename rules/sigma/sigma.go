// Package sigma reads Sigma rules, detections and the correlations over them, as rules of ours.
//
//	title: Signature refused again and again
//	correlation:
//	  type: event_count
//	  rules: [signature_refused]
//	  group-by: [user]
//	  timespan: 5m
//	  condition: {gte: 3}
//	level: high
//	---
//	name: signature_refused
//	detection:
//	  selection: {code: [70001, 70003], api|contains: login}
//	  condition: selection
//
// [Is] tells such a file from one of ours, [Parse] reads it. What it cannot say in our terms is a
// fault with its place; nothing is left out silently but notes for people (author, tags, dates,
// logsource: a rule looks at all inputs).
//
// # Fields
//
// In a detection code, family, category, topic, class and event pick findings and marks as the
// keys codes, families … of our selections do. Other names are those of fields, in lower-case
// words joined by _: User is our user. What is no field of ours ([tally.FieldKeys],
// [tally.DerivedKeys]) becomes a free one: ComputerName is x_computer_name, http.method
// x_http_method, and EventID, by custom, x_eventid; extractors of one's own fill them. Keywords
// are searched in the whole record. Values match without regard to case unless cased or re is
// given; * and ? are wildcards; an empty value means that the field is not there.
//
// # Correlations
//
// event_count is a count, value_count a distinct, value_sum, value_avg, value_median and
// value_percentile are the measures of the same names, temporal is of, temporal_ordered a
// sequence, all within the timespan and by group-by. A window slides with the records and
// excludes its far end. The rules that a correlation names stand in the same file, separated by
// ---, and are no rules of their own unless it says generate: true. In a chain a temporal
// correlation may name an event_count with the same timespan and group-by: all must then lie
// within one timespan, which is the narrower reading of the specification. An alias must stand for
// one field in all rules.
//
// # Verdicts
//
// The id is sigma- and the name, without a name the id, without that the title. critical is
// fatal, high error, medium warning, low and informational info. The title stands in both
// languages; what to do is the description, since Sigma has nothing nearer. Rules whose status is
// deprecated or unsupported are passed over.
package sigma

import (
	"errors"
	"regexp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

var ofSigma = regexp.MustCompile(`(?m)^["']?(?:detection|correlation)["']?[ \t]*:`)

// Is reports whether a file of rules is one of Sigma: it has detection or correlation at the top.
func Is(data []byte) bool { return ofSigma.Match(data) }

// Parse reads a file of Sigma rules, one or more documents. The catalog says which codes and
// categories there are; it should hold the user's overlays. The error is of type [yamlpos.Errors]
// and holds all faults.
func Parse(name string, data []byte, cat *catalog.Catalog) (*rules.File, error) {
	roots, docs, err := yamlpos.DecodeAll[yamlpos.Node](name, data)
	r := &reader{cat: cat, byName: make(map[string]*document), ids: make(map[string]bool)}
	if err != nil && (!errors.As(err, &r.errs) || len(roots) == 0) {
		return nil, err
	}
	for i := range roots {
		r.document(&roots[i], docs[i])
	}
	for _, d := range r.documents {
		r.correlateOnce(d)
	}
	list, stand := r.rules()
	if err := r.errs.Err(); err != nil {
		return nil, err
	}
	return rules.NewFile(name, list, stand), nil
}

// maxFaults bounds the faults of one file that are reported.
const maxFaults = 100

// A reader turns documents into rules and collects the faults.
type reader struct {
	cat       *catalog.Catalog
	documents []*document          // in the order of the file
	byName    map[string]*document // by name and by id
	ids       map[string]bool      // of the rules so far
	spent     int                  // of maxValues
	errs      yamlpos.Errors
}

func (r *reader) fail(n *yamlpos.Node, format string, args ...any) {
	if len(r.errs) < maxFaults {
		r.errs = append(r.errs, n.Errorf(format, args...))
	}
}

// text returns the text of a value that is there, or "" after a fault.
func (r *reader) text(n *yamlpos.Node) string {
	if n.Kind > yamlpos.Scalar {
		r.fail(n, "want a text, got %s", n.Kind)
	}
	return n.Text
}

// list returns the values of a list of texts, for which a single text may stand.
func (r *reader) list(n *yamlpos.Node) []yamlpos.Node {
	switch n.Kind {
	case yamlpos.Scalar:
		return []yamlpos.Node{*n}
	case yamlpos.Mapping:
		r.fail(n, "want a text or a list, got %s", n.Kind)
	case yamlpos.List:
		var out []yamlpos.Node
		for i := range n.Items {
			if r.text(&n.Items[i]); n.Items[i].Kind == yamlpos.Scalar {
				out = append(out, n.Items[i])
			}
		}
		return out
	}
	return nil
}

// flag returns a truth value.
func (r *reader) flag(n *yamlpos.Node) bool {
	if n.Kind != 0 && (n.Text != "true" && n.Text != "false" || n.Quoted) {
		r.fail(n, "want true or false")
	}
	return n.Text == "true"
}
