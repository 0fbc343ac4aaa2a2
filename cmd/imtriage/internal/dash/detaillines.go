package dash

import (
	"strconv"
	"strings"
)

// verdictLines tells all of a verdict: where, since when, what to do, by what it is seen.
func (m *model) verdictLines(width int) []line {
	v := &m.detail.verdict
	out := wrapped(width, "", classStyle(v.Class), v.Name+"  "+v.Title)
	times := m.stamp(v.Since)
	if !v.Until.IsZero() {
		times += " – " + m.stamp(v.Until)
	}
	facts := []string{v.State, times, wordFindings.of(v.Count, m.lang)}
	if v.Users > 0 {
		facts = append(facts, wordUsers.of(int64(v.Users), m.lang))
	}
	out = append(out, wrapped(width, "", faint, strings.Join(facts, " · "))...)
	if v.Group != "" {
		out = append(out, wrapped(width, "", plain, v.Group)...)
	}
	if len(v.Remedy) > 0 {
		out = append(out, nil, line{{wordRemedy.In(m.lang), bold}})
		for i, r := range v.Remedy {
			label := strconv.Itoa(i+1) + ". "
			text := r.Do
			if r.Who != "" {
				text = r.Who + wordColon.In(m.lang) + text
			}
			for j, l := range wrapped(width, strings.Repeat(" ", len(label)), plain, text) {
				if j == 0 {
					l[0] = span{label, bold}
				}
				out = append(out, l)
			}
		}
	}
	if len(v.Evidence) > 0 {
		out = append(out, nil, line{{wordEvidence.In(m.lang), bold}})
		for _, e := range v.Evidence {
			out = append(out, wrapped(width, "  ", plain, e)...)
		}
	}
	return out
}

// inputLines tells how one input stands.
func (m *model) inputLines(width int) []line {
	r := &m.detail.input
	out := wrapped(width, "", bold, r.Name)
	st := good
	if r.Problem != "" {
		st = bad
	}
	out = append(out, wrapped(width, "", st, m.stateWord(r))...)
	if r.Problem != "" {
		out = append(out, wrapped(width, "", bad, r.Problem)...)
	}
	out = append(out, nil)
	for _, fact := range []struct{ name, value string }{
		{wordSize.In(m.lang), size(r.Size)},
		{wordOffset.In(m.lang), number(r.Offset)},
		{wordLag.In(m.lang), size(r.Lag)},
		{wordLines.In(m.lang), number(r.Lines)},
		{wordRotations.In(m.lang), number(r.Rotations)},
	} {
		out = append(out, line{{fit(fact.name, min(14, width/2)), faint}, {fact.value, plain}})
	}
	return out
}

// noteLines lists what a reader should know, the newest first.
func (m *model) noteLines(width int) []line {
	if len(m.snap.Notes) == 0 {
		return []line{{{wordNoNotes.In(m.lang), faint}}}
	}
	var out []line
	for _, n := range m.snap.Notes {
		for i, l := range wrapped(width, "  ", plain, n) {
			if i == 0 {
				l[0] = span{"! ", warning}
			}
			out = append(out, l)
		}
	}
	return out
}

// helpLines lists the keys, and says what the picture shows.
func (m *model) helpLines(width int) []line {
	const label = 11
	var out []line
	for _, b := range bindings() {
		for i, l := range wrapped(width, strings.Repeat(" ", min(label, width/2)), plain, b.about.In(m.lang)) {
			if i == 0 {
				l[0] = span{fit(b.label, min(label, width/2)), bold}
			}
			out = append(out, l)
		}
	}
	for _, about := range []string{wordAboutRates.In(m.lang), wordAboutTrend.In(m.lang), wordAboutLag.In(m.lang)} {
		out = append(out, nil)
		out = append(out, wrapped(width, "", faint, about)...)
	}
	return out
}
