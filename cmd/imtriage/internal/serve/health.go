package serve

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/imtriage/imtriage/report"
)

// Health is how the one who follows is.
type Health struct {
	LastPoll  time.Time     // when inputs were last looked at; zero: not yet
	PollEvery time.Duration // how often they are

	LastCheckpoint  time.Time     // when the state was last written; zero: not yet
	CheckpointEvery time.Duration // how often it is; 0: no state is kept

	Receivers []Receiver // of alerts, in order
	Problems  []string   // what keeps it from its work
}

// A Receiver of alerts. One that does not answer is told of but is no reason to start again.
type Receiver struct {
	Name    string
	Problem string // "": it answers
	Waiting int    // alerts not delivered yet
}

// How many times as long as usual something may take.
const (
	latePolls       = 10
	leastPolls      = 30 * time.Second
	lateCheckpoints = 5
	leastCheckpoint = time.Minute
)

// The states of /healthz.
const (
	healthy  = "ok"
	degraded = "degraded" // it works, alerts do not all arrive
	failing  = "failing"
)

type healthJSON struct {
	Status  string   `json:"status"`
	Reasons []string `json:"reasons"`

	LastPoll       *time.Time     `json:"last_poll"`
	PollAge        *float64       `json:"last_poll_age_seconds"`
	LastCheckpoint *time.Time     `json:"last_checkpoint"`
	CheckpointAge  *float64       `json:"last_checkpoint_age_seconds"`
	Receivers      []receiverJSON `json:"receivers"`
}

type receiverJSON struct {
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Problem string `json:"problem,omitempty"`
	Waiting int    `json:"waiting"`
}

// health answers 200, or 503 where starting again may help, and why.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	h := s.o.Health()
	out := h.judge(s.o.Now(), s.o.State.Started())
	body, err := json.Marshal(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	status := http.StatusOK
	if out.Status == failing {
		status = http.StatusServiceUnavailable
	}
	send(w, "application/json; charset=utf-8", status, append(body, '\n'))
}

// judge says how it is. What has not happened yet counts from the start.
func (h *Health) judge(now, started time.Time) healthJSON {
	out := healthJSON{Status: healthy, Reasons: []string{}, Receivers: []receiverJSON{}}
	fail := func(reason string) {
		out.Status = failing
		out.Reasons = append(out.Reasons, report.Sanitize(reason))
	}
	for _, p := range h.Problems {
		fail(p)
	}
	overdue := func(last time.Time, limit time.Duration) time.Duration {
		if last.IsZero() {
			last = started
		}
		if age := now.Sub(last); age > limit {
			return age.Round(time.Second)
		}
		return 0
	}
	if h.PollEvery > 0 {
		if age := overdue(h.LastPoll, max(latePolls*h.PollEvery, leastPolls)); age > 0 {
			fail("inputs were not looked at for " + age.String())
		}
	}
	if h.CheckpointEvery > 0 {
		if age := overdue(h.LastCheckpoint, max(lateCheckpoints*h.CheckpointEvery, leastCheckpoint)); age > 0 {
			fail("the state was not written for " + age.String())
		}
	}
	out.LastPoll, out.PollAge = stamp(h.LastPoll, now)
	out.LastCheckpoint, out.CheckpointAge = stamp(h.LastCheckpoint, now)
	for _, r := range h.Receivers {
		out.Receivers = append(out.Receivers, receiverJSON{report.Sanitize(r.Name), r.Problem == "", report.Sanitize(r.Problem), r.Waiting})
		if r.Problem != "" {
			out.Reasons = append(out.Reasons, report.Sanitize("receiver "+r.Name+": "+r.Problem))
			if out.Status == healthy {
				out.Status = degraded
			}
		}
	}
	return out
}

func stamp(t, now time.Time) (*time.Time, *float64) {
	if t.IsZero() {
		return nil, nil
	}
	age := max(now.Sub(t).Seconds(), 0)
	t = t.UTC()
	return &t, &age
}
