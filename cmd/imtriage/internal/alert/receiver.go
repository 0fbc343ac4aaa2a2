package alert

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A sender hands a message over. Its answer is what the receiver said, for those who test it.
type sender interface {
	send(ctx context.Context, m *message, at time.Time) (answer string, err error)
}

// A receiver is a queue and how it is emptied.
type receiver struct {
	name, keyword string
	kind          *kind
	lang          catalog.Lang
	sender        sender
	timeout       time.Duration
	groupWait     time.Duration
	limit         int // of the queue
	rate          int // messages a minute, 0: any number
	options       *Options
	say           func(string)
	wake          chan struct{} // something changed for the worker
	idle          chan struct{} // the queue became empty

	mu      sync.Mutex
	queue   []Alert
	flying  int       // how many of the first of them are under way
	since   time.Time // when the first of the others came
	dropped int64     // to be said by the next message
	sent    []time.Time
	tries   int // of the message at the front that failed
	singly  int // how many at the front go one by one, because together they were refused
	retryAt time.Time
	flush   bool
	health  Health
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is signalled already
	}
}

// put queues an alert. A full queue lets go of the oldest among its least important alerts, which
// may be the new one.
func (r *receiver) put(a Alert) {
	defer signal(r.wake)
	a.Evidence = cut(a.Evidence, mostEvidence) // the queue is a part of every checkpoint
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) == r.flying {
		r.since = r.options.Now()
	}
	r.queue = append(r.queue, a)
	if len(r.queue) <= r.limit {
		return
	}
	r.dropped++
	r.health.Dropped++
	least := r.flying
	for i := r.flying + 1; i < len(r.queue); i++ {
		if r.queue[i].Class < r.queue[least].Class {
			least = i
		}
	}
	if least < len(r.queue) {
		r.queue = slices.Delete(r.queue, least, least+1)
	}
}

func (r *receiver) restore(s *ReceiverState) {
	defer signal(r.wake)
	r.mu.Lock()
	defer r.mu.Unlock()
	queue := append(slices.Clone(s.Queue), r.queue...)
	if over := len(queue) - r.limit; over > 0 {
		queue = queue[over:]
		r.dropped += int64(over)
		r.health.Dropped += int64(over)
	}
	r.queue = queue
	r.dropped += s.Dropped
}

// hurry makes the worker send what waits without waiting for more, and try again at once where it
// was waiting after a failure.
func (r *receiver) hurry(on bool) {
	r.mu.Lock()
	if r.flush = on; on {
		r.retryAt = time.Time{}
	}
	r.mu.Unlock()
	signal(r.wake)
}

// drained waits until the queue is empty and returns how many alerts are left when ctx ends.
func (r *receiver) drained(ctx context.Context) int {
	for {
		r.mu.Lock()
		n := len(r.queue)
		r.mu.Unlock()
		if n == 0 {
			signal(r.idle) // for another one who waits
			return 0
		}
		select {
		case <-r.idle:
		case <-ctx.Done():
			return n
		}
	}
}
