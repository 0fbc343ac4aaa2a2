package main

import (
	"encoding/json"
	"io"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// whySchema names the form of a trace and its version.
const whySchema = "imtriage.why/1"

type jsonWhy struct {
	Schema   string           `json:"schema"`
	Lang     catalog.Lang     `json:"lang"`
	Lines    []jsonWhyLine    `json:"lines"`
	Verdicts []jsonWhyVerdict `json:"verdicts"` // of the whole log, by number
}

type jsonWhyVerdict struct {
	Verdict int           `json:"verdict"`
	Rule    string        `json:"rule"`
	Class   catalog.Class `json:"class"`
	Title   string        `json:"title"`
	Count   int64         `json:"count"`
	First   *time.Time    `json:"first"`
	Last    *time.Time    `json:"last"`
}

// A jsonWhyLine is a finding or a mark; what one of them has not is null.
type jsonWhyLine struct {
	Source      string     `json:"source"`
	Line        int64      `json:"line"`
	Column      int        `json:"column"`
	Offset      int64      `json:"offset"`
	Time        *time.Time `json:"time"`
	TimeGuessed bool       `json:"time_guessed"`

	Code         *int              `json:"code"`
	Family       *catalog.Family   `json:"family"`
	Alternatives []catalog.Family  `json:"alternatives"`
	Event        *string           `json:"event"`
	Class        string            `json:"class"`
	Topic        string            `json:"topic"`
	Category     string            `json:"category"`
	Known        bool              `json:"known"`
	Title        string            `json:"title"`
	Extractor    string            `json:"extractor"`
	Points       *int              `json:"points"` // null if the record alone does not tell
	Threshold    int               `json:"threshold"`
	Reasons      []string          `json:"reasons"`
	Level        string            `json:"level"`
	Text         string            `json:"text"`
	Fields       map[string]string `json:"fields"`

	Rules   []jsonWhyRule `json:"rules"`
	Told    []int         `json:"told"`
	Symptom *int          `json:"symptom"`
	Partly  bool          `json:"partly"`
}

type jsonWhyRule struct {
	Rule     string         `json:"rule"`
	Fate     rules.Fate     `json:"fate"`
	Words    string         `json:"words"`
	Selected []string       `json:"selected"`
	Misses   []jsonWhyMiss  `json:"misses"`
	Verdict  *int           `json:"verdict"`
	By       *string        `json:"by"`
	Via      *string        `json:"via"`
	Field    *string        `json:"field"`
	Whole    *jsonWhyWindow `json:"whole"`
	Look     *jsonWhyLook   `json:"look"`
}

type jsonWhyMiss struct {
	Key  string   `json:"key"`
	Op   string   `json:"op"`
	Have string   `json:"have"`
	Want []string `json:"want"`
}

type jsonWhyLook struct {
	Group    map[string]string `json:"group"`
	At       *jsonWhyWindow    `json:"at"`
	Best     *jsonWhyWindow    `json:"best"`
	Episodes int               `json:"episodes"`
	Raised   *time.Time        `json:"raised"` // of the episode that the record belongs to
	Answered *time.Time        `json:"answered"`
}

type jsonWhyWindow struct {
	At       *time.Time       `json:"at"`
	Ready    *time.Time       `json:"ready"`
	Readings []jsonWhyReading `json:"readings"`
}

type jsonWhyReading struct {
	What  rules.Quantity `json:"what"`
	Field string         `json:"field"`
	Have  float64        `json:"have"`
	Want  string         `json:"want"`
	Holds bool           `json:"holds"`
}

// json writes the trace for programs.
func (w *whyTrace) json(out io.Writer) error {
	doc := jsonWhy{Schema: whySchema, Lang: w.plan.lang, Lines: []jsonWhyLine{}, Verdicts: []jsonWhyVerdict{}}
	for i := range w.verdicts {
		v := &w.verdicts[i]
		doc.Verdicts = append(doc.Verdicts, jsonWhyVerdict{i + 1, v.Rule, v.Class, v.Title.In(w.plan.lang), v.Count, timeOrNull(v.First), timeOrNull(v.Last)})
	}
	for i := range w.lines {
		doc.Lines = append(doc.Lines, w.jsonLine(&w.lines[i]))
	}
	return encodeJSON(out, doc)
}

// encodeJSON writes a document as all commands do.
func encodeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func timeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// orNull turns what stands for none into null.
func orNull[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}

func (w *whyTrace) jsonLine(line *whyLine) jsonWhyLine {
	at, text, fields := line.place()
	text, fields = tally.Redact(w.plan.redactor, text, fields)
	title, _ := w.title(line)
	out := jsonWhyLine{
		Source: at.Source, Line: at.Line, Column: at.Column, Offset: at.Offset, Time: timeOrNull(at.Time), TimeGuessed: at.TimeGuessed,
		Alternatives: []catalog.Family{}, Title: title, Extractor: line.value(tally.DerivedExtractor), Threshold: scanner.Threshold, Reasons: []string{},
		Level: line.value(tally.DerivedLevel), Text: text, Fields: fieldMap(fields),
		Rules: []jsonWhyRule{}, Told: append([]int{}, line.decision.Told...), Symptom: orNull(line.decision.Symptom), Partly: line.decision.Partly,
	}
	if t := w.trial(line); t != nil {
		out.Points, out.Reasons = &t.Points, t.Reasons
	}
	if f := line.finding; f != nil {
		out.Code, out.Family, out.Alternatives, out.Known = &f.Code, &f.Family, append(out.Alternatives, f.Alternatives...), f.Entry != nil
		out.Class, out.Topic, out.Category = f.Value(tally.DerivedClass), f.Value(tally.DerivedTopic), f.Value(tally.DerivedCategory)
	} else {
		out.Event = &line.mark.Event
	}
	shown := w.judgements(line)
	for i := range shown {
		out.Rules = append(out.Rules, w.jsonRule(&shown[i]))
	}
	return out
}

func fieldMap(fields tally.Fields) map[string]string {
	out := make(map[string]string, len(fields))
	for _, f := range fields {
		out[f.Key] = f.Value
	}
	return out
}

func (w *whyTrace) jsonRule(j *rules.Judgement) jsonWhyRule {
	out := jsonWhyRule{
		Rule: j.Rule.ID, Fate: j.Fate, Words: w.judgement(j), Selected: append([]string{}, j.Selected...), Misses: []jsonWhyMiss{},
		Verdict: orNull(j.Verdict), By: orNull(j.By), Field: orNull(j.Field), Whole: jsonWindow(&j.Whole),
	}
	if j.Via != (tally.Key{}) {
		out.Via = orNull(codeName(j.Via.Family, j.Via.Code))
	}
	for _, m := range j.Misses {
		out.Misses = append(out.Misses, jsonWhyMiss{m.Key, m.Op, w.shown(m.Field, m.Have), append([]string{}, m.Want...)})
	}
	if l := j.Look; l != nil {
		out.Look = &jsonWhyLook{
			Group: fieldMap(l.Group), At: jsonWindow(&l.At), Best: jsonWindow(&l.Best), Episodes: l.Episodes, Answered: timeOrNull(l.Answered),
		}
		if l.Episode != nil {
			out.Look.Raised = timeOrNull(l.Episode.Raised)
		}
	}
	return out
}

// jsonWindow returns what was measured, nil for nothing.
func jsonWindow(w *rules.Window) *jsonWhyWindow {
	if w.Readings == nil {
		return nil
	}
	out := &jsonWhyWindow{At: timeOrNull(w.At), Ready: timeOrNull(w.Ready)}
	for i := range w.Readings {
		r := &w.Readings[i]
		out.Readings = append(out.Readings, jsonWhyReading{r.What, r.Field, r.Have, r.Want.String(), r.Holds()})
	}
	return out
}
