package dash

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

const classWidth = 7 // of the longest name of a class

func (m *model) drawRates(w, h int) []string {
	t := table[live.ClassRate]{
		pane: paneRates, title: wordRates.In(m.lang), rows: m.snap.Classes, all: len(m.snap.Classes),
		columns: []column[live.ClassRate]{
			{width: classWidth, cell: func(r *live.ClassRate, w int) span {
				return span{fit(r.Name, w), classStyle(r.Class)}
			}},
			{title: wordTotal, width: 7, right: true, cell: func(r *live.ClassRate, w int) span {
				return span{fitRight(short(r.Total), w), plain}
			}},
			{title: wordPerMinute, width: 8, right: true, cell: func(r *live.ClassRate, w int) span {
				return span{fitRight(rate(r.PerMinute), w), plain}
			}},
			{title: wordHour, from: 34, cell: func(r *live.ClassRate, w int) span {
				return span{fit(sparkline(r.Spark, w), w), classStyle(r.Class)}
			}},
		},
	}
	return t.draw(m, w, h)
}

func (m *model) drawInputs(w, h int) []string {
	t := table[live.InputRow]{
		pane: paneInputs, title: titled(wordInputs.In(m.lang), len(m.snap.Inputs)), rows: m.inputs(), all: len(m.snap.Inputs),
		columns: []column[live.InputRow]{
			{cell: func(r *live.InputRow, w int) span { return span{fitEnd(r.Name, w), plain} }},
			{title: wordLines, width: 7, from: 56, right: true, cell: func(r *live.InputRow, w int) span {
				return span{fitRight(short(r.Lines), w), plain}
			}},
			{title: wordLag, width: 8, right: true, cell: func(r *live.InputRow, w int) span {
				return span{fitRight(size(r.Lag), w), plain}
			}},
			{title: wordState, width: 10, cell: func(r *live.InputRow, w int) span {
				if r.Problem != "" {
					return span{fit("! "+m.stateWord(r), w), bad}
				}
				return span{fit(m.stateWord(r), w), good}
			}},
		},
	}
	return t.draw(m, w, h)
}

func (m *model) drawCodes(w, h int) []string {
	rows := keep(m.snap.Codes, m.filter.code)
	all := len(m.snap.Codes)
	t := table[live.CodeRow]{
		pane: paneCodes, title: titled(wordCodes.In(m.lang), all+m.snap.MoreCodes), rows: rows, all: all,
		columns: []column[live.CodeRow]{
			{width: classWidth, from: 36, cell: func(r *live.CodeRow, w int) span { return span{fit(r.Name, w), classStyle(r.Class)} }},
			{title: wordCode, width: 8, right: true, cell: func(r *live.CodeRow, w int) span {
				return span{fitRight(strconv.Itoa(r.Code), w), classStyle(r.Class)}
			}},
			{title: wordFamily, width: 6, from: 72, cell: func(r *live.CodeRow, w int) span { return span{fit(string(r.Family), w), faint} }},
			{title: wordCount, width: 6, right: true, cell: func(r *live.CodeRow, w int) span { return span{fitRight(short(r.Count), w), plain} }},
			{title: wordPeople, width: 6, from: 64, right: true, cell: func(r *live.CodeRow, w int) span {
				return span{fitRight(short(int64(r.Users)), w), plain}
			}},
			{title: wordHour, width: 12, from: 56, cell: func(r *live.CodeRow, w int) span {
				return span{fit(sparkline(r.Spark, w), w), classStyle(r.Class)}
			}},
			{title: wordMeaning, cell: func(r *live.CodeRow, w int) span { return span{fit(r.Title, w), plain} }},
		},
	}
	return t.draw(m, w, h)
}

