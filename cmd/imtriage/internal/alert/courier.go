package alert

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/imtriage/imtriage/report"
)

// How a receiver that fails is tried again: after a pause that doubles up to the longest one, with
// half of it left to chance, so that many servers do not come back at one moment. A message that a
// receiver answers but will not have is given up after some tries, because those behind it wait.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
	longestAsked = time.Hour // that a receiver may ask for
	mostTries    = 8
)

// From so many waiting alerts on people get one message that sums them up, of at most so many.
const (
	sumFrom = 5
	sumMost = 500
)

// run works the queue until ctx ends.
func (r *receiver) run(ctx context.Context) {
	for ctx.Err() == nil {
		m, wait := r.next(r.options.Now())
		if m != nil {
			r.deliver(ctx, m)
			continue
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-r.wake:
		case <-timer:
		case <-ctx.Done():
		}
	}
}

// next takes the next message, or says how long to wait for it; 0: until something comes.
func (r *receiver) next(now time.Time) (m *message, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) == 0 {
		return nil, 0
	}
	free, slot := r.room(now)
	due := slot
	if r.retryAt.After(due) {
		due = r.retryAt
	}
	if grouped := r.since.Add(r.groupWait); !r.flush && grouped.After(due) {
		due = grouped
	}
	if due.After(now) {
		return nil, due.Sub(now)
	}
	n := 1
	if together := r.singly == 0; together && (len(r.queue) > free || r.groupWait > 0 || r.kind.sums && (r.flush || len(r.queue) >= sumFrom)) {
		n = min(len(r.queue), sumMost)
	}
	r.flying = n
	return &message{
		alerts: slices.Clone(r.queue[:n]), dropped: r.dropped,
		lang: r.lang, zone: r.options.Zone, keyword: r.keyword,
	}, 0
}

// room says how many messages may go now, and if none, from when on one may.
func (r *receiver) room(now time.Time) (free int, from time.Time) {
	if r.rate == 0 {
		return math.MaxInt, time.Time{}
	}
	r.sent = slices.DeleteFunc(r.sent, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	if free = r.rate - len(r.sent); free > 0 {
		return free, time.Time{}
	}
	return 0, r.sent[0].Add(time.Minute)
}

// deliver sends a message once.
func (r *receiver) deliver(ctx context.Context, m *message) {
	at := r.options.Now()
	limited, cancel := context.WithTimeout(ctx, r.timeout)
	_, err := r.sender.send(limited, m, at)
	cancel()
	r.mu.Lock()
	said := r.settle(ctx, m, at, err)
	empty := len(r.queue) == 0
	r.mu.Unlock()
	if said != "" {
		r.say(said)
	}
	if empty {
		signal(r.idle)
	}
}

// settle takes note of what became of a message and returns what there is to say about it.
func (r *receiver) settle(ctx context.Context, m *message, at time.Time, err error) (said string) {
	n := r.flying
	r.flying = 0
	if r.rate > 0 {
		r.sent = append(r.sent, at)
	}
	if err == nil {
		r.over(n, at)
		r.dropped -= m.dropped
		r.health.Sent += int64(n)
		if down := r.health.Down; !down.IsZero() {
			r.health.Down = time.Time{}
			said = fmt.Sprintf("receiver %s works again after %s", r.name, at.Sub(down).Round(time.Second))
		}
		return said
	}
	if ctx.Err() != nil {
		return "" // the program ends; the alerts stay in the state
	}
	t := asTrouble(err)
	r.tries++
	what := cut(report.Sanitize(t.what), 400)
	r.health.Error = what
	switch {
	case t.final && n > 1: // one of them is at fault, the others are not
		r.singly, r.tries = n, 0
		return ""
	case t.final && r.queue[0].Evidence != "": // what a stranger wrote must not keep an alert back
		r.queue[0].Evidence, r.tries = "", 0
		return ""
	case t.final, t.answered && r.tries >= mostTries:
		r.over(n, at)
		r.health.Refused += int64(n)
		return fmt.Sprintf("receiver %s will not have %s: %s", r.name, alerts(n), what)
	}
	wait := r.pause(t.wait)
	r.retryAt = at.Add(wait)
	if r.health.Down.IsZero() {
		r.health.Down = at
		said = fmt.Sprintf("receiver %s: %s; alerts wait and it is tried again", r.name, what)
	}
	return said
}

// over takes the first alerts off the queue.
func (r *receiver) over(n int, at time.Time) {
	r.queue = slices.Delete(r.queue, 0, n)
	r.singly = max(r.singly-n, 0)
	r.since, r.tries, r.retryAt = at, 0, time.Time{}
}

// pause says how long to wait after a failure.
func (r *receiver) pause(asked time.Duration) time.Duration {
	p := longestPause
	if r.tries < 10 {
		p = min(firstPause<<(r.tries-1), longestPause)
	}
	p = p/2 + time.Duration(float64(p/2)*r.options.Jitter())
	return max(p, min(asked, longestAsked))
}

// Trouble is why a message was not handed over.
type trouble struct {
	what     string
	wait     time.Duration // that the receiver asks for
	answered bool          // it was reached and said no
	final    bool          // it will never have this message
	known    bool          // the body named a code that is documented
}

// Error implements error.
func (t *trouble) Error() string { return t.what }

func asTrouble(err error) *trouble {
	if t, ok := errors.AsType[*trouble](err); ok {
		return t
	}
	return &trouble{what: err.Error()}
}
