package report

import (
	"cmp"
	"io"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A page is a table report while it is written. Everything on it is sanitized first, then broken
// to the width, then painted, in this order: styles have no width and must not be broken.
type page struct {
	*Report
	paint
	style Style
	width int
	zone  *time.Location
	b     strings.Builder
	err   error
}

func newPage(r *Report, s Style) *page {
	return &page{
		Report: r, paint: paint(s.Color), style: s,
		width: min(max(cmp.Or(s.Width, 80), 40), 400),
		zone:  cmp.Or(s.Zone, time.UTC),
	}
}

// writeTable answers on the first screen what broke, how bad it is, since when, who is hit, what
// to do and where the evidence is; the rows follow.
func writeTable(w io.Writer, r *Report, s Style) error {
	p := newPage(r, s)
	p.top()
	p.codes()
	p.unknown()
	p.trouble()
	p.inputs()
	p.foot()
	if p.err != nil {
		return p.err
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// line writes one line that fits already; what does not is cut, never broken.
func (p *page) line(s string) {
	s = strings.TrimRight(s, " ")
	if displayed(s) > p.width {
		s = truncate(s, p.width)
	}
	p.b.WriteString(s + "\n")
}

// heading starts a section.
func (p *page) heading(t catalog.Text, paint func(string) string) {
	p.b.WriteString("\n")
	p.line(paint(Sanitize(t.In(p.Lang))))
}

// para writes text broken to the width behind a first prefix, later lines indented as far.
func (p *page) para(prefix, text string, paint func(string) string) {
	indent := strings.Repeat(" ", displayed(prefix))
	for _, s := range Wrap(text, p.width-len(indent)) {
		p.line(prefix + paint(s))
		prefix = indent
	}
}

func unpainted(s string) string { return s }

// joined writes parts separated by dots behind a first prefix, broken between parts where it can, later lines
// indented as far.
func (p *page) joined(prefix string, parts []string, paint func(string) string) {
	line, indent := "", strings.Repeat(" ", displayed(prefix))
	flush := func() {
		if line != "" {
			p.para(prefix, line, paint)
			prefix = indent
		}
	}
	for _, s := range parts {
		switch {
		case s == "":
		case line == "":
			line = s
		case displayed(indent+line+" · "+s) <= p.width:
			line += " · " + s
		default:
			flush()
			line = s
		}
	}
	flush()
}

// grid writes a table of those columns for which there is room, and returns them.
func (p *page) grid(columns []column) []column {
	indent := "  "
	gap, edge := 2, 0
	if p.style.Borders {
		indent, gap, edge = "", 3, 2
	}
	columns, widths := fit(columns, p.width-len(indent), gap, edge)
	var b strings.Builder
	if err := writeGrid(&b, columns, widths, p.style.Borders); err != nil {
		p.err = cmp.Or(p.err, err)
		return nil
	}
	for i, s := range strings.Split(strings.TrimRight(b.String(), "\n"), "\n") {
		if i == 0 && !p.style.Borders {
			s = p.dim(s)
		}
		p.line(indent + s)
	}
	return columns
}

// top writes what must not be missed: damage, then what is wrong. With verdicts the first of them
// is the headline, without any the worst code is.
func (p *page) top() {
	if p.Incomplete > 0 {
		p.para(p.class(catalog.Fatal, wordIncomplete.In(p.Lang))+"  ", p.damage(), unpainted)
	}
	if s := p.explained(); s != "" {
		p.para("", s, p.bold)
		if s := p.unexplained(); s != "" {
			p.para("", s, unpainted)
		}
		p.b.WriteString("\n")
	}
	if len(p.Verdicts) > 0 {
		p.verdicts()
		return
	}
	h := p.headline(p.zone)
	switch {
	case h.class != 0:
		p.para(p.class(h.class, p.label(h.class))+"  ", h.what, p.bold)
		p.para("  ", h.facts, unpainted)
		c := p.worst()
		if c.Fix != "" {
			p.para("  → ", Sanitize(c.Fix), unpainted)
		}
		if len(c.Samples) > 0 {
			p.evidence(&c.Samples[0], []tally.Key{c.Key()})
		}
	case h.facts != "" || p.Incomplete > 0:
		p.para("", h.what, p.bold)
	default:
		p.para("", h.what, p.good)
	}
}

// label writes a class where it stands alone.
func (p *page) label(c catalog.Class) string { return strings.ToUpper(c.Title(p.Lang)) }

// more says how many rows were left out.
func (p *page) more(n int) {
	if n > 0 {
		p.line("  " + p.dim(nounMore.count(int64(n), p.Lang)))
	}
}

// shown returns how many of n rows are shown.
func (p *page) shown(n, limit int) int {
	if p.style.Verbose {
		return n
	}
	return min(n, limit)
}

// foot says what the times mean and what to ask next.
func (p *page) foot() {
	var parts []string
	if !p.First.IsZero() {
		parts = append(parts, join(wordTimesIn.In(p.Lang), zoneName(p.zone, p.Last)))
	}
	if len(p.Codes) > 0 {
		parts = append(parts, wordExplainHint.In(p.Lang)+" "+codeText(&p.Codes[0]))
	}
	if len(parts) > 0 {
		p.b.WriteString("\n")
		p.joined("", parts, p.dim)
	}
}
