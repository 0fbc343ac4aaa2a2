package alert

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// A Dispatcher hands alerts to receivers. Its methods are safe for concurrent use; [Load] makes one.
type Dispatcher struct {
	receivers []*receiver
	routes    []route
	say       func(string)
}

// Run works the queues until ctx ends, and returns once nothing is under way any more. What was
// not handed over stays in [Dispatcher.State]. It is called once.
func (d *Dispatcher) Run(ctx context.Context) {
	var wg sync.WaitGroup
	for _, r := range d.receivers {
		wg.Go(func() { r.run(ctx) })
	}
	wg.Wait()
}

// Send queues an alert for the receivers that its routes lead to. It never waits.
func (d *Dispatcher) Send(a Alert) {
	for n, r := range d.receivers {
		if d.leads(&a, n) {
			r.put(a)
		}
	}
}

// leads reports whether an alert goes to a receiver.
func (d *Dispatcher) leads(a *Alert, n int) bool {
	if len(d.routes) == 0 {
		return true
	}
	for i := range d.routes {
		for _, to := range d.routes[i].to {
			if to == n && d.routes[i].takes(a) {
				return true
			}
		}
	}
	return false
}

// Flush lets every receiver have what waits for it, at once and, where people read it, as one
// message. It returns when all is handed over, or when ctx ends, with an error that says what is
// left. [Dispatcher.Run] must be running.
func (d *Dispatcher) Flush(ctx context.Context) error {
	d.hurry(true)
	defer d.hurry(false)
	var left []string
	for _, r := range d.receivers {
		if n := r.drained(ctx); n > 0 {
			left = append(left, fmt.Sprintf("%s: %d", r.name, n))
		}
	}
	if left == nil {
		return nil
	}
	return errors.New("alerts that were not handed over: " + strings.Join(left, ", "))
}

func (d *Dispatcher) hurry(on bool) {
	for _, r := range d.receivers {
		r.hurry(on)
	}
}

// A Health says how a receiver is doing.
type Health struct {
	Name, Kind string
	Queued     int       // alerts that wait
	Sent       int64     // alerts that were handed over
	Dropped    int64     // alerts that a full queue had no room for
	Refused    int64     // alerts that the receiver would not have
	Down       time.Time // since when it fails; zero: it does not
	Error      string    // why it fails, or failed last; "" if it never did
}

// Health returns how the receivers are doing, in the order of the configuration.
func (d *Dispatcher) Health() []Health {
	out := make([]Health, len(d.receivers))
	for i, r := range d.receivers {
		r.mu.Lock()
		out[i] = r.health
		out[i].Name, out[i].Kind, out[i].Queued = r.name, r.kind.name, len(r.queue)
		r.mu.Unlock()
	}
	return out
}
