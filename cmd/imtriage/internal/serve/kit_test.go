package serve_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "0123456789abcdef"

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// hostile is what a stranger may write into a log.
const hostile = `ErrorCode: 70001 </script><script>alert(1)</script><img src=x onerror=alert(2)> userid:zhang_san`

func newState(t *testing.T, now func() time.Time) *live.State {
	t.Helper()
	r, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return live.New(live.Options{Now: now, Redactor: r, Rules: rules.Builtin()})
}

func finding(code int, text string) *tally.Finding {
	return &tally.Finding{
		Place: tally.Place{Time: noon, Source: "app.log", Line: 7}, Code: code, Family: catalog.Server,
		Entry: catalog.Builtin().Lookup(catalog.Server, code), Text: text,
	}
}

// options are those of a server with a little of everything.
func options(t *testing.T) serve.Options {
	t.Helper()
	now := func() time.Time { return noon }
	s := newState(t, now)
	s.Lines(120)
	s.Finding(finding(70001, hostile))
	s.Finding(finding(424242, "ErrorCode: 424242"))
	s.Mark(&tally.Mark{Event: tally.MarkOK})
	s.Mark(&tally.Mark{Event: tally.MarkDNS})
	s.Inputs([]live.InputRow{{Name: "app.log", Size: 900, Offset: 800, Lag: 100, Lines: 120, State: "reading"}, {Name: "b.log", State: "waiting", Problem: "permission denied"}})
	s.Transition(rules.Transition{Rule: &rules.Rule{ID: "a-storm", Class: catalog.Fatal}, Turn: rules.Raised, At: noon})
	return serve.Options{
		Listen: "127.0.0.1:0", State: s, Now: now,
		Report: func(_ context.Context, l catalog.Lang) (*report.Report, error) {
			return report.New(&tally.Summary{}, nil, report.Options{Lang: l}), nil
		},
	}
}

func newServer(t *testing.T, o serve.Options) *serve.Server {
	t.Helper()
	s, err := serve.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks a server for a path, with headers in pairs; a Host among them is that of the request.
func get(t *testing.T, s *serve.Server, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	r.Host = "127.0.0.1:9464"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	res := w.Result()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// want fails the test unless the status is that.
func want(t *testing.T, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("%s", fmt.Sprintf("status %d, want %d", res.StatusCode, status))
	}
}
