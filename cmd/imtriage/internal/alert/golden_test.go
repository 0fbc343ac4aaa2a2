package alert_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// story is what the golden files tell: a turn of each sort, then six alerts at once.
func story(d *alert.Dispatcher, wait func()) {
	d.Send(sample(rules.Raised, "user-1a2b3c4d"))
	wait()
	d.Send(sample(rules.Repeated, ""))
	wait()
	d.Send(sample(rules.Ended, "user-1a2b3c4d"))
	wait()
	for i, group := range []string{"a", "b", "c", "a", "b", "d"} {
		a := sample(rules.Raised, group)
		if i >= 3 {
			a.Turn = []rules.Turn{rules.Ended, rules.Repeated, rules.Raised}[i-3]
		}
		if group == "d" {
			a.Rule, a.Class, a.Title = "app-disabled", catalog.Fatal, catalog.Text{EN: "App disabled", ZH: "应用已停用"}
			a.Remedy, a.AskVendor = nil, true
		}
		d.Send(a)
	}
	wait()
}

func TestGolden(t *testing.T) {
	for _, kind := range []string{"wecom", "dingtalk", "feishu", "slack", "generic"} {
		for _, lang := range catalog.Langs() {
			t.Run(kind+"/"+string(lang), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := serve(kind)
					more := ", lang: " + string(lang) + ", group-wait: 1s"
					if kind == "dingtalk" || kind == "feishu" {
						more += ", secret: env:SECRET, keyword: 告警"
					}
					d := load(t, hook(kind, more), alert.Options{Env: hookEnv, HTTP: s})
					work(t, d)
					story(d, func() { later(2 * time.Second) }) // of the bubble's clock
					var b strings.Builder
					for _, r := range s.got() {
						b.WriteString("POST " + r.url + "\n" + indent(t, r.body) + "\n")
					}
					golden(t, kind+"."+string(lang), b.String())
				})
			})
		}
	}
}

func TestGoldenStdout(t *testing.T) {
	for _, lang := range catalog.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				text := "alerts: {receivers: [{name: log, kind: stdout, lang: " + string(lang) + ", group-wait: 1s}]}\n"
				d := load(t, text, alert.Options{Stdout: &out, Zone: time.FixedZone("CST", 8*3600)})
				work(t, d)
				story(d, func() { later(2 * time.Second) })
				golden(t, "stdout."+string(lang), out.String())
			})
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
