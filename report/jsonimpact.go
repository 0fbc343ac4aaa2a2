package report

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// A jsonEpisode is a span of time over which a timed rule held for one group.
type jsonEpisode struct {
	Group   map[string]string `json:"group"`
	Raised  *time.Time        `json:"raised"`
	Cleared *time.Time        `json:"cleared"` // null: it holds at the end of the log
	First   *time.Time        `json:"first"`
	Last    *time.Time        `json:"last"`
	Count   int64             `json:"count"`
}

func newJSONEpisodes(episodes []rules.Episode) []jsonEpisode {
	out := make([]jsonEpisode, 0, len(episodes))
	for _, e := range episodes {
		out = append(out, jsonEpisode{fields(e.Group), utc(e.Raised), utc(e.Cleared), utc(e.First), utc(e.Last), e.Count})
	}
	return out
}

// A jsonImpact says whom and what a verdict hit.
type jsonImpact struct {
	Users         int        `json:"users"`
	UsersApprox   bool       `json:"users_approx"`
	Hosts         jsonSpread `json:"hosts"`
	APIs          jsonSpread `json:"apis"`
	Versions      jsonSpread `json:"versions"`
	Platforms     jsonSpread `json:"platforms"`
	Devices       jsonSpread `json:"devices"`
	TopUser       *jsonTop   `json:"top_user"`      // null where it is not known
	Concentration *string    `json:"concentration"` // null where it is not known
}

// A jsonSpread is how many values a field has, and the most frequent ones.
type jsonSpread struct {
	Count   int        `json:"count"`
	Top     []jsonName `json:"top"`
	Sampled bool       `json:"sampled"` // only samples are counted
}

type jsonName struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// A jsonTop is the part of the user whom most findings name.
type jsonTop struct {
	Findings int64   `json:"findings"`
	Share    float64 `json:"share"`
}

// topNamesOfImpact is how many values of a field are listed.
const topNamesOfImpact = 5

func newJSONImpact(v *Verdict) jsonImpact {
	m := &v.Impact
	out := jsonImpact{
		Users: v.Users, UsersApprox: v.UsersApprox, Hosts: newJSONSpread(m.Hosts), APIs: newJSONSpread(m.APIs),
		Versions: newJSONSpread(m.Versions), Platforms: newJSONSpread(m.Platforms), Devices: newJSONSpread(m.Devices),
		Concentration: orNull(string(m.Concentration)),
	}
	if m.TopUser > 0 {
		out.TopUser = &jsonTop{m.TopUser, m.TopShare}
	}
	return out
}

func newJSONSpread(s rules.Spread) jsonSpread {
	out := jsonSpread{Count: len(s.Names), Top: []jsonName{}, Sampled: s.Sampled}
	for _, n := range s.Names[:min(len(s.Names), topNamesOfImpact)] {
		out.Top = append(out.Top, jsonName(n))
	}
	return out
}

// A jsonLoop is one user who retries in vain or too fast.
type jsonLoop struct {
	Code   int            `json:"code"`
	Family catalog.Family `json:"family"`
	Times  int64          `json:"times"`
	Within float64        `json:"within"` // seconds
	Retry  catalog.Retry  `json:"retry"`
}

func newJSONLoop(o *rules.Loop) *jsonLoop {
	if o == nil {
		return nil
	}
	return &jsonLoop{o.Code, o.Family, o.Times, o.Within.Seconds(), o.Retry}
}

// A jsonPeak is the busiest moment of a rate limit.
type jsonPeak struct {
	Code     int            `json:"code"`
	Family   catalog.Family `json:"family"`
	API      *string        `json:"api"` // null where findings name several, or none
	Findings int64          `json:"findings"`
	Within   float64        `json:"within"` // seconds
	Limit    *jsonLimit     `json:"limit"`
}

type jsonLimit struct {
	Of   string  `json:"of"`
	Max  float64 `json:"max"`
	Unit string  `json:"unit"`
}

func newJSONPeak(p *rules.Peak, l catalog.Lang) *jsonPeak {
	if p == nil {
		return nil
	}
	out := &jsonPeak{Code: p.Code, Family: p.Family, API: orNull(p.API), Findings: p.Findings, Within: p.Within.Seconds()}
	if p.Limit != nil {
		out.Limit = &jsonLimit{p.Limit.Of.In(l), p.Limit.Max, p.Limit.Unit}
	}
	return out
}
