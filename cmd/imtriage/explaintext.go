package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// answers writes all answers, a blank line between them.
func (p *page) answers(q *inquiry) error {
	for i := range q.answers {
		if i > 0 {
			p.println("")
		}
		if x := &q.answers[i]; x.query != "" {
			p.hits(q, x)
		} else {
			p.answer(q, x)
		}
	}
	return p.err
}

// answer opens with what matters most, whether the call may be made again.
func (p *page) answer(q *inquiry, x *answer) {
	l := q.lang
	opening := fmt.Sprintf(wordMayRetry.In(l), strconv.Itoa(x.code))
	same, result := true, false
	for _, e := range x.senses {
		same = same && e.Retry == x.senses[0].Retry
		result = result || e.ResultUnknown
	}
	gap := map[catalog.Lang]string{catalog.EN: " "}[l]
	if same {
		opening += gap + mayRetry(x.senses[0], l)
	} else {
		opening += gap + wordDepends.In(l)
	}
	p.para(styleBold, opening)
	if len(x.senses) > 1 {
		if same {
			p.para("", wordInAll.In(l))
		}
		p.senses(x, l, same)
	} else if result {
		p.para("", wordMayHave.In(l))
	}
	for _, e := range x.senses {
		p.println("")
		p.sense(q, x, e, result && len(x.senses) > 1)
	}
}

// senses tells the senses of a number apart: each family with what prints its codes.
func (p *page) senses(x *answer, l catalog.Lang, same bool) {
	wide, retry := 0, 0
	for _, e := range x.senses {
		wide = max(wide, columns(string(e.Family)))
		retry = max(retry, columns(e.Retry.Title(l)))
	}
	for _, e := range x.senses {
		label := "  " + pad(string(e.Family), wide) + "  "
		if !same {
			label += pad(e.Retry.Title(l), retry) + "  "
		}
		p.hanging(label, styleBold, printedBy[e.Family].In(l), "")
	}
}

// sense writes one meaning of a number in full.
func (p *page) sense(q *inquiry, x *answer, e *catalog.Entry, result bool) {
	l := q.lang
	head := numbers(e)
	if len(x.senses) > 1 {
		head = string(e.Family) + "/" + head
	}
	p.para(classStyle(e.Class), head+"  "+e.Title().In(l))
	p.para(styleDim, q.kind(e))
	if result && e.ResultUnknown {
		p.para("", wordMayHave.In(l))
	}
	p.println("")
	rows := q.rows(x, e)
	wide := 0
	for _, r := range rows {
		wide = max(wide, columns(r.label.In(l)))
	}
	for _, r := range rows {
		label := "  " + pad(r.label.In(l), wide) + "  "
		for _, para := range r.paras {
			switch {
			case r.links:
				p.println(p.paint(styleDim, label) + p.link(para))
			case r.aside:
				p.hanging(label, styleDim, para, styleDim)
			default:
				p.hanging(label, styleDim, para, "")
			}
			label = strings.Repeat(" ", columns(label))
		}
	}
}

// hits lists what a search found.
func (p *page) hits(q *inquiry, x *answer) {
	l := q.lang
	head := wordHits
	if x.best {
		head = wordOthers
	}
	p.para(styleBold, fmt.Sprintf(head.In(l), x.query))
	wide := 0
	for _, e := range x.hits {
		wide = max(wide, columns(numbers(e)))
	}
	for _, e := range x.hits {
		label := "  " + strings.Repeat(" ", wide-columns(numbers(e))) + numbers(e) + "  "
		p.hanging(label, classStyle(e.Class), report.Sanitize(e.Title().In(l))+" · "+e.Category(), "")
	}
	if x.more > 0 {
		p.para(styleDim, fmt.Sprintf(wordMore.In(l), x.more, report.Sanitize(x.query)))
	}
}
