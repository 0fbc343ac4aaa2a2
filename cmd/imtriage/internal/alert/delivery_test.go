package alert_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

// A listener keeps what is said about receivers.
type listener struct {
	mu   sync.Mutex
	said []string
}

func (l *listener) say(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, s)
}

func (l *listener) heard() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.said)
}

// later lets the bubble's clock run.
func later(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// pauses returns the time between requests, in seconds.
func pauses(requests []request) (out []float64) {
	for i := 1; i < len(requests); i++ {
		out = append(out, requests[i].at.Sub(requests[i-1].at).Seconds())
	}
	return out
}

func TestRetry(t *testing.T) {
	for _, tc := range []struct {
		name, kind string
		answer     func(n int) (int, string, string)
		pauses     []float64
		said       string
	}{
		{
			name: "refused, then 503", kind: "wecom",
			answer: func(n int) (int, string, string) {
				return []int{0, 503, 503}[n-1], "", "busy"
			},
			pauses: []float64{1, 2, 4}, said: "receiver hook: qyapi.weixin.qq.com: connection refused; alerts wait and it is tried again",
		},
		{
			name: "429 with seconds", kind: "slack",
			answer: func(int) (int, string, string) { return 429, "Retry-After: 120", "rate_limited" },
			pauses: []float64{120, 120, 120}, said: "receiver hook: HTTP 429 Too Many Requests rate_limited; alerts wait and it is tried again",
		},
		{
			name: "429 with a date", kind: "generic",
			answer: func(int) (int, string, string) { return 429, "Retry-After: Sat, 01 Jan 2000 00:10:00 GMT", "" },
			pauses: []float64{600, 2, 4}, said: "receiver hook: HTTP 429 Too Many Requests; alerts wait and it is tried again",
		},
		{
			name: "too many, behind 200", kind: "dingtalk",
			answer: func(int) (int, string, string) { return 200, "", `{"errcode":130101,"errmsg":"send too fast"}` },
			pauses: []float64{60, 60, 60}, said: "receiver hook: errcode 130101: send too fast; alerts wait and it is tried again",
		},
		{
			name: "a wrong signature, behind 200", kind: "feishu",
			answer: func(int) (int, string, string) { return 200, "", `{"code":19021,"msg":"sign match fail"}` },
			pauses: []float64{1, 2, 4}, said: "receiver hook: code 19021: sign match fail; alerts wait and it is tried again",
		},
		{
			name: "an old bot's error", kind: "feishu",
			answer: func(int) (int, string, string) {
				return 200, "", `{"StatusCode":11232,"StatusMessage":"frequency limited"}`
			},
			pauses: []float64{60, 60, 60}, said: "receiver hook: StatusCode 11232: frequency limited; alerts wait and it is tried again",
		},
		{
			name: "too many, behind 400", kind: "feishu",
			answer: func(int) (int, string, string) {
				return 400, "X-Ogw-Ratelimit-Reset: 90", `{"code":99991400,"msg":"request trigger frequency limit"}`
			},
			pauses: []float64{90, 90, 90},
			said:   `receiver hook: HTTP 400 Bad Request {"code":99991400,"msg":"request trigger frequency limit"}; alerts wait and it is tried again`,
		},
		{
			name: "a login page", kind: "slack",
			answer: func(int) (int, string, string) { return 200, "", "<html>Sign in" },
			pauses: []float64{1, 2, 4}, said: `receiver hook: the answer is none of such a receiver: "<html>Sign in"; alerts wait and it is tried again`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := serve(tc.kind)
				s.answer = func(n int) (int, string, string) {
					if n > 3 {
						return 200, "", taken[tc.kind]
					}
					return tc.answer(n)
				}
				var l listener
				d := load(t, hook(tc.kind, ""), alert.Options{Env: hookEnv, HTTP: s, Jitter: func() float64 { return 1 }, Say: l.say})
				work(t, d)
				d.Send(sample(rules.Raised, ""))
				synctest.Wait()
				if h := d.Health()[0]; h.Down.IsZero() || h.Queued != 1 || h.Error == "" {
					t.Errorf("after the first try the health is %+v, want down with one alert", h)
				}
				later(time.Hour)
				if diff := cmp.Diff(tc.pauses, pauses(s.got())); diff != "" {
					t.Errorf("pauses (-want +got):\n%s", diff)
				}
				h := d.Health()[0]
				if h.Sent != 1 || h.Queued != 0 || !h.Down.IsZero() {
					t.Errorf("in the end the health is %+v, want one alert sent", h)
				}
				said := l.heard()
				if len(said) != 2 || said[0] != tc.said || !strings.HasPrefix(said[1], "receiver hook works again after ") {
					t.Errorf("said %q, want %q and that it works again", said, tc.said)
				}
			})
		})
	}
}

