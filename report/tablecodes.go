package report

import (
	"slices"
	"strconv"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// How many rows of codes and of unknown codes are shown.
const (
	someCodes   = 20
	fewCodes    = 8 // so many may take two lines each
	someUnknown = 5
)

func (p *page) codes() {
	if len(p.Codes) == 0 {
		return
	}
	p.heading(wordCodes, p.bold)
	p.joined("  ", []string{p.sums()}, p.dim)
	p.byClass()
	n := p.shown(len(p.Codes), someCodes)
	shown := p.grid(p.codeColumns(p.Codes[:n]))
	p.more(len(p.Codes) - n)
	if slices.ContainsFunc(shown, func(c column) bool { return c.head == refHead }) {
		p.para("  ", wordSymptomNote.In(p.Lang), p.dim)
	}
	if p.style.Verbose {
		for i := range p.Codes {
			p.detail(&p.Codes[i])
		}
	}
}

// refHead is the head of the column that points to verdicts.
const refHead = "#"

// byClass says how the findings fall into classes.
func (p *page) byClass() {
	var parts []string
	for _, c := range p.Classes {
		if c.Findings > 0 {
			parts = append(parts, p.class(c.Class, c.Class.Title(p.Lang)+" "+number(c.Findings)))
		}
	}
	p.joined("  ", parts, unpainted)
}

// codeColumns lays codes out. The first column to go is where, then the others by how little the
// verdicts above would leave unsaid without them.
func (p *page) codeColumns(codes []Code) []column {
	l := p.Lang
	class := column{head: wordClass.In(l), drop: 1}
	code := column{head: wordCode.In(l), right: true}
	why := column{head: refHead, drop: 4}
	what := column{head: wordMeaning.In(l), flex: true, cut: len(codes) > fewCodes && !p.style.Verbose}
	count := column{head: wordCount.In(l), right: true}
	who := column{head: wordUsers.In(l), right: true, drop: 2}
	first := column{head: wordFirst.In(l), drop: 6}
	last := column{head: wordLast.In(l), drop: 5}
	trend := column{head: wordTrend.In(l), drop: 3}
	where := column{head: wordWhere.In(l), drop: 7}
	cells := 8
	if p.width >= 110 {
		cells = 16
	}
	for i := range codes {
		c := &codes[i]
		class.cells = append(class.cells, p.class(c.Class, c.Class.Title(l)))
		code.cells = append(code.cells, codeText(c))
		why.cells = append(why.cells, verdictRef(c))
		what.cells = append(what.cells, Sanitize(c.Title))
		count.cells = append(count.cells, number(c.Count))
		who.cells = append(who.cells, approximately(c.Users, c.UsersApprox))
		first.cells = append(first.cells, p.short(c.First))
		last.cells = append(last.cells, p.short(c.Last))
		trend.cells = append(trend.cells, sparkline(&c.Histogram, p.First, p.Last, cells))
		where.cells = append(where.cells, truncate(topNames(c), 28))
	}
	return []column{class, code, why, what, count, who, first, last, trend, where}
}

// verdictRef points to the verdict above that a code belongs to.
func verdictRef(c *Code) string {
	switch {
	case c.Verdict == 0:
		return ""
	case c.Symptom:
		return "↳" + strconv.Itoa(c.Verdict)
	}
	return "#" + strconv.Itoa(c.Verdict)
}

func approximately(n int, approx bool) string {
	switch {
	case n == 0:
		return ""
	case approx:
		return "~" + number(int64(n))
	}
	return number(int64(n))
}

// topNames names the busiest host and API of a code.
func topNames(c *Code) string {
	s := topName(c.Hosts)
	if api := topName(c.APIs); api != "" {
		if s != "" {
			s += ", "
		}
		s += api
	}
	return s
}

func topName(counts []tally.NameCount) string {
	switch len(counts) {
	case 0:
		return ""
	case 1:
		return Sanitize(counts[0].Name)
	}
	return Sanitize(counts[0].Name) + " +" + strconv.Itoa(len(counts)-1)
}

// short writes a time as exactly as its column needs: the headline has given the date.
func (p *page) short(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	first, last := p.First.In(p.zone), p.Last.In(p.zone)
	form := "01-02 15:04"
	switch {
	case first.Format(day) == last.Format(day):
		form = "15:04:05"
	case first.Year() != last.Year():
		form = day
	}
	return t.In(p.zone).Format(form)
}

// detail writes what the catalog says of a code.
func (p *page) detail(c *Code) {
	p.b.WriteString("\n")
	p.para("  "+codeText(c)+"  ", Sanitize(c.Meaning), unpainted)
	for _, t := range []struct {
		word catalog.Text
		text string
	}{{wordCause, c.Cause}, {wordFix, c.Fix}, {wordRetry, c.Retry.Title(p.Lang)}} {
		if t.text != "" {
			p.para("  "+p.dim(t.word.In(p.Lang))+"  ", Sanitize(t.text), unpainted)
		}
	}
	for i := range c.Samples[:p.shown(len(c.Samples), 1)] {
		p.evidence(&c.Samples[i], []tally.Key{c.Key()})
	}
}

func (p *page) unknown() {
	if len(p.Unknown) == 0 {
		return
	}
	p.heading(wordUnknowns, p.bold)
	n := p.shown(len(p.Unknown), someUnknown)
	codes := ""
	for i := range p.Unknown[:n] {
		c := &p.Unknown[i]
		codes += " " + codeText(c)
		p.para("  "+p.class(c.Class, codeText(c))+"  ",
			p.facts(c.Count, c.Users, c.UsersApprox, c.First, c.Last, p.zone), unpainted)
		if len(c.Samples) > 0 {
			p.evidence(&c.Samples[0], []tally.Key{c.Key()})
		}
	}
	p.more(len(p.Unknown) - n)
	p.para("  ", wordStub.In(p.Lang), p.dim)
	p.para("    ", "imtriage catalog stub"+codes, unpainted)
}
