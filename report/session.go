package report

import (
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// sessions says of each session of an input which SDK ran where, for whom and since when, in one list of
// facts each. Formats for readers show it in their long form only: it answers none of their first questions.
func (r *Report) sessions(in *tally.Input, zone *time.Location) [][]string {
	out := make([][]string, 0, len(in.Sessions))
	for i := range in.Sessions {
		s := &in.Sessions[i]
		facts := []string{strings.TrimRight("SDK "+s.Version, " ")}
		if s.Platform != "" {
			facts = append(facts, s.Platform)
		}
		if s.AppID != "" {
			facts = append(facts, "SDKAppID "+s.AppID)
		}
		if s.PID != 0 {
			facts = append(facts, "pid "+strconv.FormatInt(s.PID, 10))
		}
		if s.User != "" {
			facts = append(facts, join(wordUser.In(r.Lang), s.User))
		}
		if !s.Started.IsZero() {
			facts = append(facts, join(wordSince.In(r.Lang), full(s.Started, zone)))
		}
		for j := range facts {
			facts[j] = Sanitize(facts[j])
		}
		out = append(out, facts)
	}
	return out
}

type jsonSession struct {
	PID         *int64     `json:"pid"`
	AppID       string     `json:"sdkappid"`
	Version     string     `json:"version"`
	Platform    string     `json:"platform"`
	Device      string     `json:"device"`
	User        string     `json:"user"`
	Started     *time.Time `json:"started"`
	Last        *time.Time `json:"last"`
	TimeGuessed bool       `json:"time_guessed"`
	Offset      int64      `json:"offset"`
}

func newJSONSessions(sessions []tally.Session) []jsonSession {
	out := make([]jsonSession, 0, len(sessions))
	for i := range sessions {
		s := &sessions[i]
		j := jsonSession{
			AppID: s.AppID, Version: s.Version, Platform: s.Platform, Device: s.Device, User: s.User,
			Started: utc(s.Started), Last: utc(s.Last), TimeGuessed: s.TimeGuessed, Offset: s.Offset,
		}
		if s.PID != 0 {
			j.PID = &s.PID
		}
		out = append(out, j)
	}
	return out
}
