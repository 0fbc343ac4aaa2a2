package alert

import "context"

// Deliver sends alerts to all receivers at once, past their queues.
func (d *Dispatcher) Deliver(ctx context.Context, alerts ...Alert) error {
	for _, r := range d.receivers {
		m := &message{alerts: alerts, lang: r.lang, zone: r.options.Zone}
		if _, err := r.sender.send(ctx, m, r.options.Now()); err != nil {
			return err
		}
	}
	return nil
}
