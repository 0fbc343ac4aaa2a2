package alert_test

import (
	"testing"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// BenchmarkStorm is what a transition costs the engine while a receiver is down and its queue full.
func BenchmarkStorm(b *testing.B) {
	d := load(b, hook("slack", ""), alert.Options{Env: hookEnv, HTTP: serve("slack")})
	m := alert.NewMaker(catalog.Builtin())
	t := rules.Transition{Rule: &rules.Builtin().Rules()[0], Turn: rules.Raised}
	b.ReportAllocs()
	for b.Loop() {
		if a, ok := m.Alert(&t); ok {
			d.Send(a)
		}
	}
}
