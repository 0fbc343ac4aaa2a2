package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// A whyTrace is what was found out about some lines, and how it is shown.
type whyTrace struct {
	lines    []whyLine
	sum      *tally.Summary
	verdicts []rules.Verdict

	plan *plan
	only string // id of the rule that is asked for; "": all that look at the line
	near bool   // those too that only come near it
}

// page shows every line that is asked about.
func (w *whyTrace) page(p *page) error {
	for i := range w.lines {
		if i > 0 {
			p.println("")
		}
		w.line(p, &w.lines[i])
	}
	return p.err
}

// place returns where a line stands, its raw text and fields.
func (l *whyLine) place() (at *tally.Place, text string, fields tally.Fields) {
	if l.finding != nil {
		return &l.finding.Place, l.finding.Text, l.finding.Fields
	}
	return &l.mark.Place, l.mark.Text, l.mark.Fields
}

func (l *whyLine) value(key string) string {
	if l.finding != nil {
		return l.finding.Value(key)
	}
	return l.mark.Value(key)
}

// line shows one finding or mark.
func (w *whyTrace) line(p *page, line *whyLine) {
	l := w.plan.lang
	at, text, fields := line.place()
	text, fields = tally.Redact(w.plan.redactor, text, fields)
	head := fmt.Sprintf("%s:%d:%d", at.Source, at.Line, at.Column)
	if !at.Time.IsZero() {
		head += " · " + w.time(at.Time)
	}
	if at.TimeGuessed {
		head += inParens(wordGuessed.In(l), l)
	}
	p.para(styleDim, head)
	if r := []rune(text); len(r) > shownRecord {
		text = string(r[:shownRecord]) + "…"
	}
	p.hanging("  ", "", report.Sanitize(text), "")
	p.println("")
	title, class := w.title(line)
	p.para(classStyle(class), title)
	var rows []row
	add := func(label catalog.Text, text string) {
		if text != "" {
			rows = append(rows, row{label: label, paras: []string{report.Sanitize(text)}})
		}
	}
	add(labelFoundBy, w.foundBy(line))
	if f := line.finding; f != nil {
		add(labelProduct, w.product(f))
		add(labelSense, strings.Join(slices.DeleteFunc([]string{
			class.Title(l), line.value(tally.DerivedCategory), topicTitle(f.Entry, l),
		}, func(s string) bool { return s == "" }), " · "))
	}
	for _, key := range []string{tally.DerivedLevel, tally.DerivedSource, tally.DerivedExtractor} {
		if v := line.value(key); v != "" {
			fields = append(fields, tally.Field{Key: key, Value: v})
		}
	}
	add(labelTestable, fieldList(fields))
	shown := w.judgements(line)
	var absent []string // there can be many, of which there is only one thing to say
	for i := range shown {
		j := &shown[i]
		if j.Fate == rules.FateAbsent && j.By == "" {
			absent = append(absent, j.Rule.ID)
			continue
		}
		add(fateTitles[j.Fate], j.Rule.ID+" · "+w.judgement(j))
	}
	if len(absent) > 0 {
		add(fateTitles[rules.FateAbsent], strings.Join(absent, " ")+" · "+wordAbsent.In(l))
	}
	if len(shown) == 0 {
		add(wordRulesHead, wordNoRuleSees.In(l))
	}
	add(labelInTheEnd, w.inTheEnd(line))
	wide := 0
	for _, r := range rows {
		wide = max(wide, columns(r.label.In(l)))
	}
	for _, r := range rows {
		p.hanging("  "+pad(r.label.In(l), wide)+"  ", styleDim, r.paras[0], "")
	}
}

// title says what was found, and how bad it is.
func (w *whyTrace) title(line *whyLine) (string, catalog.Class) {
	l := w.plan.lang
	if m := line.mark; m != nil {
		title := fmt.Sprintf(wordEventTitle.In(l), m.Event)
		if e, ours := tally.EventNamed(m.Event); ours {
			title += " · " + e.Title.In(l)
		}
		return title, catalog.Warning
	}
	f := line.finding
	title := codeName(f.Family, f.Code) + " · "
	if f.Entry == nil {
		return title + wordNoEntry.In(l), catalog.Error
	}
	return title + f.Entry.Title().In(l), f.Entry.Class
}

func topicTitle(e *catalog.Entry, l catalog.Lang) string {
	if e == nil {
		return ""
	}
	return e.Topic.Title(l)
}

// foundBy names the extractor, and what its finding is worth, if the record alone tells.
func (w *whyTrace) foundBy(line *whyLine) string {
	name := line.value(tally.DerivedExtractor)
	if t := w.trial(line); t != nil {
		return name + " · " + fmt.Sprintf(wordPoints.In(w.plan.lang), t.Points, scanner.Threshold) + inParens(strings.Join(t.Reasons, ", "), w.plan.lang)
	}
	return name
}

// trial tries the record once more, for what speaks for it; nil if it takes more than the record to find it.
func (w *whyTrace) trial(line *whyLine) *scanner.Trial {
	_, text, _ := line.place()
	trials := w.plan.extractor.Try(text)
	for i := range trials {
		t := &trials[i]
		same := line.finding != nil && t.Code == line.finding.Code && t.Event == "" || line.mark != nil && t.Event == line.mark.Event
		if t.Accepted && same && t.Extractor == line.value(tally.DerivedExtractor) {
			return t
		}
	}
	return nil
}

// product says why the code is one of its family.
func (w *whyTrace) product(f *tally.Finding) string {
	l := w.plan.lang
	why := wordOfEvidence
	i := slices.IndexFunc(w.plan.extractor.Specs(), func(s *scanner.Spec) bool { return s.Name == f.Extractor })
	switch {
	case len(w.plan.catalog.Find(f.Code)) == 1 && f.Entry != nil:
		why = wordOnlySense
	case i >= 0 && slices.Contains(w.plan.extractor.Specs()[i].Family, f.Family):
		why = wordOfHint
	}
	text := string(f.Family) + inParens(why.In(l), l)
	if len(f.Alternatives) > 0 {
		text += separator(l) + fmt.Sprintf(wordOrAlso.In(l), strings.Join(words(f.Alternatives), " "))
	}
	return text
}

// judgements returns those of the rules that are shown.
func (w *whyTrace) judgements(line *whyLine) []rules.Judgement {
	return slices.DeleteFunc(slices.Clone(line.decision.Judgements), func(j rules.Judgement) bool {
		if w.only != "" {
			return j.Rule.ID != w.only
		}
		return j.Fate == rules.FateUnselected && !(w.near && j.Near)
	})
}

// inTheEnd says in which verdicts a record is told.
func (w *whyTrace) inTheEnd(line *whyLine) string {
	l, d := w.plan.lang, &line.decision
	var parts []string
	for _, n := range d.Told {
		parts = append(parts, fmt.Sprintf(wordEndTold.In(l), n, w.verdicts[n-1].Rule))
	}
	if n := d.Symptom; n > 0 {
		symptom := fmt.Sprintf(wordEndSymptom.In(l), n, w.verdicts[n-1].Rule)
		if d.Partly {
			symptom += comma(l) + wordEndPartly.In(l)
		}
		parts = append(parts, symptom)
	}
	if len(parts) > 0 {
		return strings.Join(parts, separator(l))
	}
	if m := line.mark; m != nil {
		if e, ours := tally.EventNamed(m.Event); ours && !e.Trouble {
			return wordNoTrouble.In(l)
		}
	}
	return wordUnexplained.In(l)
}
