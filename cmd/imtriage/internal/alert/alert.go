// Package alert tells people and programs that a verdict began to hold, still holds, or is over.
//
// An [Alert] is made of a turn of the rule engine, a [Dispatcher] hands it to the receivers that
// .imtriage.yaml names under alerts:
//
//	d, err := alert.Load(doc, config.Alerts, alert.Options{…})
//	go func() { defer close(done); d.Run(ctx) }()
//	maker := alert.NewMaker(cat)
//	engine := rules.NewEngine(set, rules.EngineOptions{Notify: func(t rules.Transition) {
//		if a, ok := maker.Alert(&t); ok {
//			d.Send(a)
//		}
//	}})
//	…
//	err = d.Flush(short) // before ctx ends
//
// # Promises
//
// [Dispatcher.Send] never waits: each receiver has a bounded queue and a worker of its own, so one
// that is down holds up neither the scan nor the others. It is said to be down once and tried with
// growing pauses; what waits meanwhile is sent as one message that sums up. Of a full queue the
// least important alert goes, and the next message says how many did. [Dispatcher.State] is what
// has not been handed over yet. An alert is handed over at least once: after a crash possibly
// twice, with the same key, turn and time.
//
// # Strangers
//
// The evidence in an alert was written by strangers. Every receiver gets it on one line, without
// controls, and with nothing that its chat would act upon: no mention of all, no markup, no link.
//
// Secrets come from the environment or from files, never from the configuration itself, and no
// error shows one. Nothing is sent to a host that is not known for the kind of receiver or listed,
// nor to where such a host redirects.
package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// An Alert is one turn of a rule for one group, with all that a reader needs to act. It is plain
// data, encodes as JSON for a checkpoint, and shares nothing with records; what comes from its rule is shared
// and must not be changed.
type Alert struct {
	Turn   rules.Turn
	Rule   string // id
	Class  catalog.Class
	Topics []catalog.Topic `json:",omitempty"` // of the codes that the rule is about
	Title  catalog.Text
	Group  tally.Fields `json:",omitempty"` // nil where there is none
	At     time.Time

	Count       int64     // of findings and marks so far
	Users       int       `json:",omitzero"` // distinct ones; 0 where it is not known
	UsersApprox bool      `json:",omitzero"` // Users is an estimate
	First, Last time.Time `json:",omitzero"` // of the records; zero where it is not known

	Evidence string `json:",omitempty"` // a redacted record, "" where time brought the turn about
	Source   string `json:",omitempty"` // where it stands
	Line     int64  `json:",omitzero"`

	Remedy    []rules.Step `json:",omitempty"`
	AskVendor bool         `json:",omitzero"`
	Links     []string     `json:",omitempty"`
}

// A Maker makes alerts of what rules come to. It remembers what each rule is about, so that a storm
// of transitions costs little; a new set of rules or a new catalog takes a new one. It is not safe for
// concurrent use.
type Maker struct {
	cat   *catalog.Catalog
	rules map[*rules.Rule]Alert
}

// NewMaker returns a Maker for rules over a catalog, which says what codes they are about.
func NewMaker(cat *catalog.Catalog) *Maker {
	return &Maker{cat: cat, rules: make(map[*rules.Rule]Alert)}
}

// Alert makes an alert of a transition; ok is false where the rule's cooldown keeps it from being
// told.
func (m *Maker) Alert(t *rules.Transition) (a Alert, ok bool) {
	if t.Silent {
		return Alert{}, false
	}
	a = m.of(t.Rule)
	a.Turn, a.At, a.Count = t.Turn, t.At, t.Count
	for _, f := range t.Group {
		a.Group = append(a.Group, tally.Field{Key: strings.Clone(f.Key), Value: strings.Clone(f.Value)})
	}
	if r := t.Record; r != nil {
		a.Last = r.Time
		a.Evidence, a.Source, a.Line = strings.Clone(r.Text), strings.Clone(r.Source), r.Line
	}
	return a, true
}

// of fills in what a rule says.
func (m *Maker) of(r *rules.Rule) Alert {
	a, known := m.rules[r]
	if !known {
		class, topics := about(r, m.cat)
		a = Alert{
			Rule: r.ID, Class: class, Topics: topics, Title: r.Title,
			Remedy: r.Remedy, AskVendor: r.AskVendor, Links: r.Links,
		}
		m.rules[r] = a
	}
	return a
}

// With adds the numbers of the verdict that the rule came to so far, which a transition does not
// know: users, and the first and the last record.
func (a Alert) With(v *rules.Verdict) Alert {
	a.Users, a.UsersApprox, a.First = v.Users, v.UsersApprox, v.First
	if a.Last.IsZero() {
		a.Last = v.Last
	}
	return a
}

// Key names what the alert is about: the turns of one rule for one group have the same key.
func (a *Alert) Key() string {
	h := sha256.New()
	for _, s := range append([]string{a.Rule}, flat(a.Group)...) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func flat(fields tally.Fields) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Key, f.Value)
	}
	return out
}
