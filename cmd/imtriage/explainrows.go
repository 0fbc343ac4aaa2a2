package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// A row is one labelled part of an answer; text and Markdown show the same rows.
type row struct {
	label catalog.Text
	paras []string // sanitized
	links bool     // the paragraphs are addresses, which must not be broken
	aside bool     // of interest to few
}

// mayRetry is the first thing that anybody wants to know.
func mayRetry(e *catalog.Entry, l catalog.Lang) string {
	return sentence(e.Retry.Title(l), l)
}

// kind says in one line what sort of code it is.
func (q *inquiry) kind(e *catalog.Entry) string {
	l := q.lang
	parts := []string{e.Class.Title(l)}
	if title := q.cat.Section(e.Family, e.Section).Title.In(l); title != "" {
		parts = append(parts, report.Sanitize(title)+inParens(e.Category(), l))
	} else {
		parts = append(parts, e.Category())
	}
	parts = append(parts, e.Topic.Title(l))
	if len(e.Also) > 0 {
		parts = append(parts, wordAlsoIn.In(l)+" "+strings.Join(words(e.Also), " "))
	}
	return strings.Join(parts, " · ")
}

// rows returns what is known of a sense, in the order in which people need it.
func (q *inquiry) rows(x *answer, e *catalog.Entry) (out []row) {
	l := q.lang
	add := func(label catalog.Text, paras ...string) {
		var kept []string
		for _, p := range paras {
			if p = report.Sanitize(p); p != "" {
				kept = append(kept, p)
			}
		}
		if len(kept) > 0 {
			out = append(out, row{label: label, paras: kept})
		}
	}
	if x.seen != nil {
		add(labelFound, x.seen.lines(x.code, l)...)
	}
	add(labelSymbols, strings.Join(e.Symbols, " "))
	add(labelMeaning, e.Meaning().In(l))
	add(labelCause, e.Cause().In(l))
	add(labelFix, e.Fix().In(l))
	var limits, history []string
	for _, m := range e.Limits {
		limits = append(limits, limitText(m, l))
	}
	for _, h := range e.History {
		history = append(history, fmt.Sprintf(wordChange.In(l), h.When.In(l), h.Was.In(l), h.Now.In(l)))
	}
	add(labelLimits, limits...)
	add(labelCauses, q.titled(e.Causes, e.Family))
	add(labelSymptoms, q.titled(e.Symptoms, e.Family))
	add(labelHistory, history...)
	add(labelNote, q.notes(x, e)...)
	if len(e.Links) > 0 {
		add(labelLinks, e.Links...)
		out[len(out)-1].links = true
	}
	if list := q.sources(e); list != "" {
		add(labelSources, list)
		out[len(out)-1].aside = true
	}
	return out
}

func (q *inquiry) notes(x *answer, e *catalog.Entry) (notes []string) {
	l := q.lang
	if e.SelfHeals {
		notes = append(notes, wordHeals.In(l))
	}
	if e.AskVendor {
		notes = append(notes, wordVendor.In(l))
	}
	if x.note != "" {
		notes = append(notes, x.note)
	}
	if twin, _ := q.cat.Resolve(-x.code, e.Family); twin != nil && !twin.IsRange() && x.code != 0 {
		notes = append(notes, fmt.Sprintf(wordTwin.In(l), -x.code, twin.Title().In(l)))
	}
	if x.seen != nil && len(x.seen.others) > 0 {
		notes = append(notes, fmt.Sprintf(wordOtherSense.In(l), strings.Join(x.seen.others, " "), x.code))
	}
	return notes
}

// maxTitled is how many codes of a chain are shown; the export has all.
const maxTitled = 8

// titled lists codes with their titles; a number means what it does beside the entry's family.
func (q *inquiry) titled(codes []int, f catalog.Family) string {
	var list []string
	for i, code := range codes {
		if i == maxTitled && len(codes) > maxTitled+1 {
			list = append(list, fmt.Sprintf(wordAndMore.In(q.lang), len(codes)-i))
			break
		}
		s := strconv.Itoa(code)
		if e, _ := q.cat.Resolve(code, f); e != nil {
			s += " " + e.Title().In(q.lang)
		}
		list = append(list, s)
	}
	return strings.Join(list, separator(q.lang))
}

func (q *inquiry) sources(e *catalog.Entry) string {
	var list []string
	for _, id := range e.Sources {
		title, date := id, ""
		for _, s := range q.cat.Sources() {
			if s.ID == id {
				title, date = cmp.Or(s.Title.In(q.lang), id), s.Date
			}
		}
		if date != "" {
			title += inParens(date, q.lang)
		}
		list = append(list, title)
	}
	return strings.Join(list, separator(q.lang))
}
