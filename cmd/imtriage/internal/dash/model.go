package dash

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/report"
)

// A snapshotMsg brings a newer picture.
type snapshotMsg live.Snapshot

// A model is everything that is on the screen. Only the event loop touches it.
type model struct {
	explain func(catalog.Family, int, catalog.Lang, int) string
	ask     func(request)
	zone    *time.Location
	lang    catalog.Lang

	width, height int

	snap  live.Snapshot // shown, fit for a terminal
	held  map[catalog.Lang]live.Snapshot
	ready bool // there has been a snapshot
	speed speedometer

	paused  bool
	focus   pane
	cursors [panes]cursor
	filter  filter
	typing  bool   // the filter's text
	detail  detail // in place of the panes, if open
}

func newModel(o Options, ask func(request)) *model {
	m := &model{
		explain: o.Explain, ask: ask, zone: o.Zone, lang: o.Lang,
		width: orDefault(o.Width, 80), height: orDefault(o.Height, 24),
		held: make(map[catalog.Lang]live.Snapshot),
	}
	if m.zone == nil {
		m.zone = time.UTC
	}
	if m.lang == "" {
		m.lang = catalog.EN
	}
	return m
}

// Init implements [tea.Model].
func (m *model) Init() tea.Cmd {
	m.ask(request{lang: m.lang})
	return nil
}

// Update implements [tea.Model].
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case snapshotMsg:
		m.take(live.Snapshot(msg))
	case tea.KeyPressMsg:
		cmd := m.press(msg)
		return m, cmd
	case tea.PasteMsg:
		if m.typing {
			m.filter.text += report.Sanitize(msg.Content)
		}
	}
	return m, nil
}

// View implements [tea.Model].
func (m *model) View() tea.View {
	v := tea.NewView(m.screen())
	v.AltScreen = true
	return v
}

// take shows a snapshot if it is in the language of now, and keeps it for the other one.
func (m *model) take(s live.Snapshot) {
	clean(&s)
	if s.Lang == "" {
		s.Lang = m.lang
	}
	m.held[s.Lang] = s
	if s.Lang != m.lang {
		return
	}
	m.snap, m.ready = s, true
	if !m.paused {
		m.speed.add(s.Now, s.Lines)
	}
	m.follow()
}

// pause stops the picture or lets it go on.
func (m *model) pause() {
	m.paused = !m.paused
	m.ask(request{lang: m.lang, paused: m.paused})
	if !m.paused {
		m.speed = speedometer{} // what came in the meantime came at no speed that was seen
	}
}

// speak changes to the other language; a paused picture is there in both.
func (m *model) speak() {
	if m.lang == catalog.ZH {
		m.lang = catalog.EN
	} else {
		m.lang = catalog.ZH
	}
	if s, ok := m.held[m.lang]; ok && m.paused {
		m.snap = s
		m.follow()
		return
	}
	m.ask(request{lang: m.lang, paused: m.paused})
}

// A speedometer tells lines a second from the last snapshots.
type speedometer struct {
	times [speedSamples]time.Time
	lines [speedSamples]int64
	n     int
}

// speedSamples spans five seconds, so that one slow write makes no jump.
const speedSamples = 11

func (s *speedometer) add(now time.Time, lines int64) {
	s.times[s.n%speedSamples], s.lines[s.n%speedSamples] = now, lines
	s.n++
}

// perSecond returns how many lines came in a second, or false while that is not known.
func (s *speedometer) perSecond() (float64, bool) {
	if s.n < 2 {
		return 0, false
	}
	first, last := max(s.n-speedSamples, 0)%speedSamples, (s.n-1)%speedSamples
	d := s.times[last].Sub(s.times[first]).Seconds()
	if d <= 0 {
		return 0, false
	}
	return float64(max(s.lines[last]-s.lines[first], 0)) / d, true
}

// clean makes every text of a snapshot fit for a terminal. It comes so from a [live.State]; a screen
// does not rely on that. The slices are copied: a paused picture must not change.
func clean(s *live.Snapshot) {
	s.Notes = each(s.Notes, func(n *string) { *n = report.Sanitize(*n) })
	s.Classes = each(s.Classes, func(r *live.ClassRate) { wash(&r.Name) })
	s.Codes = each(s.Codes, func(r *live.CodeRow) { wash(&r.Name, &r.Title, &r.Fix, (*string)(&r.Family)) })
	s.Inputs = each(s.Inputs, func(r *live.InputRow) { wash(&r.Name, &r.State, &r.Problem) })
	s.Newest = each(s.Newest, func(r *live.FindingRow) {
		wash(&r.Name, &r.Title, &r.Text, &r.Source, (*string)(&r.Family))
	})
	s.Verdicts = each(s.Verdicts, func(r *live.VerdictRow) {
		wash(&r.Rule, &r.Name, &r.Title, &r.State, &r.Group)
		r.Evidence = each(r.Evidence, func(t *string) { wash(t) })
		r.Remedy = each(r.Remedy, func(x *live.RemedyRow) { wash(&x.Who, &x.Do) })
	})
}

func wash(texts ...*string) {
	for _, t := range texts {
		*t = report.Sanitize(*t)
	}
}

// each returns a copy of a list with something done to every element.
func each[T any](list []T, do func(*T)) []T {
	out := make([]T, len(list))
	for i, x := range list {
		do(&x)
		out[i] = x
	}
	return out
}
