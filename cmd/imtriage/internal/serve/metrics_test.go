package serve_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/serve"
)

func TestMetrics(t *testing.T) {
	o := options(t)
	o.Health = func() serve.Health {
		return serve.Health{LastPoll: noon, LastCheckpoint: noon, Receivers: []serve.Receiver{{Name: "ops"}, {Name: "dev", Problem: "status 500", Waiting: 3}, {Name: "ops"}}}
	}
	res, body := get(t, newServer(t, o), "/metrics")
	want(t, res, http.StatusOK)
	lines := "\n" + body
	for _, line := range []string{
		`imtriage_findings_total{category="server/account",class="error",code="70001"} 1`,
		`imtriage_findings_total{category="server/unknown",class="error",code="unknown"} 1`,
		`imtriage_ok_total 1`,
		`imtriage_marks_total{event="dns_failed"} 1`,
		`imtriage_marks_total{event="kicked"} 0`,
		`imtriage_verdict_active{class="fatal",rule="a-storm"} 1`,
		`imtriage_input_lag_bytes 100`,
		`imtriage_input_lines_total 120`,
		`imtriage_inputs 2`,
		`imtriage_inputs_troubled 1`,
		`imtriage_last_poll_timestamp_seconds 1.7958672e+09`,
		`imtriage_receiver_up{receiver="dev"} 0`,
		`imtriage_receiver_up{receiver="ops"} 1`,
		`imtriage_receiver_waiting{receiver="dev"} 3`,
	} {
		if !strings.Contains(lines, "\n"+line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	fatal := 0
	for _, e := range catalog.Builtin().Entries() {
		if e.Class == catalog.Fatal {
			fatal++
		}
	}
	if n := strings.Count(lines, `class="fatal",code="`); n != fatal || strings.Contains(lines, "zhang_san") {
		t.Errorf("%d fatal codes at 0, want %d; or text of a log in it", n, fatal)
	}
}

func TestHealth(t *testing.T) {
	well := serve.Health{LastPoll: noon.Add(-time.Second), PollEvery: time.Second, LastCheckpoint: noon.Add(-20 * time.Second), CheckpointEvery: 10 * time.Second}
	with := func(change func(*serve.Health)) serve.Health {
		h := well
		change(&h)
		return h
	}
	for _, tc := range []struct {
		name, status, reason string
		code                 int
		health               serve.Health
	}{
		{"all is well", "ok", "", 200, well},
		{"nothing known", "ok", "", 200, serve.Health{}},
		{"not polled", "failing", "inputs were not looked at for 1m0s", 503, with(func(h *serve.Health) { h.LastPoll = noon.Add(-time.Minute) })},
		{"slow polls", "ok", "", 200, with(func(h *serve.Health) { h.LastPoll, h.PollEvery = noon.Add(-time.Minute), 10*time.Second })},
		{"not written", "failing", "the state was not written for 2m0s", 503, with(func(h *serve.Health) { h.LastCheckpoint = noon.Add(-2 * time.Minute) })},
		{"no state", "ok", "", 200, with(func(h *serve.Health) { h.LastCheckpoint, h.CheckpointEvery = time.Time{}, 0 })},
		{"not yet", "ok", "", 200, with(func(h *serve.Health) { h.LastPoll, h.LastCheckpoint = time.Time{}, time.Time{} })},
		{"disk full", "failing", "write state.json: no space left on device", 503, with(func(h *serve.Health) { h.Problems = []string{"write state.json: no space left on device"} })},
		{"receiver down", "degraded", "receiver ops: status 500", 200, with(func(h *serve.Health) {
			h.Receivers = []serve.Receiver{{Name: "ops", Problem: "status 500", Waiting: 2}}
		})},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := options(t)
			o.Health = func() serve.Health { return tc.health }
			res, body := get(t, newServer(t, o), "/healthz")
			want(t, res, tc.code)
			var got struct {
				Status    string
				Reasons   []string
				Receivers []struct {
					Name    string
					OK      bool
					Waiting int
				}
				Age *float64 `json:"last_checkpoint_age_seconds"`
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err)
			}
			if got.Status != tc.status || strings.Join(got.Reasons, "; ") != tc.reason || got.Reasons == nil || got.Receivers == nil {
				t.Errorf("%s", body)
			}
			if res.Header.Get("Content-Type") != "application/json; charset=utf-8" || (got.Age == nil) != tc.health.LastCheckpoint.IsZero() {
				t.Errorf("%s: %s", res.Header.Get("Content-Type"), body)
			}
		})
	}
}
