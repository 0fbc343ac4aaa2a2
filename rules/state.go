package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// stateSchema names the form of an engine's state and its version.
const stateSchema = "imtriage.engine/1"

// ErrOtherRules is the error of a state that was kept under another set of rules.
var ErrOtherRules = errors.New("the state was kept under other rules")

// An engineState is an engine as it is kept. It holds no raw value: records come redacted.
type engineState struct {
	Schema   string         `json:"schema"`
	Rules    string         `json:"rules"` // digest of the set
	Now      int64          `json:"now"`
	Seq      int64          `json:"seq"`
	Health   EngineHealth   `json:"health"`
	Whats    []whatState    `json:"whats,omitempty"`
	Counts   [][]int64      `json:"counts,omitempty"`
	Accounts []accountState `json:"accounts"`
	Groups   [][]groupState `json:"groups"` // by grouping, each from the oldest
	Newest   time.Time      `json:"newest"`
	Waiting  []recordState  `json:"waiting,omitempty"` // in order
}

// A whatState is a code, or an event without a family.
type whatState struct {
	Family string `json:"family,omitempty"`
	Code   int    `json:"code,omitempty"`
	Event  string `json:"event,omitempty"`
}

// A recordState is a record whose family may be none: its own fields hide those of the key.
type recordState struct {
	*tally.Record
	Family string
	Code   int
}

func newRecordState(r *tally.Record) recordState { return recordState{r, string(r.Family), r.Code} }

// record returns what was kept, or nil if nothing was.
func (s *recordState) record() *tally.Record {
	if s == nil || s.Record == nil {
		return nil
	}
	r := s.Record
	r.Key = tally.Key{Family: catalog.Family(s.Family), Code: s.Code}
	return r
}

type accountState struct {
	Raised    int          `json:"raised,omitempty"`
	Told      int          `json:"told,omitempty"`
	Standing  int          `json:"standing,omitempty"`
	Records   int64        `json:"records,omitempty"`
	First     int64        `json:"first,omitempty"`
	Last      int64        `json:"last,omitempty"`
	Users     []uint64     `json:"users,omitempty"`
	Many      bool         `json:"many,omitempty"`
	Groups    []keyedGroup `json:"groups,omitempty"`
	Untracked int          `json:"untracked,omitempty"`
	Episodes  []toldState  `json:"episodes,omitempty"`
}

type keyedGroup struct {
	Key   uint64 `json:"key"`
	Group Group  `json:"group"`
}

type toldState struct {
	Episode Episode      `json:"episode"`
	Raised  int64        `json:"raised"`
	Record  *recordState `json:"record,omitempty"`
}

type groupState struct {
	Key       uint64           `json:"key"`
	By        tally.Fields     `json:"by,omitempty"`
	Last      int64            `json:"last"`
	Bytes     int              `json:"bytes"`
	Trails    []trailState     `json:"trails"`
	Standings []*standingState `json:"standings,omitempty"`
	Since     []int64          `json:"since,omitempty"`
}

type trailState struct {
	Ring []step `json:"ring,omitempty"`
	N    int64  `json:"n"`
}

type standingState struct {
	Judge    *judgeState `json:"judge,omitempty"`
	At       int64       `json:"at"`
	Floor    int64       `json:"floor"`
	Active   bool        `json:"active,omitempty"`
	Held     bool        `json:"held,omitempty"`
	Waiting  bool        `json:"waiting,omitempty"`
	Firings  int64       `json:"firings,omitempty"`
	Raised   int64       `json:"raised,omitempty"`
	First    int64       `json:"first,omitempty"`
	Last     int64       `json:"last,omitempty"`
	Count    int64       `json:"count,omitempty"`
	Flushed  int64       `json:"flushed,omitempty"`
	Episodes int         `json:"episodes,omitempty"`
	Episode  int         `json:"episode"` // index in the account's list, -1 for none
	ToldAt   int64       `json:"told_at,omitempty"`
	Pause    int64       `json:"pause,omitempty"`
}

