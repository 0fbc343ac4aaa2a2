package dash

import (
	"fmt"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// screen draws everything: as many lines as the terminal has, each exactly as wide. Of a terminal too
// small for that it draws what matters most first.
func (m *model) screen() string {
	if m.width < 1 || m.height < 1 {
		return ""
	}
	lines := []string{m.header()}
	if h := m.bodyHeight(); h > 0 {
		lines = append(lines, m.body(h)...)
	}
	if m.noted() {
		lines = append(lines, draw(m.width, false, span{"! ", warning}, span{m.snap.Notes[0], plain}))
	}
	if m.height > 1 {
		lines = append(lines, m.footer())
	}
	return strings.Join(lines[:min(len(lines), m.height)], "\n")
}

// header says when this is, how fast lines come and how far behind we are.
func (m *model) header() string {
	l := m.lang
	if !m.ready {
		return draw(m.width, false, span{"imtriage", bold}, span{"  " + wordStarting.In(l), faint})
	}
	var lag int64
	broken := 0
	for _, r := range m.snap.Inputs {
		lag += max(r.Lag, 0)
		if r.Problem != "" {
			broken++
		}
	}
	now := m.clock(m.snap.Now)
	if m.width >= 90 {
		now = m.stamp(m.snap.Now)
	}
	facts := []span{{now, plain}}
	if m.paused {
		facts = append(facts, span{wordPaused.In(l), warning})
	}
	if broken > 0 {
		facts = append(facts, span{wordTroubles.of(int64(broken), l), bad})
	}
	if v, ok := m.speed.perSecond(); ok {
		facts = append(facts, span{fmt.Sprintf(wordPerSecond.In(l), rate(v)), plain})
	}
	facts = append(facts,
		span{fmt.Sprintf(wordBehind.In(l), size(lag)), plain},
		span{wordFindings.of(m.snap.Findings, l), plain})
	if up := m.snap.Now.Sub(m.snap.Started); !m.snap.Started.IsZero() && up >= 0 {
		facts = append(facts, span{fmt.Sprintf(wordRunning.In(l), duration(up.Truncate(time.Second), l)), faint})
	}
	return draw(m.width, false, fill(m.width, []span{{"imtriage", bold}}, facts, "  ")...)
}

// fill puts as many of the facts behind the first spans as there is room for: whole ones only.
func fill(width int, spans, facts []span, gap string) []span {
	used := 0
	for _, s := range spans {
		used += columns(s.text)
	}
	for _, f := range facts {
		wide := columns(gap) + columns(f.text)
		if used+wide > width {
			continue
		}
		spans = append(spans, span{gap, plain}, f)
		used += wide
	}
	return spans
}

// footer says what keys do, or what the filter is.
func (m *model) footer() string {
	l := m.lang
	switch {
	case m.typing:
		// What is typed last must be seen; the explanation gives way.
		text := "/" + m.filter.text + "█"
		if over := columns(text) > m.width; over {
			text = fitEnd(text, m.width)
		}
		return draw(m.width, false, fill(m.width, []span{{text, bold}}, []span{{wordTyping.In(l), faint}}, "  ")...)
	case m.detail.kind != showNothing:
		return draw(m.width, false, span{fmt.Sprintf(wordReading.In(l), wordOther.In(l)), faint})
	case m.filter.on():
		return draw(m.width, false, fill(m.width, []span{{wordFilter.In(l) + m.filter.name(l), warning}}, []span{{wordUnfilter.In(l), faint}, {"? " + wordKeyHelp.In(l), faint}}, " · ")...)
	}
	var first span
	var hints []span
	for _, b := range bindings() {
		if b.short.IsZero() {
			continue
		}
		hint := span{b.label + " " + b.short.In(l), faint}
		if first.text == "" {
			first = hint
		} else if b.label == "?" {
			hints = append([]span{hint}, hints...) // it tells of those there is no room for
		} else {
			hints = append(hints, hint)
		}
	}
	return draw(m.width, false, fill(m.width, []span{first}, hints, " · ")...)
}

// name says what a filter lets through.
func (f filter) name(l catalog.Lang) string {
	var parts []string
	if f.class != 0 {
		parts = append(parts, f.class.Title(l))
	}
	if f.text != "" {
		parts = append(parts, "/"+f.text)
	}
	return strings.Join(parts, " ")
}
