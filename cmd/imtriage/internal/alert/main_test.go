package alert_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMain makes the test program a command for receivers too.
func TestMain(m *testing.M) {
	if what, ok := os.LookupEnv("ALERT_COMMAND"); ok {
		os.Exit(beCommand(what))
	}
	goleak.VerifyTestMain(m)
}

// load makes a dispatcher of a block alerts in YAML.
func load(t testing.TB, text string, o alert.Options) *alert.Dispatcher {
	t.Helper()
	d, err := tryLoad(text, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func tryLoad(text string, o alert.Options) (*alert.Dispatcher, error) {
	var c struct {
		Alerts *alert.Config `yaml:"alerts"`
	}
	doc, err := yamlpos.Decode("config.yaml", []byte(text), &c)
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return alert.Load(doc, c.Alerts, o)
}

// environment is a look-up of variables.
func environment(vars map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		v, ok := vars[name]
		return v, ok
	}
}

// hookEnv has an address for every kind of webhook.
var hookEnv = environment(map[string]string{
	"WECOM":    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=wecom-key-0123456789",
	"DINGTALK": "https://oapi.dingtalk.com/robot/send?access_token=dingtalk-token-0123456789",
	"FEISHU":   "https://open.feishu.cn/open-apis/bot/v2/hook/feishu-hook-0123456789",
	"SLACK":    "https://hooks.slack.com/services/T0000/B0000/slack-hook-0123456789",
	"GENERIC":  "https://hooks.example.com/in",
	"SECRET":   "SEC-not-so-secret",
})

// hook is a configuration of one webhook, with more keys in flow style.
func hook(kind, more string) string {
	return fmt.Sprintf(`alerts:
  allow-hosts: [hooks.example.com]
  receivers:
    - {name: hook, kind: %s, url: "env:%s"%s}
`, kind, strings.ToUpper(kind), more)
}

// A request is what a service got.
type request struct {
	at   time.Time
	url  string
	head http.Header
	body string
}

// A service stands in for the network: it answers and remembers.
type service struct {
	mu       sync.Mutex
	requests []request
	answer   func(n int) (status int, header, body string)
}

// taken are what each kind of webhook answers to a message that it takes.
var taken = map[string]string{
	"wecom": `{"errcode":0,"errmsg":"ok"}`, "dingtalk": `{"errcode":0,"errmsg":"ok"}`,
	"feishu": `{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}`, "slack": "ok", "generic": "",
}

func serve(kind string) *service {
	return &service{answer: func(int) (int, string, string) { return 200, "", taken[kind] }}
}

// RoundTrip implements [http.RoundTripper].
func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, request{time.Now(), r.URL.String(), r.Header.Clone(), string(body)})
	status, header, answer := s.answer(len(s.requests))
	if status == 0 {
		return nil, errors.New("connection refused")
	}
	resp := &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(answer)), Request: r, ProtoMajor: 1,
	}
	if name, value, ok := strings.Cut(header, ": "); ok {
		resp.Header.Set(name, value)
	}
	return resp, nil
}

func (s *service) got() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.requests...)
}

// work runs a dispatcher until the test is over.
func work(t *testing.T, d *alert.Dispatcher) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Run(ctx)
	}()
	t.Cleanup(func() { cancel(); <-done })
}

// sample is an alert as rules give them.
func sample(turn rules.Turn, group string) alert.Alert {
	at := time.Date(2026, 6, 1, 10, 3, 41, 0, time.UTC)
	a := alert.Alert{
		Turn: turn, Rule: "usersig-expired", Class: catalog.Error, Topics: []catalog.Topic{catalog.Auth},
		Title: catalog.Text{EN: "UserSig expired", ZH: "UserSig 已过期"},
		At:    at, Count: 12, Users: 3, First: at.Add(-4 * time.Minute), Last: at,
		Evidence: "2026-06-01 10:03:41 E login failed code=70001 userid=user-1a2b3c4d", Source: "app.log", Line: 42,
		Remedy: []rules.Step{
			{Owner: rules.AppDeveloper, Do: catalog.Text{EN: "Fetch a new UserSig and log in again.", ZH: "取新的 UserSig 后重新登录。"}},
			{Owner: rules.Operations, Do: catalog.Text{EN: "Check the clock of the server that signs.", ZH: "检查签发服务器的时钟。"}},
		},
		Links: []string{"https://cloud.tencent.com/document/product/269/1671", "https://cloud.tencent.com/document/product/269/32688"},
	}
	if group != "" {
		a.Group = tally.Fields{{Key: "user", Value: group}}
	}
	return a
}

// indent makes JSON readable and a text of several lines in it too.
func indent(t *testing.T, body string) string {
	t.Helper()
	if !json.Valid([]byte(body)) {
		return body
	}
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), `\n`, "\n")
}
