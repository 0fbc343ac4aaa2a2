package alert_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// A log goes through the engine, and what turns goes to standard output. Of four failed logins the
// third raises the rule; the fourth is kept quiet by its cooldown; then the window runs out.
func Example() {
	cat := catalog.Builtin()
	file, err := rules.Parse("team.yaml", []byte(`
rules:
  - id: login-loop
    title: {en: "Login in a loop", zh: "循环登录"}
    class: error
    when: {select: {codes: [6206]}, by: [user], within: 5m, count: 3}
    cooldown: {time: 15m}
    remedy: [{owner: app_developer, do: {en: "Pause longer.", zh: "延长重试间隔。"}}]
`), cat)
	if err != nil {
		fmt.Println(err)
		return
	}
	set, err := new(rules.Set).Overlay(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	var config struct {
		Alerts *alert.Config `yaml:"alerts"`
	}
	doc, err := yamlpos.Decode(".imtriage.yaml", []byte("alerts: {receivers: [{name: log, kind: stdout, lang: zh}]}"), &config)
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := alert.Load(doc, config.Alerts, alert.Options{Stdout: os.Stdout, Now: time.Now, Rules: set})
	if err != nil {
		fmt.Println(err)
		return
	}
	redactor, err := redact.New(redact.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Run(ctx)
	}()

	maker := alert.NewMaker(cat)
	engine := rules.NewEngine(set, rules.EngineOptions{Notify: func(t rules.Transition) {
		if a, ok := maker.Alert(&t); ok {
			d.Send(a)
		}
	}})
	recorder := set.NewRecorder()
	noon := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for i := range 4 {
		f := &tally.Finding{
			Place: tally.Place{Time: noon.Add(time.Duration(i) * time.Minute), Source: "app.log", Line: int64(i + 1)},
			Code:  6206, Family: catalog.SDK, Entry: cat.Lookup(catalog.SDK, 6206),
			Fields: tally.Fields{{Key: "user", Value: "u_alpha"}}, Text: "login userid=u_alpha code=6206",
		}
		picked := recorder.Finding(f)
		engine.Add(tally.NewRecord(f, picked, recorder.Keys(picked), redactor))
	}
	engine.Advance(noon.Add(time.Hour))

	if err := d.Flush(ctx); err != nil {
		fmt.Println(err)
	}
	cancel()
	<-done
	// Output:
	// ALERT [错误] 触发：循环登录
	//   规则：login-loop
	//   分组：user=user-2e334e24
	//   规模：3 条记录
	//   时间：2026-06-01 12:02:00 UTC
	//   证据：app.log:3
	//     login userid=user-2e334e24 code=6206
	//   1. 开发：延长重试间隔。
	// ALERT [错误] 已恢复：循环登录
	//   规则：login-loop
	//   分组：user=user-2e334e24
	//   规模：4 条记录
	//   时间：2026-06-01 12:06:00 UTC
}
