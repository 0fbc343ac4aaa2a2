package dash

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/report"
)

// A showing is what is read in place of the panes.
type showing uint8

const (
	showNothing showing = iota
	showCode
	showVerdict
	showInput
	showNotes
	showHelp
)

// A detail is one thing shown in full. It stays what it is while the rows of the panes move on.
type detail struct {
	kind    showing
	top     int // the first line shown
	code    live.CodeRow
	finding live.FindingRow // that the code was picked by; no Seq and no text if none was
	verdict live.VerdictRow // the newest that is known of it
	input   live.InputRow

	catalog []string // what the catalog says of code
	lang    catalog.Lang
	width   int // of catalog
}

// A line is one line of text in pieces.
type line []span

// show opens what is selected in a pane in full. A class has nothing more to tell: it becomes the
// filter.
func (m *model) show(p pane) {
	switch p {
	case paneCodes:
		if r, ok := selected(m, p, keep(m.snap.Codes, m.filter.code)); ok {
			m.detail = detail{kind: showCode, code: r}
		}
	case paneNewest:
		if r, ok := selected(m, p, keep(m.snap.Newest, m.filter.finding)); ok {
			code := live.CodeRow{Code: r.Code, Family: r.Family, Known: r.Known, Class: r.Class, Name: r.Name, Title: r.Title}
			m.detail = detail{kind: showCode, code: code, finding: r}
		}
	case paneVerdicts:
		if r, ok := selected(m, p, keep(m.snap.Verdicts, m.filter.verdict)); ok {
			m.detail = detail{kind: showVerdict, verdict: r}
		}
	case paneInputs:
		if r, ok := selected(m, p, m.inputs()); ok {
			m.detail = detail{kind: showInput, input: r}
		}
	case paneRates:
		if r, ok := selected(m, p, m.snap.Classes); ok {
			if m.filter.class == r.Class {
				m.filter.class = 0
			} else {
				m.filter.class = r.Class
			}
			m.follow()
		}
	}
}

// detailHeight is how many lines of what is open are seen at once.
func (m *model) detailHeight() int { return max(m.bodyHeight()-1, 1) }

// refreshDetail brings what is open up to date. What has left the snapshot stays as it was last.
func (m *model) refreshDetail() {
	d := &m.detail
	for i := range m.snap.Codes {
		if r := &m.snap.Codes[i]; d.kind == showCode && codeKey(r) == codeKey(&d.code) {
			d.code = *r
		}
	}
	for i := range m.snap.Verdicts {
		if r := &m.snap.Verdicts[i]; d.kind == showVerdict && verdictKey(r) == verdictKey(&d.verdict) {
			d.verdict = *r
		}
	}
	for i := range m.snap.Inputs {
		if r := &m.snap.Inputs[i]; d.kind == showInput && r.Name == d.input.Name {
			d.input = *r
		}
	}
}

// detailTitle names what is open.
func (m *model) detailTitle() string {
	switch m.detail.kind {
	case showCode:
		return wordCode.In(m.lang) + " " + string(m.detail.code.Family) + "/" + strconv.Itoa(m.detail.code.Code)
	case showVerdict:
		return wordVerdict.In(m.lang) + " " + m.detail.verdict.Rule
	case showInput:
		return wordInput.In(m.lang)
	case showNotes:
		return wordNotes.In(m.lang)
	}
	return wordHelp.In(m.lang)
}

// detailLines returns all lines of what is open, each at most so wide.
func (m *model) detailLines(width int) []line {
	m.refreshDetail()
	width = max(width-2, 2) // a margin on both sides
	switch m.detail.kind {
	case showCode:
		return m.codeLines(width)
	case showVerdict:
		return m.verdictLines(width)
	case showInput:
		return m.inputLines(width)
	case showNotes:
		return m.noteLines(width)
	case showHelp:
		return m.helpLines(width)
	}
	return nil
}

// codeLines tells how a code stands and what the catalog says of it.
func (m *model) codeLines(width int) []line {
	d := &m.detail
	r := &d.code
	out := wrapped(width, "", classStyle(r.Class), r.Name+"  "+strconv.Itoa(r.Code)+"  "+r.Title)
	if r.Count > 0 {
		facts := []string{wordFindings.of(r.Count, m.lang), wordUsers.of(int64(r.Users), m.lang)}
		if !r.Last.IsZero() {
			facts = append(facts, wordLast.In(m.lang)+" "+m.stamp(r.Last))
		}
		out = append(out, wrapped(width, "", faint, strings.Join(facts, " · "))...)
	}
	if f := &d.finding; f.Text != "" {
		place := f.Source
		if f.Line > 0 {
			place += ":" + strconv.FormatInt(f.Line, 10)
		}
		out = append(out, nil)
		out = append(out, wrapped(width, "", faint, m.stamp(f.Time)+"  "+place)...)
		out = append(out, wrapped(width, "  ", plain, f.Text)...)
	}
	out = append(out, nil)
	if d.catalog == nil || d.lang != m.lang || d.width != width {
		d.catalog, d.lang, d.width = m.explained(r, width), m.lang, width
	}
	for _, l := range d.catalog {
		out = append(out, line{{l, plain}})
	}
	return out
}

// explained asks for the catalog's words. Lines that fit are taken as they are; others are broken.
func (m *model) explained(r *live.CodeRow, width int) []string {
	text := ""
	if m.explain != nil {
		text = m.explain(r.Family, r.Code, m.lang, width)
	}
	if strings.TrimSpace(text) == "" {
		text = r.Fix
		if !r.Known {
			text = wordUnknown.In(m.lang)
		}
	}
	out := []string{}
	for raw := range strings.Lines(text) {
		raw = strings.TrimRight(raw, "\r\n")
		words := strings.TrimLeft(raw, " ")
		indent := min(len(raw)-len(words), max(width-20, 0))
		clean := report.Sanitize(raw)
		if columns(clean) <= width {
			out = append(out, clean)
			continue
		}
		for _, l := range report.Wrap(report.Sanitize(words), width-indent) {
			out = append(out, strings.Repeat(" ", indent)+l)
		}
	}
	return out
}

// wrapped breaks text into lines that all begin with the indent.
func wrapped(width int, indent string, st style, text string) (out []line) {
	for _, l := range report.Wrap(text, width-columns(indent)) {
		out = append(out, line{{indent, plain}, {l, st}})
	}
	return out
}
