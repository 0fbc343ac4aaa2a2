package alert

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
)

// Schema names the JSON form of alerts. New fields are no new version.
const Schema = "imtriage.alert/1"

// An envelope is what programs get: always a list, because what piles up may come at once.
type envelope struct {
	Schema  string         `json:"schema"`
	Lang    catalog.Lang   `json:"lang"`
	Title   string         `json:"title"`
	Dropped int64          `json:"dropped"` // alerts that were lost before these
	Alerts  []enclosedItem `json:"alerts"`
}

// An enclosedItem is one alert in one language.
type enclosedItem struct {
	Key         string            `json:"key"` // the same for all turns of a rule for a group
	Turn        rules.Turn        `json:"turn"`
	At          time.Time         `json:"at"`
	Rule        string            `json:"rule"`
	Class       catalog.Class     `json:"class"`
	Topics      []catalog.Topic   `json:"topics"`
	Title       string            `json:"title"`
	Group       map[string]string `json:"group"`
	Count       int64             `json:"count"`
	Users       int               `json:"users"`
	UsersApprox bool              `json:"users_approx"`
	First       *time.Time        `json:"first"`
	Last        *time.Time        `json:"last"`
	Evidence    *enclosedEvidence `json:"evidence"`
	Remedy      []enclosedStep    `json:"remedy"`
	AskVendor   bool              `json:"ask_vendor"`
	Links       []string          `json:"links"`
}

type enclosedEvidence struct {
	Source string `json:"source"`
	Line   int64  `json:"line"`
	Text   string `json:"text"`
}

type enclosedStep struct {
	Owner rules.Owner `json:"owner"`
	Do    string      `json:"do"`
}

// envelope puts a message into the form for programs. Texts lose their controls all the same:
// programs pass them on to terminals and chats.
func (m *message) envelope() envelope {
	out := envelope{Schema: Schema, Lang: m.lang, Title: m.letter().title, Dropped: m.dropped, Alerts: []enclosedItem{}}
	for i := range m.alerts {
		out.Alerts = append(out.Alerts, enclose(&m.alerts[i], m.lang))
	}
	return out
}

func enclose(a *Alert, l catalog.Lang) enclosedItem {
	out := enclosedItem{
		Key: a.Key(), Turn: a.Turn, At: a.At.UTC(), Rule: a.Rule, Class: a.Class, Title: report.Sanitize(a.Title.In(l)),
		Topics: append([]catalog.Topic{}, a.Topics...), Group: map[string]string{}, Count: a.Count, Users: a.Users, UsersApprox: a.UsersApprox,
		First: orNull(a.First), Last: orNull(a.Last), Remedy: []enclosedStep{}, AskVendor: a.AskVendor, Links: append([]string{}, a.Links...),
	}
	for _, f := range a.Group {
		out.Group[f.Key] = report.Sanitize(f.Value)
	}
	if a.Evidence != "" {
		out.Evidence = &enclosedEvidence{report.Sanitize(a.Source), a.Line, report.Sanitize(cut(a.Evidence, mostEvidence))}
	}
	for _, s := range a.Remedy {
		out.Remedy = append(out.Remedy, enclosedStep{s.Owner, report.Sanitize(s.Do.In(l))})
	}
	return out
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
