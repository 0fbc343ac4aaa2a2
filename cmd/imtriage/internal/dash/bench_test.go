package dash

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// BenchmarkRefresh takes a snapshot and draws it, as happens twice a second.
func BenchmarkRefresh(b *testing.B) {
	m := newModel(Options{Lang: catalog.ZH}, func(request) {})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	s := busy(catalog.ZH)
	for len(s.Codes) < live.MaxCodes {
		s.Codes = append(s.Codes, s.Codes[len(s.Codes)%4])
	}
	for len(s.Newest) < live.MaxNewest {
		s.Newest = append(s.Newest, s.Newest[len(s.Newest)%12])
	}
	for b.Loop() {
		m.Update(snapshotMsg(s))
		if m.View().Content == "" {
			b.Fatal("nothing is drawn")
		}
	}
}