// State writes down all that the engine knows, in one line of JSON: the same for the same records.
// Its size is bounded as the engine's memory is.
func (e *Engine) State() ([]byte, error) {
	s := engineState{
		Schema: stateSchema, Rules: e.set.Digest(), Now: e.now, Seq: e.a.seq, Health: e.EngineHealth, Counts: e.counts,
	}
	for _, w := range e.whats {
		s.Whats = append(s.Whats, whatState{string(w.key.Family), w.key.Code, w.event})
	}
	for i := range e.accounts {
		s.Accounts = append(s.Accounts, e.accounts[i].state())
	}
	for i := range e.groups {
		list := []groupState{}
		for g := e.groups[i].oldest; g != nil; g = g.newer {
			list = append(list, e.groupState(e.groups[i].plan, g))
		}
		s.Groups = append(s.Groups, list)
	}
	s.Newest = e.newest
	slices.SortFunc(e.waiting, func(a, b *tally.Record) int { return a.Compare(b.Place) }) // a heap it stays
	for _, r := range e.waiting {
		s.Waiting = append(s.Waiting, newRecordState(r))
	}
	return json.Marshal(s)
}

func (x *account) state() accountState {
	s := accountState{
		Raised: x.raised, Told: x.told, Standing: x.standing, Records: x.records, First: x.first, Last: x.last,
		Users: slices.Sorted(maps.Keys(x.users)), Many: x.manyUsers, Untracked: x.untracked,
	}
	for _, key := range slices.Sorted(maps.Keys(x.groups)) {
		s.Groups = append(s.Groups, keyedGroup{key, *x.groups[key]})
	}
	for _, n := range x.episodes {
		k := toldState{Episode: n.Episode, Raised: n.raised}
		if r := n.record; r != nil {
			kept := newRecordState(r)
			k.Record = &kept
		}
		s.Episodes = append(s.Episodes, k)
	}
	return s
}

func (e *Engine) groupState(plan *grouping, g *group) groupState {
	s := groupState{Key: g.key, By: g.by, Last: g.last, Bytes: g.bytes, Since: g.since}
	for i := range g.trails {
		s.Trails = append(s.Trails, g.trails[i].state())
	}
	for slot, st := range g.standings {
		if st == nil {
			s.Standings = append(s.Standings, nil)
			continue
		}
		k := &standingState{
			At: st.at, Floor: st.floor, Active: st.active, Held: st.held, Waiting: st.waiting, Firings: st.firings,
			Raised: st.raised, First: st.first, Last: st.last, Count: st.count, Flushed: st.flushed, Episodes: st.episodes,
			Episode: slices.Index(e.accounts[plan.rules[slot]].episodes, st.episode), ToldAt: st.toldAt, Pause: st.pause,
		}
		if st.judge != nil {
			k.Judge = new(judgeState)
			st.judge.save(k.Judge)
		}
		s.Standings = append(s.Standings, k)
	}
	return s
}

func (t *trail) state() trailState {
	return trailState{t.ring, t.n}
}

// RestoreEngine returns an engine that goes on where another one was when it wrote the state. It is
// [ErrOtherRules] if that one had another set; damage is an error too, and never more than that.
func RestoreEngine(s *Set, o EngineOptions, data []byte) (*Engine, error) {
	var from engineState
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&from); err != nil {
		return nil, fmt.Errorf("state of the rules: %w", err)
	}
	e := NewEngine(s, o)
	switch {
	case from.Schema != stateSchema:
		return nil, fmt.Errorf("state of the rules: %.40q is not %q", from.Schema, stateSchema)
	case from.Rules != s.Digest():
		return nil, ErrOtherRules
	}
	if err := e.restore(&from); err != nil {
		return nil, fmt.Errorf("state of the rules: %w", err)
	}
	return e, nil
}
