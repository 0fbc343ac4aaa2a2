package report

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

// timelineSchema changes when the sense of a field does; new fields come at the end of their object.
const timelineSchema = "imtriage.timeline/1"

type jsonTimeline struct {
	Schema   string                `json:"schema"`
	Lang     catalog.Lang          `json:"lang"`
	Tool     jsonTool              `json:"tool"`
	Users    []string              `json:"users"`
	Inputs   []jsonTimelineInput   `json:"inputs"`
	Totals   jsonTimelineTotals    `json:"totals"`
	Cause    *jsonCause            `json:"first_cause"`
	Sessions []jsonTimelineSession `json:"sessions"`
	Rows     []jsonRow             `json:"rows"`
	Gap      *int                  `json:"gap"`
}

type jsonTimelineInput struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Bytes    int64      `json:"bytes"`
	Lines    int64      `json:"lines"`
	Complete bool       `json:"complete"`
	Problem  *string    `json:"problem"`
	Health   jsonHealth `json:"health"`
	Notes    []string   `json:"notes"`
}

type jsonTimelineTotals struct {
	Inputs      int   `json:"inputs"`
	Bytes       int64 `json:"bytes"`
	Lines       int64 `json:"lines"`
	Records     int64 `json:"records"`
	LeftRows    int64 `json:"left_rows"`
	LeftRecords int64 `json:"left_records"`
	Filtered    int64 `json:"filtered"`
	OK          int64 `json:"ok"`
}

type jsonCause struct {
	Row   int        `json:"row"`
	Time  *time.Time `json:"time"`
	Code  *int       `json:"code"`
	Event *string    `json:"event"`
	Title string     `json:"title"`
	Fix   string     `json:"fix"`
}

type jsonTimelineSession struct {
	Source      string     `json:"source"`
	Banner      bool       `json:"banner"`
	PID         *int64     `json:"pid"`
	AppID       string     `json:"sdkappid"`
	Version     string     `json:"version"`
	Platform    string     `json:"platform"`
	Device      string     `json:"device"`
	User        string     `json:"user"`
	Started     *time.Time `json:"started"`
	First       *time.Time `json:"first"`
	Last        *time.Time `json:"last"`
	TimeGuessed bool       `json:"time_guessed"`
}

type jsonRow struct {
	Session     int               `json:"session"`
	Source      string            `json:"source"`
	Line        *int64            `json:"line"`
	Column      int               `json:"column"`
	Offset      int64             `json:"offset"`
	Time        *time.Time        `json:"time"`
	Last        *time.Time        `json:"last"`
	TimeGuessed bool              `json:"time_guessed"`
	Count       int64             `json:"count"`
	Event       *string           `json:"event"`
	Code        *int              `json:"code"`
	Family      *catalog.Family   `json:"family"`
	Category    *string           `json:"category"`
	Topic       *catalog.Topic    `json:"topic"`
	Class       string            `json:"class"`
	Known       bool              `json:"known"`
	Title       string            `json:"title"`
	User        string            `json:"user"`
	Users       int               `json:"users"`
	UsersMore   bool              `json:"users_more"`
	APIs        []string          `json:"apis"`
	Level       string            `json:"level"`
	Text        string            `json:"text"`
	Fields      map[string]string `json:"fields"`
	Follows     *int              `json:"follows"`
	Followers   int               `json:"followers"`
}

func writeTimelineJSON(w io.Writer, t *Timeline, _ Style) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(newJSONTimeline(t)); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

func newJSONTimeline(t *Timeline) jsonTimeline {
	out := jsonTimeline{
		Schema: timelineSchema, Lang: t.Lang, Tool: jsonTool(t.Tool), Users: list(t.Users),
		Inputs: []jsonTimelineInput{}, Sessions: []jsonTimelineSession{}, Rows: []jsonRow{}, Gap: index(t.Gap),
		Totals: jsonTimelineTotals{
			t.Totals.Inputs, t.Totals.Bytes, t.Totals.Lines, t.Records, t.LeftRows, t.LeftRecords, t.Filtered, t.OK,
		},
	}
	for _, in := range t.Inputs {
		out.Inputs = append(out.Inputs, jsonTimelineInput{in.Name, in.Kind, in.Bytes, in.Lines, in.Complete, orNull(in.Problem), jsonHealth(in.Health), list(in.Notes)})
	}
	for i := range t.Sessions {
		s := &t.Sessions[i]
		j := jsonTimelineSession{
			Source: s.Source, Banner: s.Banner, AppID: s.AppID, Version: s.Version, Platform: s.Platform, Device: s.Device,
			User: s.User, Started: utc(s.Started), First: utc(s.First), Last: utc(s.Last), TimeGuessed: s.TimeGuessed,
		}
		if s.PID != 0 {
			j.PID = &s.PID
		}
		out.Sessions = append(out.Sessions, j)
	}
	for i := range t.Rows {
		out.Rows = append(out.Rows, newJSONRow(t, &t.Rows[i]))
	}
	if t.Cause >= 0 {
		r := &out.Rows[t.Cause]
		out.Cause = &jsonCause{t.Cause, r.Time, r.Code, r.Event, r.Title, t.fix(&t.Rows[t.Cause])}
	}
	return out
}

func newJSONRow(t *Timeline, r *timeline.Row) jsonRow {
	out := jsonRow{
		Session: r.Session, Source: r.Source, Column: r.Column, Offset: r.Offset, Time: utc(r.Time), Last: utc(r.Last), TimeGuessed: r.TimeGuessed,
		Count: r.Count, Class: r.Class().String(), Title: t.title(r), User: r.User, Users: r.Users, UsersMore: r.UsersMore, APIs: list(r.APIs),
		Level: r.Level, Text: r.Text, Fields: fields(r.Fields), Follows: index(r.Follows), Followers: r.Followers,
	}
	if r.Line > 0 && r.Piece == 0 {
		out.Line = &r.Line
	}
	if r.Event != "" {
		out.Event = &r.Event
		_, out.Known = tally.EventNamed(r.Event)
		return out
	}
	category, topic := string(r.Family)+"/unknown", catalog.Topic("")
	if e := r.Entry; e != nil {
		category, topic, out.Known = e.Category(), e.Topic, true
	}
	out.Code, out.Family, out.Category, out.Topic = &r.Code, &r.Family, &category, &topic
	return out
}

// index is that of a list, or nil for -1.
func index(i int) *int {
	if i < 0 {
		return nil
	}
	return &i
}
