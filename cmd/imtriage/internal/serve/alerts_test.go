package serve_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

const alerts = "../../../../examples/prometheus/"

// TestAlertsAskForWhatThereIs holds the example against the metrics: an alert on a name that is misspelt
// never fires.
func TestAlertsAskForWhatThereIs(t *testing.T) {
	labels := metricLabels(t)
	raw, err := os.ReadFile(alerts + "alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, expr := range regexp.MustCompile(`(?m)^        expr: (?:\|\n((?:          .*\n)+)|(.*))`).FindAllString(string(raw), -1) {
		for _, m := range regexp.MustCompile(`(imtriage_\w+)(?:\{(\w+))?`).FindAllStringSubmatch(expr, -1) {
			asked++
			have, there := labels[m[1]]
			if !there || m[2] != "" && !strings.Contains(have, m[2]+`="`) {
				t.Errorf("%s: no metric %s with label %q", expr, m[1], m[2])
			}
		}
	}
	if asked < 9 {
		t.Errorf("%d metrics are asked for", asked)
	}
}

// metricLabels returns the labels of all metrics of ours, by their names.
func metricLabels(t *testing.T) map[string]string {
	t.Helper()
	o := options(t)
	o.Health = func() serve.Health {
		return serve.Health{LastPoll: noon, LastCheckpoint: noon, Receivers: []serve.Receiver{{Name: "ops"}}}
	}
	_, metrics := get(t, newServer(t, o), "/metrics")
	labels := make(map[string]string)
	for _, m := range regexp.MustCompile(`(?m)^(imtriage_\w+)(\{[^}]*\})? `).FindAllStringSubmatch(metrics, -1) {
		labels[m[1]] += m[2]
	}
	return labels
}

// TestDocsNameTheMetrics holds the page of the documentation against the metrics.
func TestDocsNameTheMetrics(t *testing.T) {
	raw, err := os.ReadFile("../../../../docs/follow.md")
	if err != nil {
		t.Fatal(err)
	}
	told := make(map[string]bool)
	for _, name := range regexp.MustCompile(`imtriage_\w+`).FindAllString(string(raw), -1) {
		told[name] = true
	}
	labels := metricLabels(t)
	for name := range labels {
		if !told[name] {
			t.Errorf("docs/follow.md does not tell of %s", name)
		}
		delete(told, name)
	}
	for name := range told {
		t.Errorf("docs/follow.md tells of %s, which is not there", name)
	}
}
