package report

import (
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

func (d *document) codes() {
	if len(d.Codes) == 0 {
		return
	}
	l := d.Lang
	d.heading(wordCodes)
	d.printf("%s\n\n", escape(d.sums()))
	d.row(wordClass.In(l), wordCode.In(l), wordVerdict.In(l), wordMeaning.In(l), wordCount.In(l), wordUsers.In(l),
		wordFirst.In(l), wordLast.In(l), wordWhere.In(l))
	d.printf("|---|--:|---|---|--:|--:|---|---|---|\n")
	n := d.shown(len(d.Codes), someCodes)
	for i := range d.Codes[:n] {
		c := &d.Codes[i]
		d.row(c.Class.Title(l), codeText(c), strings.TrimPrefix(verdictRef(c), "#"), c.Title, number(c.Count),
			approximately(c.Users, c.UsersApprox), full(c.First, d.zone), full(c.Last, d.zone), topNames(c))
	}
	d.more(len(d.Codes) - n)
	d.printf("\n<details><summary>%s</summary>\n", escape(wordFix.In(l)))
	for i := range d.Codes[:n] {
		c := &d.Codes[i]
		d.printf("\n**%s** %s\n", codeText(c), escape(c.Meaning))
		for _, t := range []struct {
			word catalog.Text
			text string
		}{{wordCause, c.Cause}, {wordFix, c.Fix}, {wordRetry, c.Retry.Title(l)}} {
			if t.text != "" {
				d.printf("- %s: %s\n", escape(t.word.In(l)), escape(t.text))
			}
		}
	}
	d.printf("\n</details>\n")
}

func (d *document) unknown() {
	if len(d.Unknown) == 0 {
		return
	}
	d.heading(wordUnknowns)
	n := d.shown(len(d.Unknown), someUnknown)
	codes := ""
	for i := range d.Unknown[:n] {
		c := &d.Unknown[i]
		codes += " " + codeText(c)
		d.printf("- %s: %s\n", codeText(c), escape(d.facts(c.Count, c.Users, c.UsersApprox, c.First, c.Last, d.zone)))
		for j := range c.Samples[:min(len(c.Samples), 1)] {
			s := &c.Samples[j]
			d.printf("  %s %s\n", span(place(s, evidenceWidth)), span(excerpt(s.Text, evidenceWidth, c.Key())))
		}
	}
	d.more(len(d.Unknown) - n)
	d.printf("\n%s %s\n", escape(wordStub.In(d.Lang)), span("imtriage catalog stub"+codes))
}

func (d *document) marks() {
	if len(d.Marks) == 0 {
		return
	}
	l := d.Lang
	d.heading(wordEvents)
	d.row(wordEvent.In(l), wordCount.In(l), wordFirst.In(l), wordLast.In(l))
	d.printf("|---|--:|---|---|\n")
	for _, m := range d.Marks {
		d.row(m.Title, number(m.Count), full(m.First, d.zone), full(m.Last, d.zone))
	}
}

func (d *document) inputs() {
	if len(d.Inputs) == 0 {
		return
	}
	l := d.Lang
	d.heading(wordInputs)
	d.row(wordInput.In(l), wordKind.In(l), wordLines.In(l), wordSize.In(l), wordFindings.In(l), wordState.In(l))
	d.printf("|---|---|--:|--:|--:|---|\n")
	n := 0
	for _, in := range d.Inputs {
		// Damage is never left out, however many inputs there are.
		if n++; in.Complete && !locked(&in.Health) && n > d.shown(n, someCodes) {
			continue
		}
		state := wordComplete.In(l)
		if !in.Complete {
			state = wordIncomplete.In(l) + ": " + in.Problem
		}
		remarks := append([]string{state}, d.healthFacts(&in, d.style.Verbose)...)
		remarks = append(remarks, in.Notes...)
		if d.style.Verbose {
			for _, facts := range d.sessions(&in, d.zone) {
				remarks = append(remarks, strings.Join(facts, comma(l)))
			}
		}
		d.row(in.Name, in.Kind, number(in.Lines), byteSize(in.Bytes), number(in.Findings), strings.Join(remarks, "; "))
	}
	for _, s := range d.guessed() {
		d.printf("\n%s\n", escape(s))
	}
}

// row writes a row of a table.
func (d *document) row(cells ...string) {
	for _, s := range cells {
		d.b.WriteString("| " + escape(s) + " ")
	}
	d.b.WriteString("|\n")
}

// shown returns how many of n rows are shown.
func (d *document) shown(n, limit int) int {
	if d.style.Verbose {
		return n
	}
	return min(n, limit)
}

// more says how many rows were left out.
func (d *document) more(n int) {
	if n > 0 {
		d.printf("\n%s\n", escape(nounMore.count(int64(n), d.Lang)))
	}
}
