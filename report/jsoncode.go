package report

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

type jsonCode struct {
	Code      int            `json:"code"`
	Family    catalog.Family `json:"family"`
	Category  string         `json:"category"`
	Topic     catalog.Topic  `json:"topic"`
	Class     catalog.Class  `json:"class"`
	Symbol    string         `json:"symbol"`
	Title     string         `json:"title"`
	Meaning   string         `json:"meaning"`
	Fix       string         `json:"fix"`
	Retry     catalog.Retry  `json:"retry"`
	Count     int64          `json:"count"`
	First     *time.Time     `json:"first"`
	Last      *time.Time     `json:"last"`
	Users     int            `json:"users"`
	Histogram []jsonBucket   `json:"histogram"`
	Hosts     []string       `json:"hosts"`
	APIs      []string       `json:"apis"`
	Versions  []string       `json:"versions"`
	Samples   []jsonSample   `json:"samples"`

	UsersApprox   bool             `json:"users_approx"`
	HistogramStep int64            `json:"histogram_step"` // seconds
	Before        int64            `json:"histogram_before"`
	NoTime        int64            `json:"no_time"` // findings without a time
	Alternatives  []catalog.Family `json:"alternatives"`
	Cause         string           `json:"cause"`
	Links         []string         `json:"links"`
}

type jsonBucket struct {
	T time.Time `json:"t"`
	N int64     `json:"n"`
}

type jsonSample struct {
	Source string            `json:"source"`
	Line   *int64            `json:"line"` // null where an earlier piece of the input is missing
	Column int               `json:"column"`
	Offset int64             `json:"offset"`
	Time   *time.Time        `json:"time"`
	Level  string            `json:"level"`
	Text   string            `json:"text"`
	Fields map[string]string `json:"fields"`

	TimeGuessed bool   `json:"time_guessed"`
	Extractor   string `json:"extractor"`
}

func newJSONCodes(codes []Code) []jsonCode {
	out := make([]jsonCode, 0, len(codes))
	for i := range codes {
		c := &codes[i]
		j := jsonCode{
			Code: c.Code.Code, Family: c.Family, Category: c.Category, Topic: c.Topic, Class: c.Class,
			Symbol: c.Symbol, Title: c.Title, Meaning: c.Meaning, Fix: c.Fix, Retry: c.Retry,
			Count: c.Count, First: utc(c.First), Last: utc(c.Last), Users: c.Users,
			Histogram: make([]jsonBucket, 0, len(c.Histogram.Buckets)),
			Hosts:     names(c.Hosts), APIs: names(c.APIs), Versions: names(c.Versions), Samples: newJSONSamples(c.Samples),
			UsersApprox: c.UsersApprox, HistogramStep: int64(c.Histogram.Step / time.Second),
			Before: c.Histogram.Before, NoTime: c.Histogram.NoTime,
			Alternatives: list(c.Alternatives), Cause: c.Cause, Links: list(c.Links),
		}
		for _, b := range c.Histogram.Buckets {
			j.Histogram = append(j.Histogram, jsonBucket{b.T.UTC(), b.N})
		}
		out = append(out, j)
	}
	return out
}

func newJSONSamples(samples []tally.Sample) []jsonSample {
	out := make([]jsonSample, 0, len(samples))
	for i := range samples {
		s := &samples[i]
		j := jsonSample{
			Source: s.Source, Column: s.Column, Offset: s.Offset, Time: utc(s.Time), Level: s.Level,
			Text: s.Text, Fields: fields(s.Fields), TimeGuessed: s.TimeGuessed, Extractor: s.Extractor,
		}
		if s.Line > 0 {
			j.Line = &s.Line
		}
		out = append(out, j)
	}
	return out
}
