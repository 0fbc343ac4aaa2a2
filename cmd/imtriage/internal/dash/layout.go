package dash

import (
	"slices"
	"strings"
)

// How much room a layout needs.
const (
	pairWidth   = 64  // two small panes beside each other
	wideWidth   = 116 // two large ones
	stackHeight = 18  // all panes at once
	smallRows   = 4   // rows of the small panes: as many as there are classes
)

// bodyHeight is what the first and the last line and the note leave.
func (m *model) bodyHeight() int {
	h := m.height - 2
	if m.noted() {
		h--
	}
	return max(h, 0)
}

// noted reports whether the newest note has a line.
func (m *model) noted() bool { return len(m.snap.Notes) > 0 && m.height >= stackHeight+3 }

// body draws the panes, or what is open in their place: exactly h lines.
func (m *model) body(h int) []string {
	w := m.width
	switch {
	case m.detail.kind != showNothing:
		return m.drawDetail(w, h)
	case w < pairWidth || h < stackHeight:
		return m.single(w, h)
	case w >= wideWidth:
		return m.wide(w, h)
	}
	return m.stacked(w, h)
}

// single shows the pane that has the focus; the first line says which others there are.
func (m *model) single(w, h int) []string {
	var out []string
	if h >= 4 {
		tabs := m.tabs(0)
		used := 0
		for _, s := range tabs {
			used += columns(s.text)
		}
		if used > w {
			tabs = m.tabs(m.focus)
		}
		out = append(out, draw(w, false, tabs...))
	}
	return append(out, m.drawPane(m.focus, w, h-len(out))...)
}

// tabs names the panes from one on, as tab goes through them.
func (m *model) tabs(first pane) []span {
	var spans []span
	for i := range panes {
		p := (first + i) % panes
		st := faint
		title := paneTitles[p].In(m.lang)
		if open := m.open(); p == paneVerdicts && open > 0 {
			st, title = bad, titled(title, open)
		}
		if p == m.focus {
			st = bold
		}
		spans = append(spans, span{title, st}, span{" ", plain})
	}
	return spans[:len(spans)-1]
}

// stacked puts the large panes below each other.
func (m *model) stacked(w, h int) []string {
	out := m.small(w, h)
	left := h - len(out)
	verdicts := min(1+2*max(len(m.snap.Verdicts), 1), max(left*3/10, 3))
	if len(m.snap.Verdicts) == 0 {
		verdicts = 2
	}
	codes := (left - verdicts + 1) / 2
	out = append(out, m.drawPane(paneCodes, w, codes)...)
	out = append(out, m.drawPane(paneVerdicts, w, verdicts)...)
	return append(out, m.drawPane(paneNewest, w, left-codes-verdicts)...)
}

// wide puts codes and verdicts beside each other.
func (m *model) wide(w, h int) []string {
	out := m.small(w, h)
	left := h - len(out)
	upper := left * 3 / 5
	out = append(out, m.beside(paneCodes, paneVerdicts, w, upper)...)
	return append(out, m.drawPane(paneNewest, w, left-upper)...)
}

// small draws rates and inputs, with more inputs where there is room.
func (m *model) small(w, h int) []string {
	rows := smallRows + min(max(len(m.snap.Inputs)-smallRows, 0), max(h-24, 0)/4)
	return m.beside(paneRates, paneInputs, w, 1+rows)
}

func (m *model) beside(a, b pane, w, h int) []string {
	left := (w - 1) / 2
	x, y := m.drawPane(a, left, h), m.drawPane(b, w-1-left, h)
	for i := range x {
		x[i] += " " + y[i]
	}
	return x
}

func (m *model) drawPane(p pane, w, h int) []string {
	switch p {
	case paneCodes:
		return m.drawCodes(w, h)
	case paneVerdicts:
		return m.drawVerdicts(w, h)
	case paneNewest:
		return m.drawNewest(w, h)
	case paneInputs:
		return m.drawInputs(w, h)
	}
	return m.drawRates(w, h)
}

// drawDetail draws what is open from its first line on.
func (m *model) drawDetail(w, h int) []string {
	if h < 1 {
		return nil
	}
	lines := m.detailLines(w)
	seen := max(h-1, 1)
	m.detail.top = max(min(m.detail.top, len(lines)-seen), 0)
	title := m.detailTitle()
	rest := lines[m.detail.top:]
	if more := len(rest) - seen; more > 0 {
		title += "  ↓ " + number(int64(more))
	}
	head := []span{{"▸ " + title + " ", bold}}
	head = append(head, span{strings.Repeat("─", max(w-columns(head[0].text), 0)), faint})
	out := []string{draw(w, false, head...)}
	for _, l := range rest[:min(len(rest), h-1)] {
		out = append(out, draw(w, false, slices.Concat(line{{" ", plain}}, l)...))
	}
	for len(out) < h {
		out = append(out, draw(w, false))
	}
	return out
}
