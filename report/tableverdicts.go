package report

import (
	"strconv"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// How many verdicts follow the first with a step and a sample, and how many are shown at all.
const (
	briefVerdicts = 2
	someVerdicts  = 10
)

// verdicts writes the first one in full and the others ever shorter: who reads on a terminal
// mends the worst first, and the codes below should still be on the screen.
func (p *page) verdicts() {
	n := p.shown(len(p.Verdicts), someVerdicts)
	short := false // the last one was
	for i := range p.Verdicts[:n] {
		v := &p.Verdicts[i]
		brief := i > 0 && !p.style.Verbose
		if i > 0 && !short {
			p.b.WriteString("\n")
		}
		switch {
		case !brief:
			p.verdict(i, len(v.Remedy), p.shown(len(v.Evidence), 2))
		case i <= briefVerdicts && v.Class >= catalog.Error:
			p.verdict(i, 1, 1)
		default:
			short = true
			p.summary(i)
			p.joined("  ", []string{labelled(wordExplains, symptomList(v.Explains, p.Lang), p.Lang)}, p.dim)
			if noise := noisy(&v.Verdict, p.Lang); noise != "" {
				p.para("  ", noise, unpainted)
			}
		}
	}
	p.more(len(p.Verdicts) - n)
}

// summary says what a verdict is and how bad.
func (p *page) summary(i int) {
	v := &p.Verdicts[i]
	p.para("#"+strconv.Itoa(i+1)+" "+p.class(v.Class, p.label(v.Class))+"  ", Sanitize(v.Title), p.bold)
	p.para("  ", p.facts(v.Count, v.Users, v.UsersApprox, v.First, v.Last, p.zone), unpainted)
}

// insights says what the numbers of a verdict show.
func (p *page) insights(v *Verdict) {
	if len(v.Insights) > 0 {
		p.para("  ", Sanitize(sentences(v.Insights, p.Lang)), unpainted)
	}
}

// verdict writes that, then so many steps of what to do, then samples in which it can be seen.
func (p *page) verdict(i, steps, samples int) {
	v := &p.Verdicts[i]
	p.summary(i)
	p.insights(v)
	p.joined("  ", v.about(p.Lang), p.dim)
	steps = min(steps, len(v.Remedy))
	for n, s := range v.Remedy[:steps] {
		who := ""
		if s.Who != "" {
			who = "[" + Sanitize(s.Who) + "] "
		}
		p.para("  "+strconv.Itoa(n+1)+". ", who+Sanitize(s.Do), unpainted)
	}
	if rest := len(v.Remedy) - steps; rest > 0 {
		p.line("  " + p.dim(nounStep.count(int64(rest), p.Lang)))
	}
	if v.AskVendor {
		p.para("  → ", wordAskVendor.In(p.Lang), unpainted)
	}
	for _, link := range v.Links[:p.shown(min(len(v.Links), steps), 1)] {
		p.para("  → ", Sanitize(link), p.dim)
	}
	for j := range v.Evidence[:p.shown(len(v.Evidence), samples)] {
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
