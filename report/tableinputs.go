package report

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// How many events, damaged inputs and other inputs are shown.
const (
	someMarks   = 8
	someDamaged = 10
	someInputs  = 5
)

// trouble writes the marks: failures as rows, the others on one line.
func (p *page) trouble() {
	var bad []Mark
	var other []string
	for _, m := range p.Marks {
		if m.Trouble {
			bad = append(bad, m)
		} else {
			other = append(other, Sanitize(m.Title)+" "+times(m.Count))
		}
	}
	if p.Totals.OK > 0 {
		other = append(other, "code 0 "+times(p.Totals.OK))
	}
	if len(bad) == 0 && len(other) == 0 {
		return
	}
	l := p.Lang
	if len(bad) > 0 {
		p.heading(wordTrouble, p.bold)
		n := p.shown(len(bad), someMarks)
		what := column{head: wordEvent.In(l), flex: true}
		count := column{head: wordCount.In(l), right: true}
		first := column{head: wordFirst.In(l), drop: 2}
		last := column{head: wordLast.In(l), drop: 1}
		for _, m := range bad[:n] {
			what.cells = append(what.cells, Sanitize(m.Title))
			count.cells = append(count.cells, number(m.Count))
			first.cells = append(first.cells, full(m.First, p.zone))
			last.cells = append(last.cells, full(m.Last, p.zone))
		}
		p.grid([]column{what, count, first, last})
		p.more(len(bad) - n)
	} else {
		p.b.WriteString("\n")
	}
	if len(other) > 0 {
		other[0] = wordAlso.In(l) + " " + other[0]
		p.joined("  ", other, p.dim)
	}
}

// inputs says what was read, and first and loudly what was not.
func (p *page) inputs() {
	var damaged, whole []tally.Input
	for _, in := range p.Inputs {
		if in.Complete {
			whole = append(whole, in)
		} else {
			damaged = append(damaged, in)
		}
	}
	notes := slices.ContainsFunc(p.Inputs, func(in tally.Input) bool { return len(in.Notes) > 0 || locked(&in.Health) })
	guessed := p.guessed()
	found := len(p.Codes)+len(p.Unknown)+len(p.Verdicts) > 0 || p.Totals.Marks > 0
	if len(damaged) == 0 && !found && !notes && len(guessed) == 0 && !p.style.Verbose {
		return // the headline has said it all
	}
	l := p.Lang
	p.heading(wordInputs, p.bold)
	n := p.shown(len(damaged), someDamaged)
	for _, in := range damaged[:n] {
		name := truncateStart(Sanitize(in.Name), p.width-4-displayed(wordIncomplete.In(l)))
		p.line("  " + p.class(catalog.Fatal, wordIncomplete.In(l)) + "  " + name)
		problem := Sanitize(in.Problem)
		if problem == "" {
			problem = wordNoReason.In(l)
		}
		p.para("    ", problem, unpainted)
		p.healthy(&in, "")
		p.joined("    ", []string{wordRead.In(l) + " " + p.amount(in)}, p.dim)
		for _, note := range in.Notes[:p.shown(len(in.Notes), 1)] {
			p.para("    ", Sanitize(note), p.dim)
		}
		p.started(&in, "")
	}
	p.more(len(damaged) - n)
	rows := whole[:p.shown(len(whole), someInputs)]
	name := column{head: wordInput.In(l), flex: true, path: true}
	kind := column{head: wordKind.In(l), drop: 3}
	lines := column{head: wordLines.In(l), right: true, drop: 1}
	size := column{head: wordSize.In(l), right: true, drop: 2}
	findings := column{head: wordFindings.In(l), right: true}
	for _, in := range rows {
		name.cells = append(name.cells, Sanitize(in.Name))
		kind.cells = append(kind.cells, truncate(Sanitize(in.Kind), 12))
		lines.cells = append(lines.cells, number(in.Lines))
		size.cells = append(size.cells, byteSize(in.Bytes))
		findings.cells = append(findings.cells, number(in.Findings))
	}
	if len(rows) > 0 {
		p.grid([]column{name, kind, lines, size, findings})
	}
	p.more(len(whole) - len(rows))
	for _, in := range rows {
		p.started(&in, Sanitize(in.Name)+": ")
		for _, note := range in.Notes[:p.shown(len(in.Notes), 1)] {
			p.para("    ", Sanitize(in.Name)+": "+Sanitize(note), p.dim)
		}
	}
	p.healths(whole)
	for _, s := range guessed {
		p.para("  ", s, unpainted)
	}
}

// healths says of inputs that were read whole what was not plain about it. What is locked is said of inputs that have no
// row too.
func (p *page) healths(whole []tally.Input) {
	whole = slices.DeleteFunc(slices.Clone(whole), func(in tally.Input) bool { return len(p.healthFacts(&in, p.style.Verbose)) == 0 })
	n := p.shown(len(whole), someDamaged)
	for _, in := range whole[:n] {
		p.healthy(&in, Sanitize(in.Name)+": ")
	}
	p.more(len(whole) - n)
}

// healthy says how an input was read, behind its name.
func (p *page) healthy(in *tally.Input, name string) {
	if facts := p.healthFacts(in, p.style.Verbose); len(facts) > 0 {
		p.para("    ", name+strings.Join(facts, comma(p.Lang)), unpainted)
	}
}

// started says which SDKs ran in an input, behind its name.
func (p *page) started(in *tally.Input, name string) {
	if !p.style.Verbose {
		return
	}
	for _, facts := range p.sessions(in, p.zone) {
		facts[0] = name + facts[0]
		p.joined("    ", facts, p.dim)
	}
}

// amount says how much of an input was read and found.
func (p *page) amount(in tally.Input) string {
	return nounLine.count(in.Lines, p.Lang) + comma(p.Lang) + byteSize(in.Bytes) + comma(p.Lang) +
		nounFinding.count(in.Findings, p.Lang)
}
