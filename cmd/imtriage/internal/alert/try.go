package alert

import (
	"context"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// A Trial is what came of one sample alert.
type Trial struct {
	Receiver, Kind string
	Turn           rules.Turn
	Answer         string // what the receiver said
	Err            error
}

// Names lists the receivers in the order of the configuration.
func (d *Dispatcher) Names() []string {
	out := make([]string, len(d.receivers))
	for i, r := range d.receivers {
		out[i] = r.name
	}
	return out
}

// Try sends one sample alert of each turn to the receivers with the given names, all if there are
// none, and hands over what came of each, in order. It neither waits for a queue nor tries again,
// and it must not be called while [Dispatcher.Run] runs. After a failure it goes on with the next
// receiver.
func (d *Dispatcher) Try(ctx context.Context, wanted func(name string) bool, done func(Trial)) {
	for _, r := range d.receivers {
		if !wanted(r.name) {
			continue
		}
		for _, turn := range turnOrder {
			at := r.options.Now()
			m := &message{alerts: []Alert{Sample(turn, at)}, lang: r.lang, zone: r.options.Zone, keyword: r.keyword}
			limited, cancel := context.WithTimeout(ctx, r.timeout)
			answer, err := r.sender.send(limited, m, at)
			cancel()
			done(Trial{r.name, r.kind.name, turn, report.Sanitize(answer), err})
			if err != nil {
				break
			}
		}
	}
}

// Sample returns an alert that says that it is none.
func Sample(turn rules.Turn, at time.Time) Alert {
	a := Alert{
		Turn: turn, Rule: "alerts-test", Class: catalog.Info, Topics: []catalog.Topic{catalog.Neutral}, Title: wordSample,
		Group: tally.Fields{{Key: tally.KeyAPI, Value: "login"}},
		At:    at, Count: 3, Users: 2, First: at.Add(-5 * time.Minute), Last: at,
		Remedy: []rules.Step{{Owner: rules.Operations, Do: wordNoStep}},
		Links:  []string{"https://cloud.tencent.com/document/product/269/1671"},
	}
	if turn != rules.Ended {
		a.Evidence, a.Source, a.Line = "login failed, code=70001 desc=sample <b>*text*</b> @all", "app.log", 42
	}
	return a
}
