package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

// someRows is how many rows are shown, half of them the first and half the last.
const someRows = 200

// A timePage is a timeline while it is written for a terminal: what to look at first, then row after row, with a
// heading where a session is met for the first time.
type timePage struct {
	*page
	t *Timeline

	many  bool // there are several sessions, so that rows tell theirs
	class int  // columns of the class
	code  int  // of the code, with the marks before it
	day   string
	known []bool // sessions that have their heading
}

func writeTimeline(w io.Writer, t *Timeline, s Style) error {
	p := &timePage{t: t, many: len(t.Sessions) > 1, known: make([]bool, len(t.Sessions))}
	p.page = newPage(&Report{Lang: t.Lang, Inputs: t.Inputs, Totals: t.Totals, Incomplete: t.Incomplete}, s)
	p.head()
	gap, left, records := t.Gap, t.LeftRows, t.LeftRecords
	rows := t.Rows
	if hidden := len(rows) - someRows; hidden > 0 && !s.Verbose {
		gap = someRows / 2
		for i := range rows[gap : gap+hidden] {
			records += rows[gap+i].Count
		}
		left += int64(hidden)
		rows = append(rows[:gap:gap], rows[gap+hidden:]...)
	}
	p.measure(rows)
	for i := range rows {
		if i == gap {
			p.left(left, records)
		}
		p.row(&rows[i])
	}
	if gap < 0 && left > 0 {
		p.left(left, records)
	}
	p.tail()
	_, err := io.WriteString(w, p.b.String())
	return err
}

// head says what must not be missed: damage, and what to look at first.
func (p *timePage) head() {
	l := p.Lang
	if p.Incomplete > 0 {
		p.para(p.page.class(catalog.Fatal, wordIncomplete.In(l))+"  ", p.damage(), unpainted)
	}
	if len(p.t.Users) > 0 {
		who := []string{Sanitize(join(wordUser.In(l), strings.Join(p.t.Users, ", ")))}
		p.joined("", append(who, nounRecord.count(p.t.Records, l), nounSession.count(int64(len(p.t.Sessions)), l)), unpainted)
	}
	if p.t.Cause < 0 {
		p.quiet()
		return
	}
	r := &p.t.Rows[p.t.Cause]
	name := p.t.title(r)
	if r.Event == "" {
		name = strconv.Itoa(r.Code) + " " + name
	}
	p.para(p.page.class(r.Class(), join(wordFirstCause.In(l), strings.ToUpper(p.classOf(r))))+"  ", name, p.bold)
	facts := []string{full(r.Time, p.zone)}
	if r.Followers > 0 {
		facts = append(facts, nounFollower.count(int64(r.Followers), l))
	}
	facts = append(facts, place(sampleOf(r), p.width/2))
	p.joined("  ", facts, unpainted)
	if fix := p.t.fix(r); fix != "" {
		p.para("  → ", sentence(Sanitize(fix)), unpainted)
	}
}

// quiet is the head of a timeline in which nothing is wrong.
func (p *timePage) quiet() {
	word := wordQuiet
	if len(p.t.Rows) == 0 && p.t.OK == 0 {
		word = wordNothing
	}
	said := word.In(p.Lang)
	if p.t.OK > 0 {
		said += comma(p.Lang) + nounOK.count(p.t.OK, p.Lang)
	}
	paint := p.good
	if p.Incomplete > 0 {
		paint = p.bold
	}
	p.para("", said, paint)
}

// sentence returns the first sentence of a text: the whole of it is one command away.
func sentence(s string) string {
	for i, r := range s {
		if end := i + len(string(r)); r == '。' || r == '.' && strings.HasPrefix(s[end:], " ") {
			return s[:end]
		}
	}
	return s
}

// measure finds how wide the columns are.
func (p *timePage) measure(rows []timeline.Row) {
	for i := range rows {
		r := &rows[i]
		p.code = max(p.code, displayed(p.number(r)))
		p.class = max(p.class, displayed(p.classOf(r)))
	}
}

// pad fills text up to width columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-displayed(s), 0))
}

// sampleOf is a row as a page of a report shows evidence.
func sampleOf(r *timeline.Row) *tally.Sample {
	s := &tally.Sample{Source: r.Source, Line: r.Line, Column: r.Column, Offset: r.Offset, Time: r.Time, Text: r.Text}
	if r.Piece != 0 {
		s.Line = 0 // it is not counted from the start
	}
	return s
}