func (m *model) drawVerdicts(w, h int) []string {
	rows := keep(m.snap.Verdicts, m.filter.verdict)
	title := wordVerdicts.In(m.lang)
	if open := m.open(); open > 0 {
		title += " " + strings.Replace(wordOpen.In(m.lang), "%s", strconv.Itoa(open), 1)
	}
	shade := func(r *live.VerdictRow, st style) style {
		if !r.Open {
			return faint
		}
		return st
	}
	t := table[live.VerdictRow]{
		pane: paneVerdicts, title: title, rows: rows, all: len(m.snap.Verdicts),
		columns: []column[live.VerdictRow]{
			{width: classWidth, cell: func(r *live.VerdictRow, w int) span {
				return span{fit(r.Name, w), shade(r, classStyle(r.Class))}
			}},
			{cell: func(r *live.VerdictRow, w int) span {
				text := r.Title
				if r.Group != "" {
					text += " · " + r.Group
				}
				return span{fit(text, w), shade(r, bold)}
			}},
			{title: wordCount, width: 6, from: 44, right: true, cell: func(r *live.VerdictRow, w int) span {
				return span{fitRight(short(r.Count), w), shade(r, plain)}
			}},
			{title: wordPeople, width: 6, from: 64, right: true, cell: func(r *live.VerdictRow, w int) span {
				if r.Users == 0 {
					return span{fitRight("", w), plain}
				}
				return span{fitRight(short(int64(r.Users)), w), shade(r, plain)}
			}},
			{title: wordSince, width: 8, from: 52, cell: func(r *live.VerdictRow, w int) span {
				return span{fit(m.clock(r.Since), w), shade(r, plain)}
			}},
		},
		below: m.firstStep,
	}
	return t.draw(m, w, h)
}

// open counts the verdicts that hold now.
func (m *model) open() (n int) {
	for i := range m.snap.Verdicts {
		if m.snap.Verdicts[i].Open {
			n++
		}
	}
	return n
}

// firstStep says what to do first about a verdict, or that it is over.
func (m *model) firstStep(r *live.VerdictRow, _ int) line {
	const indent = "    "
	switch {
	case !r.Open && r.Until.IsZero():
		return line{{indent + r.State, faint}}
	case !r.Open:
		return line{{indent + r.State + " " + m.clock(r.Until), faint}}
	case len(r.Remedy) == 0:
		return line{{indent + r.State, faint}}
	case r.Remedy[0].Who == "":
		return line{{indent + "→ ", faint}, {r.Remedy[0].Do, plain}}
	}
	return line{{indent + "→ ", faint}, {r.Remedy[0].Who + wordColon.In(m.lang), faint}, {r.Remedy[0].Do, plain}}
}

func (m *model) drawNewest(w, h int) []string {
	t := table[live.FindingRow]{
		pane: paneNewest, title: wordNewest.In(m.lang), rows: keep(m.snap.Newest, m.filter.finding), all: len(m.snap.Newest),
		columns: []column[live.FindingRow]{
			{width: 8, cell: func(r *live.FindingRow, w int) span { return span{fit(m.clock(r.Time), w), faint} }},
			{width: classWidth, from: 56, cell: func(r *live.FindingRow, w int) span {
				return span{fit(r.Name, w), classStyle(r.Class)}
			}},
			{title: wordCode, width: 8, right: true, cell: func(r *live.FindingRow, w int) span {
				return span{fitRight(strconv.Itoa(r.Code), w), classStyle(r.Class)}
			}},
			{title: wordSource, width: 20, from: 120, cell: func(r *live.FindingRow, w int) span { return span{fitEnd(r.Source, w), faint} }},
			{title: wordMeaning, width: 26, from: 100, cell: func(r *live.FindingRow, w int) span { return span{fit(r.Title, w), plain} }},
			{title: wordRecord, cell: func(r *live.FindingRow, w int) span {
				if r.Text == "" {
					return span{fit(r.Title, w), plain}
				}
				return span{fit(r.Text, w), plain}
			}},
		},
	}
	return t.draw(m, w, h)
}

// titled puts the number of things there are behind their name.
func titled(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + " " + number(int64(n))
}
