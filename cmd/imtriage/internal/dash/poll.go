package dash

import (
	"context"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// refresh is how often the picture changes by itself. While no line comes it is half as often.
const refresh = 500 * time.Millisecond

// A request says what the model wants to be given from now on.
type request struct {
	lang   catalog.Lang
	paused bool // one snapshot in every language, taken now, and then none
}

// A poller asks for snapshots on behalf of the model, so that a slow one holds up no key.
type poller struct {
	snapshot func(catalog.Lang) live.Snapshot
	requests chan request
}

func newPoller(snapshot func(catalog.Lang) live.Snapshot) *poller {
	return &poller{snapshot, make(chan request, 1)}
}

// ask hands over a request without waiting; the last one holds. Only one goroutine may ask.
func (p *poller) ask(r request) {
	for {
		select {
		case p.requests <- r:
			return
		default:
		}
		select {
		case <-p.requests:
		default:
		}
	}
}

// run sends a snapshot at once after each request, and then one every so often, or half as often while
// nothing is read, until the context ends. Nothing is sent before the first request. While the picture
// is paused no clock ticks.
func (p *poller) run(ctx context.Context, every time.Duration, send func(live.Snapshot)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	ticker.Stop()
	var wanted request
	var lines int64
	step := every
	show := func(l catalog.Lang) {
		s := p.snapshot(l)
		send(s)
		next := every
		if s.Lines == lines {
			next = 2 * every
		}
		lines = s.Lines
		if !wanted.paused && next != step {
			step = next
			ticker.Reset(step)
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			show(wanted.lang)
		case wanted = <-p.requests:
			if !wanted.paused {
				step = every
				ticker.Reset(step)
				show(wanted.lang)
				continue
			}
			ticker.Stop()
			for _, l := range catalog.Langs() {
				show(l)
			}
		}
	}
}
