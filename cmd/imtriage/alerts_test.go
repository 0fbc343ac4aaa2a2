package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// TestAlertsDocs holds that the example in docs/alerts.md is one, and that the page names every
// kind.
func TestAlertsDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	text, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("no example")
	}
	text = strings.ReplaceAll(text, "/usr/local/bin/page", "go")
	var c config
	doc, err := yamlpos.Decode(configFile, []byte(text), &c)
	if err != nil {
		t.Fatal(err)
	}
	d, err := alert.Load(doc, c.Alerts, alert.Options{
		Env: func(name string) (string, bool) {
			return "https://oapi.dingtalk.com/robot/send?access_token=" + name, true
		},
		ReadFile: func(string) ([]byte, error) { return []byte("https://hooks.slack.com/services/T/B/x\n"), nil },
		Rules:    rules.Builtin(), Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Names()); n != 4 {
		t.Errorf("%d receivers, want 4", n)
	}
	for _, k := range alert.Kinds() {
		if !strings.Contains(string(page), "| `"+k.Name+"` |") {
			t.Errorf("docs/alerts.md lacks a row for %s", k.Name)
		}
	}
}
