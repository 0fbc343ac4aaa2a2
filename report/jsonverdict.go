package report

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

type jsonVerdict struct {
	Rule     string        `json:"rule"`
	Class    catalog.Class `json:"class"`
	Title    string        `json:"title"`
	State    rules.State   `json:"state"`
	First    *time.Time    `json:"first"`
	Last     *time.Time    `json:"last"`
	Count    int64         `json:"count"`
	Users    int           `json:"users"`
	Groups   []jsonGroup   `json:"groups"`
	Explains []jsonSymptom `json:"explains"`
	Remedy   []jsonStep    `json:"remedy"`
	Evidence []jsonSample  `json:"evidence"`

	UsersApprox bool        `json:"users_approx"`
	Share       float64     `json:"share"`
	Codes       []jsonCount `json:"codes"`
	Marks       []jsonEvent `json:"marks"`
	Hosts       []string    `json:"hosts"`
	AskVendor   bool        `json:"ask_vendor"`
	Links       []string    `json:"links"`
	Fallback    bool        `json:"fallback"`

	Explained      int64         `json:"explained"`
	ExplainedShare float64       `json:"explained_share"`
	Raised         int           `json:"raised"`
	Told           int           `json:"told"`
	Episodes       []jsonEpisode `json:"episodes"`
	Impact         jsonImpact    `json:"impact"`
	Loop           *jsonLoop     `json:"loop"`
	Peak           *jsonPeak     `json:"peak"`
	Insights       []string      `json:"insights"`
	Elsewhere      []jsonCount   `json:"elsewhere"` // of codes, what another verdict explains
}

// A jsonGroup is the part of a verdict with one value for each of some fields.
type jsonGroup struct {
	Key   map[string]string `json:"key"`
	Count int64             `json:"count"`
}

// A jsonSymptom is a code, or an event without one.
type jsonSymptom struct {
	Code   *int            `json:"code"`
	Family *catalog.Family `json:"family"`
	Event  *string         `json:"event"`
	Count  int64           `json:"count"`

	Explained int64    `json:"explained"`
	Via       *jsonKey `json:"via"` // null where the rule says it, not the catalog
}

type jsonStep struct {
	Owner rules.Owner `json:"owner"`
	Do    string      `json:"do"`
}

type jsonEvent struct {
	Event string `json:"event"`
	Count int64  `json:"count"`
}

type jsonKey struct {
	Code   int            `json:"code"`
	Family catalog.Family `json:"family"`
}

// A jsonCount is how many findings of a code are meant.
type jsonCount struct {
	Code   int            `json:"code"`
	Family catalog.Family `json:"family"`
	Count  int64          `json:"count"`
}

func newJSONVerdict(v *Verdict, l catalog.Lang) jsonVerdict {
	out := jsonVerdict{
		Rule: v.Rule, Class: v.Class, Title: v.Title, State: v.State, First: utc(v.First), Last: utc(v.Last),
		Count: v.Count, Users: v.Users,
		Groups: make([]jsonGroup, 0, len(v.Groups)), Explains: make([]jsonSymptom, 0, len(v.Explains)),
		Remedy: make([]jsonStep, 0, len(v.Remedy)), Evidence: newJSONSamples(v.Evidence),
		UsersApprox: v.UsersApprox, Share: v.Share, Codes: make([]jsonCount, 0, len(v.Codes)),
		Marks: make([]jsonEvent, 0, len(v.Marks)), Hosts: list(v.Hosts), AskVendor: v.AskVendor,
		Links: list(v.Links), Fallback: v.Fallback,
		Explained: v.Explained, ExplainedShare: v.ExplainedShare, Raised: v.Raised, Told: v.Told, Episodes: newJSONEpisodes(v.Episodes),
		Elsewhere: newJSONCounts(v.Elsewhere), Impact: newJSONImpact(v), Loop: newJSONLoop(v.Loop), Peak: newJSONPeak(v.Peak, l), Insights: list(v.Insights),
	}
	for i, k := range v.Codes {
		out.Codes = append(out.Codes, jsonCount{k.Code, k.Family, v.Counts[i]})
	}
	for _, g := range v.Groups {
		out.Groups = append(out.Groups, jsonGroup{fields(g.Key), g.Count})
	}
	for i := range v.Explains {
		e := &v.Explains[i]
		s := jsonSymptom{Event: orNull(e.Event), Count: e.Count, Explained: e.Explained}
		if e.Via != (tally.Key{}) {
			s.Via = &jsonKey{e.Via.Code, e.Via.Family}
		}
		if e.Event == "" {
			s.Code, s.Family = &e.Code, &e.Family
		}
		out.Explains = append(out.Explains, s)
	}
	for _, s := range v.Remedy {
		out.Remedy = append(out.Remedy, jsonStep{s.Owner, s.Do})
	}
	for _, m := range v.Marks {
		out.Marks = append(out.Marks, jsonEvent{m.Event, m.Count})
	}
	return out
}

func newJSONCounts(counts []rules.CodeCount) []jsonCount {
	out := make([]jsonCount, 0, len(counts))
	for _, c := range counts {
		out = append(out, jsonCount{c.Code, c.Family, c.Count})
	}
	return out
}