func TestRefused(t *testing.T) {
	for _, tc := range []struct {
		kind   string
		status int
		answer string
		tries  int
	}{
		{"wecom", 200, `{"errcode":40058,"errmsg":"invalid content"}`, 2}, // the second time without the evidence
		{"wecom", 200, `{"errcode":12345,"errmsg":"something new"}`, 8},
		{"slack", 400, "invalid_blocks", 2},
		{"generic", 418, "", 8},
	} {
		t.Run(fmt.Sprintf("%s %d %s", tc.kind, tc.status, tc.answer), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := serve(tc.kind)
				s.answer = func(n int) (int, string, string) {
					if n > tc.tries {
						return 200, "", taken[tc.kind]
					}
					return tc.status, "", tc.answer
				}
				var l listener
				d := load(t, hook(tc.kind, ""), alert.Options{Env: hookEnv, HTTP: s, Say: l.say})
				work(t, d)
				d.Send(sample(rules.Raised, "a"))
				d.Send(sample(rules.Raised, "b"))
				later(time.Hour)
				if h := d.Health()[0]; h.Refused != 1 || h.Sent != 1 || h.Queued != 0 {
					t.Errorf("the health is %+v, want one refused and one sent", h)
				}
				if n := len(s.got()); n != tc.tries+1 {
					t.Errorf("%d requests, want %d", n, tc.tries+1)
				}
				if said := strings.Join(l.heard(), "\n"); !strings.Contains(said, "receiver hook will not have 1 alert: ") {
					t.Errorf("said %q, want that an alert was refused", said)
				}
			})
		})
	}
}

func TestGroupWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("slack")
		d := load(t, hook("slack", ", group-wait: 30s"), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		for i := range 3 {
			d.Send(sample(rules.Raised, fmt.Sprint(i)))
			later(10 * time.Second)
		}
		if got := s.got(); len(got) != 1 || !strings.Contains(got[0].body, "3 alerts") {
			t.Errorf("got %d messages, want one of three alerts", len(got))
		}
		d.Send(sample(rules.Ended, "0"))
		later(29 * time.Second)
		if n := len(s.got()); n != 1 {
			t.Errorf("%d messages before the wait was over, want 1", n)
		}
		later(time.Second)
		if n := len(s.got()); n != 2 {
			t.Errorf("%d messages after the wait, want 2", n)
		}
	})
}

func TestFlush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("slack")
		d := load(t, hook("slack", ", group-wait: 1h"), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		d.Send(sample(rules.Raised, "a"))
		d.Send(sample(rules.Raised, "b"))
		if err := d.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(s.got()); n != 1 {
			t.Errorf("%d messages, want one for both", n)
		}
		s.answer = func(int) (int, string, string) { return 0, "", "" }
		d.Send(sample(rules.Raised, "c"))
		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		err := d.Flush(short)
		if err == nil || err.Error() != "alerts that were not handed over: hook: 1" {
			t.Errorf("got %v, want that one is left", err)
		}
	})
}

func TestState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := serve("generic")
		down.answer = func(int) (int, string, string) { return 0, "", "" }
		d := load(t, hook("generic", ", queue: 2"), alert.Options{Env: hookEnv, HTTP: down})
		work(t, d)
		for i := range 3 {
			d.Send(sample(rules.Raised, fmt.Sprint(i)))
			synctest.Wait()
		}
		data, err := json.Marshal(d.State())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "hooks.example.com") {
			t.Errorf("the state knows the address: %s", data)
		}
		var state alert.State
		if err := json.Unmarshal(data, &state); err != nil {
			t.Fatal(err)
		}
		up := serve("generic")
		var l listener
		next := load(t, hook("generic", ""), alert.Options{Env: hookEnv, HTTP: up, Say: l.say})
		state.Receivers = append(state.Receivers, alert.ReceiverState{Name: "gone", Queue: []alert.Alert{sample(rules.Raised, "")}})
		next.Restore(state)
		work(t, next)
		synctest.Wait()
		if h := next.Health()[0]; h.Sent != 2 {
			t.Errorf("the health is %+v, want both sent", h)
		}
		if first := up.got()[0].body; !strings.Contains(first, `"dropped":1`) {
			t.Errorf("the first message does not say that one was dropped: %s", first)
		}
		if diff := cmp.Diff([]string{`receiver "gone" is not configured any more: 1 alert for it given up`}, l.heard()); diff != "" {
			t.Errorf("said (-want +got):\n%s", diff)
		}
		if s := next.State(); len(s.Receivers) > 0 {
			t.Errorf("got the state %+v, want none left", s)
		}
	})
}
