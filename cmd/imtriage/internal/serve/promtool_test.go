//go:build outside

package serve_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

// promtool runs the checker of Prometheus and fails the test for whatever it has to say.
func promtool(t *testing.T, input string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "promtool", args...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestPromtoolCheckMetrics(t *testing.T) {
	o := options(t)
	o.Health = func() serve.Health {
		return serve.Health{LastPoll: noon, LastCheckpoint: noon, Receivers: []serve.Receiver{{Name: "ops"}, {Name: `a "name" \ with` + "\n\xff"}}}
	}
	_, body := get(t, newServer(t, o), "/metrics")
	if out := promtool(t, body, "check", "metrics"); out != "" {
		t.Errorf("promtool check metrics: %s", out)
	}
}

func TestPromtoolRules(t *testing.T) {
	if out := promtool(t, "", "check", "rules", alerts+"alerts.yml"); !strings.Contains(out, "SUCCESS: 9 rules") {
		t.Errorf("promtool check rules: %s", out)
	}
	if out := promtool(t, "", "test", "rules", alerts+"alerts.test.yml"); !strings.Contains(out, "SUCCESS") {
		t.Errorf("promtool test rules: %s", out)
	}
}
