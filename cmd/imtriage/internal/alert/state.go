package alert

import (
	"fmt"
	"slices"
)

// A State is what a checkpoint keeps of a dispatcher: what has not been handed over. It is plain
// data and encodes as JSON; it holds no secret.
type State struct {
	Receivers []ReceiverState `json:",omitempty"` // those for which anything waits
}

// A ReceiverState is what waits for one receiver.
type ReceiverState struct {
	Name    string
	Queue   []Alert
	Dropped int64 `json:",omitzero"` // lost ones that the next message says
}

// State returns what has not been handed over yet, what is under way included.
func (d *Dispatcher) State() State {
	var s State
	for _, r := range d.receivers {
		r.mu.Lock()
		if len(r.queue) > 0 || r.dropped > 0 {
			s.Receivers = append(s.Receivers, ReceiverState{r.name, slices.Clone(r.queue), r.dropped})
		}
		r.mu.Unlock()
	}
	return s
}

// Restore queues what a state has, before anything that is sent later. Alerts for receivers that are
// not configured any more are given up, and that is said.
func (d *Dispatcher) Restore(s State) {
	for i := range s.Receivers {
		old := &s.Receivers[i]
		n := slices.IndexFunc(d.receivers, func(r *receiver) bool { return r.name == old.Name })
		if n < 0 {
			if len(old.Queue) > 0 {
				d.say(fmt.Sprintf("receiver %q is not configured any more: %s for it given up", cut(old.Name, 64), alerts(len(old.Queue))))
			}
			continue
		}
		d.receivers[n].restore(old)
	}
}

func alerts(n int) string {
	if n == 1 {
		return "1 alert"
	}
	return fmt.Sprintf("%d alerts", n)
}
