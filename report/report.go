// Package report turns what was found into something to read.
//
// [New] builds one neutral [Report] from a summary and the verdicts: texts resolved in one
// language, everything joined, sorted and ready. A [Format] only writes it down: it never counts,
// never sorts and never asks the catalog. [Formats] lists them; help, completion and validation
// read that list.
//
//	r := report.New(sum, verdicts, report.Options{Lang: catalog.ZH})
//	f, err := report.Find("table")
//	…
//	err = f.Write(os.Stdout, r, report.Style{Width: 100})
//
// Findings as they happen go through [NDJSON] instead. The forms of JSON are a contract: see
// package [github.com/imtriage/imtriage/report/schema].
//
// Whatever comes from a log was written by strangers. Formats for readers pass it through
// [Sanitize] and escape it for their medium; redaction has happened before, in package tally.
package report

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// Options choose how a report is built. The zero value is an English report of no named tool.
type Options struct {
	Lang catalog.Lang // "" means English
	Tool Tool
}

// A Tool names the program that made a report.
type Tool struct {
	Name    string
	Version string
}

// A Report is everything that formats show, in one language. It is plain data, read-only once
// built, and may be written in several formats at a time.
type Report struct {
	Lang catalog.Lang
	Tool Tool

	Inputs     []tally.Input // by name
	Totals     tally.Totals
	Classes    []tally.ClassCount    // all classes, worst first
	Categories []tally.CategoryCount // by findings, then name
	Topics     []tally.TopicCount

	Verdicts []Verdict // in the order of rules.Set.Evaluate, worst first
	Codes    []Code    // that the catalog knows: by class, count, code, family
	Unknown  []Code    // that it does not: by count, code, family
	Marks    []Mark    // by event

	Explained rules.Explanation // how much of it specific verdicts account for

	// UnknownOther counts findings of unknown numbers beyond those listed.
	UnknownOther int64
	// Incomplete counts the inputs of which less was read than there was: while it is not 0,
	// nothing here may be taken for "no errors".
	Incomplete int
	// Guessed is what the logs do not tell and was guessed.
	Guessed Guesses
	// First and Last bound the times of all findings and verdicts; zero if none has a time.
	First, Last time.Time
}

// New builds the report of a summary and of the verdicts that rules came to. Both are left alone.
func New(sum *tally.Summary, verdicts []rules.Verdict, o Options) *Report {
	if o.Lang == "" {
		o.Lang = catalog.EN
	}
	r := &Report{
		Lang: o.Lang, Tool: o.Tool,
		Inputs: sum.Inputs, Totals: sum.Totals, Classes: sum.Classes,
		Categories: sum.Categories, Topics: sum.Topics, UnknownOther: sum.UnknownOther, Guessed: guesses(sum.Inputs),
	}
	for i := range sum.Inputs {
		if !sum.Inputs[i].Complete {
			r.Incomplete++
		}
	}
	r.Codes = newCodes(sum.Codes, r.Lang)
	r.Unknown = newCodes(sum.Unknown, r.Lang)
	for _, m := range sum.Marks {
		r.Marks = append(r.Marks, newMark(m, r.Lang))
	}
	r.Verdicts = newVerdicts(verdicts, r.Lang)
	r.Explained = rules.Explain(sum, verdicts)
	r.link()
	r.bound()
	return r
}

// link tells every code which verdict tells most of it: one that names it as its own, or one that explains it.
func (r *Report) link() {
	at := make(map[tally.Key]*Code, len(r.Codes)+len(r.Unknown))
	for _, list := range [][]Code{r.Codes, r.Unknown} {
		for i := range list {
			at[list[i].Key()] = &list[i]
		}
	}
	own := make(map[tally.Key]int64)
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		for j, k := range v.Codes {
			own[k] = max(own[k], v.Counts[j])
			if c := at[k]; c != nil && c.Verdict == 0 {
				c.Verdict = i + 1
			}
		}
	}
	for i := range r.Verdicts {
		for _, e := range r.Verdicts[i].Explains {
			if c := at[e.Key]; c != nil && (c.Verdict == 0 || !c.Symptom && e.Explained > own[e.Key]) {
				c.Verdict, c.Symptom = i+1, true
			}
		}
	}
}

// bound sets First and Last.
func (r *Report) bound() {
	add := func(first, last time.Time) {
		if !first.IsZero() && (r.First.IsZero() || first.Before(r.First)) {
			r.First = first
		}
		if last.After(r.Last) {
			r.Last = last
		}
	}
	for _, c := range r.Codes {
		add(c.First, c.Last)
	}
	for _, c := range r.Unknown {
		add(c.First, c.Last)
	}
	for _, v := range r.Verdicts {
		add(v.First, v.Last)
	}
}
