package report

import (
	"cmp"
	"strings"
)

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
		if n++; in.Complete && n > d.shown(n, someCodes) {
			continue
		}
		state := wordComplete.In(l)
		if !in.Complete {
			state = wordIncomplete.In(l) + ": " + in.Problem
		}
		d.row(in.Name, in.Kind, number(in.Lines), byteSize(in.Bytes), number(in.Findings),
			strings.Join(append([]string{state}, in.Notes...), "; "))
	}
}

// escapes makes every character plain that Markdown, its tables or HTML would act upon. The bar
// is an entity, because a backslash before it means different things in and outside of tables.
var escapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", "&#124;",
	// GitHub tells people named so, and makes links of issues and addresses, even in escaped text.
	"@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.",
)

// escape makes text of any origin safe inside a line of Markdown, behind something else.
func escape(s string) string { return escapes.Replace(strings.TrimSpace(Sanitize(s))) }

// span makes text of any origin a code span, in which only back-quotes act. Not for tables, whose
// bars it does not escape.
func span(s string) string {
	s = strings.TrimSpace(Sanitize(s))
	if !strings.Contains(s, "`") {
		return "`" + cmp.Or(s, " ") + "`"
	}
	fence := "``"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + " " + s + " " + fence
}

// destination makes a link fit to stand between angle brackets.
func destination(link string) string {
	return strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "\n", "", `\`, "%5C").Replace(Sanitize(link))
}
