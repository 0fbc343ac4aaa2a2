package report

import (
	"strconv"

	"github.com/imtriage/imtriage/catalog/tally"
)

// How many verdicts are shown in full, and how many at all.
const (
	fullVerdicts = 3
	someVerdicts = 10
)

func (p *page) verdicts() {
	n := p.shown(len(p.Verdicts), someVerdicts)
	for i := range p.Verdicts[:n] {
		if i > 0 {
			p.b.WriteString("\n")
		}
		p.verdict(i, i < p.shown(n, fullVerdicts))
	}
	p.more(len(p.Verdicts) - n)
}

// verdict writes one verdict: what and how bad, then what to do, then where it can be seen.
func (p *page) verdict(i int, full bool) {
	v := &p.Verdicts[i]
	head := "#" + strconv.Itoa(i+1) + " " + p.class(v.Class, p.label(v.Class)) + "  "
	p.para(head, Sanitize(v.Title), p.bold)
	p.para("  ", p.facts(v.Count, v.Users, v.UsersApprox, v.First, v.Last, p.zone), unpainted)
	if !full {
		return
	}
	l := p.Lang
	p.joined("  ", v.about(l), p.dim)
	for n, s := range v.Remedy {
		who := ""
		if s.Who != "" {
			who = "[" + Sanitize(s.Who) + "] "
		}
		p.para("  "+strconv.Itoa(n+1)+". ", who+Sanitize(s.Do), unpainted)
	}
	if v.AskVendor {
		p.para("  → ", wordAskVendor.In(l), unpainted)
	}
	for _, link := range v.Links[:p.shown(len(v.Links), 1)] {
		p.para("  → ", Sanitize(link), p.dim)
	}
	limit := 1
	if i == 0 {
		limit = 2
	}
	for j := range v.Evidence[:p.shown(len(v.Evidence), limit)] {
		p.evidence(&v.Evidence[j], v.Codes)
	}
}

// evidence writes where a sample stands and its text around the code, on one line if the place
// leaves room.
func (p *page) evidence(s *tally.Sample, codes []tally.Key) {
	room := p.width - len("  > ")
	at := place(s, room)
	if rest := room - displayed(at) - 2; rest >= room/2 {
		p.line("  " + p.dim("> "+at) + "  " + excerpt(s.Text, rest, codes...))
		return
	}
	p.line("  " + p.dim("> "+at))
	p.line("    " + excerpt(s.Text, p.width-4, codes...))
}
