package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// reportSchema changes when the sense of a field does; new fields come at the end of their object.
const reportSchema = "imtriage.report/1"

func writeJSON(w io.Writer, r *Report, _ Style) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(newJSONReport(r)); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

type jsonReport struct {
	Schema     string           `json:"schema"`
	Lang       catalog.Lang     `json:"lang"`
	Tool       jsonTool         `json:"tool"`
	Inputs     []jsonInput      `json:"inputs"`
	Totals     jsonTotals       `json:"totals"`
	Classes    map[string]int64 `json:"classes"`
	Categories []jsonCategory   `json:"categories"`
	Topics     map[string]int64 `json:"topics"`
	Codes      []jsonCode       `json:"codes"`
	Unknown    []jsonCode       `json:"unknown"`
	Marks      []jsonMark       `json:"marks"`
	Verdicts   []jsonVerdict    `json:"verdicts"`
	Explained  jsonExplained    `json:"explained"`
}

// jsonExplained is how much of the findings specific verdicts account for.
type jsonExplained struct {
	Findings    int64       `json:"findings"`
	Share       float64     `json:"share"`
	Causes      int         `json:"causes"`
	Users       int         `json:"users"`
	UsersApprox bool        `json:"users_approx"`
	Text        string      `json:"text"`
	Rest        []jsonCount `json:"rest"` // codes that have no cause yet
	RestOther   int64       `json:"rest_other"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonInput struct {
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Bytes    int64         `json:"bytes"`
	Lines    int64         `json:"lines"`
	Findings int64         `json:"findings"`
	Complete bool          `json:"complete"`
	Problem  *string       `json:"problem"`
	Health   jsonHealth    `json:"health"`
	Sessions []jsonSession `json:"sessions"`
	Notes    []string      `json:"notes"`
}

type jsonTotals struct {
	Inputs       int   `json:"inputs"`
	Bytes        int64 `json:"bytes"`
	Lines        int64 `json:"lines"`
	Findings     int64 `json:"findings"`
	OK           int64 `json:"ok"`
	Marks        int64 `json:"marks"`
	Codes        int   `json:"codes"`
	Unknown      int64 `json:"unknown"`
	Users        int   `json:"users"`
	UsersApprox  bool  `json:"users_approx"`
	UnknownOther int64 `json:"unknown_other"`
}

type jsonCategory struct {
	Category string `json:"category"`
	Findings int64  `json:"findings"`
	Codes    int    `json:"codes"`
}

type jsonMark struct {
	Event string     `json:"event"`
	Count int64      `json:"count"`
	First *time.Time `json:"first"`
	Last  *time.Time `json:"last"`
	Title string     `json:"title"`
}

func newJSONReport(r *Report) jsonReport {
	out := jsonReport{
		Schema: reportSchema, Lang: r.Lang, Tool: jsonTool(r.Tool),
		Inputs: []jsonInput{}, Categories: []jsonCategory{}, Marks: []jsonMark{}, Verdicts: []jsonVerdict{},
		Classes: map[string]int64{}, Topics: map[string]int64{},
		Codes: newJSONCodes(r.Codes), Unknown: newJSONCodes(r.Unknown),
	}
	t := r.Totals
	out.Totals = jsonTotals{
		Inputs: t.Inputs, Bytes: t.Bytes, Lines: t.Lines, Findings: t.Findings, OK: t.OK, Marks: t.Marks,
		Codes: t.Codes, Unknown: t.Unknown, Users: t.Users, UsersApprox: t.UsersApprox, UnknownOther: r.UnknownOther,
	}
	for _, in := range r.Inputs {
		out.Inputs = append(out.Inputs, jsonInput{
			Name: in.Name, Kind: in.Kind, Bytes: in.Bytes, Lines: in.Lines, Findings: in.Findings,
			Complete: in.Complete, Problem: orNull(in.Problem), Health: jsonHealth(in.Health), Sessions: newJSONSessions(in.Sessions), Notes: list(in.Notes),
		})
	}
	for _, c := range r.Classes {
		out.Classes[c.Class.String()] = c.Findings
	}
	for _, c := range r.Categories {
		out.Categories = append(out.Categories, jsonCategory(c))
	}
	for _, t := range r.Topics {
		out.Topics[string(t.Topic)] = t.Findings
	}
	for _, m := range r.Marks {
		out.Marks = append(out.Marks, jsonMark{m.Event, m.Count, utc(m.First), utc(m.Last), m.Title})
	}
	for i := range r.Verdicts {
		out.Verdicts = append(out.Verdicts, newJSONVerdict(&r.Verdicts[i], r.Lang))
	}
	x := &r.Explained
	out.Explained = jsonExplained{
		Findings: x.Findings, Share: x.Share, Causes: x.Causes, Users: x.Users, UsersApprox: x.UsersApprox,
		Text: r.explained(), Rest: newJSONCounts(x.Rest), RestOther: x.RestOther,
	}
	return out
}

// utc returns a time as JSON shows it, or nil for null.
func utc(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// list makes a nil list an empty one.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func names(counts []tally.NameCount) []string {
	out := make([]string, 0, len(counts))
	for _, c := range counts {
		out = append(out, c.Name)
	}
	return out
}

// fields returns a record's fields; encoding/json sorts the keys.
func fields(f tally.Fields) map[string]string {
	out := make(map[string]string, len(f))
	for _, v := range f {
		out[strings.ToValidUTF8(v.Key, "\uFFFD")] = v.Value
	}
	return out
}
