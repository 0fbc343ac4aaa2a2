package rules

import (
	"container/heap"
	"errors"
	"math/bits"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

var errDamaged = errors.New("damaged")

// restore takes over what a state says, which may be anything.
func (e *Engine) restore(s *engineState) error {
	if len(s.Accounts) != len(e.accounts) || len(s.Groups) != len(e.groups) || len(s.Counts) != len(s.Whats) {
		return errDamaged
	}
	e.now, e.a.seq, e.EngineHealth, e.counts = s.Now, s.Seq, s.Health, s.Counts
	for i, w := range s.Whats {
		if len(s.Counts[i]) != len(e.program.rules) {
			return errDamaged
		}
		e.whats = append(e.whats, what{tally.Key{Family: catalog.Family(w.Family), Code: w.Code}, w.Event})
		e.numbers[e.whats[i]] = uint32(i)
	}
	e.newest = s.Newest
	for i := range s.Waiting {
		r := s.Waiting[i].record()
		if r == nil {
			return errDamaged
		}
		heap.Push(&e.waiting, r)
	}
	for i := range s.Accounts {
		e.accounts[i].restore(&s.Accounts[i])
	}
	for i, list := range s.Groups {
		for j := range list {
			if err := e.restoreGroup(&e.groups[i], &list[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *account) restore(s *accountState) {
	*x = account{
		raised: s.Raised, told: s.Told, standing: s.Standing, records: s.Records, first: s.First, last: s.Last,
		manyUsers: s.Many, untracked: s.Untracked,
	}
	if s.Raised > 0 || len(s.Users)+len(s.Groups) > 0 {
		x.groups, x.users = make(map[uint64]*Group), make(map[uint64]struct{})
	}
	for _, u := range s.Users {
		x.users[u] = struct{}{}
	}
	for i := range s.Groups {
		x.groups[s.Groups[i].Key] = &s.Groups[i].Group
	}
	for i := range s.Episodes {
		n := &s.Episodes[i]
		x.episodes = append(x.episodes, &told{n.Episode, n.Raised, n.Record.record()})
	}
}

func (e *Engine) restoreGroup(gs *groups, s *groupState) error {
	rules := len(gs.plan.rules)
	if len(s.Trails) != len(gs.plan.trails) || len(s.Since) != len(s.Standings) ||
		len(s.Standings) != 0 && len(s.Standings) != rules || gs.byKey[s.Key] != nil {
		return errDamaged
	}
	g := &group{key: s.Key, by: s.By, last: s.Last, trails: make([]trail, len(s.Trails)), since: s.Since}
	for i := range s.Trails {
		if err := g.trails[i].restore(&s.Trails[i], len(e.whats)); err != nil {
			return err
		}
	}
	if len(s.Standings) > 0 {
		g.standings = make([]*standing, rules)
	}
	for slot, k := range s.Standings {
		if k == nil {
			continue
		}
		t := &e.program.rules[gs.plan.rules[slot]]
		st := &standing{
			judge: t.newJudge(&g.trails[t.trail]), at: k.At, floor: k.Floor, active: k.Active, held: k.Held, waiting: k.Waiting,
			firings: k.Firings, raised: k.Raised, first: k.First, last: k.Last, count: k.Count, flushed: k.Flushed,
			episodes: k.Episodes, toldAt: k.ToldAt, pause: k.Pause,
		}
		episodes := e.accounts[t.index].episodes
		if (st.judge == nil) != (k.Judge == nil) || k.Episode >= len(episodes) ||
			t.quick() && k.Active != (s.Since[slot] != 0) {
			return errDamaged
		}
		if k.Episode >= 0 {
			st.episode = episodes[k.Episode]
		}
		if st.judge != nil && !st.judge.load(k.Judge) {
			return errDamaged
		}
		g.standings[slot] = st
	}
	gs.byKey[g.key] = g
	gs.link(g)
	e.grow(g, s.Bytes)
	return nil
}

func (t *trail) restore(s *trailState, whats int) error {
	n := len(s.Ring)
	if n > 0 && bits.OnesCount(uint(n)) != 1 || n > ringSize(maxTrail) || s.N < 0 || s.N > 0 && n == 0 {
		return errDamaged
	}
	t.n = s.N
	for _, x := range s.Ring {
		if int(x.What) >= max(whats, 1) {
			return errDamaged
		}
	}
	t.ring = s.Ring
	return nil
}

// A judgeState holds what any judge knows; each uses what it needs of it.
type judgeState struct {
	Begun  bool         `json:"begun,omitempty"`
	Since  int64        `json:"since,omitempty"`
	Fired  int64        `json:"fired,omitempty"`
	Until  int64        `json:"until,omitempty"`
	N      int64        `json:"n,omitempty"`
	First  int64        `json:"first,omitempty"`
	Cells  []cell       `json:"cells,omitempty"`
	Grain  int64        `json:"grain,omitempty"`
	Other  []cell       `json:"other,omitempty"` // cells of the reference
	Coarse int64        `json:"coarse,omitempty"`
	Values []sighting   `json:"values,omitempty"` // by time
	Gone   int64        `json:"gone,omitempty"`
	Queue  []sample     `json:"queue,omitempty"`
	Starts []int64      `json:"starts,omitempty"`
	Parts  []trailState `json:"parts,omitempty"`
}

func (w *cells) save() ([]cell, int64) { return w.list, w.grain }

func (w *cells) load(list []cell, grain int64) bool {
	w.grain = grain
	for i, c := range list {
		if i > 0 && c.At < list[i-1].At {
			return false
		}
		w.sums.merge(c)
	}
	w.list = list
	return len(list) <= maxCells
}

func (s *recency) save(to *judgeState) {
	for _, x := range s.order {
		if s.current(x) {
			to.Values = append(to.Values, x)
		}
	}
	to.Gone = s.gone
}

func (s *recency) load(from *judgeState) bool {
	s.gone = from.Gone
	for i, x := range from.Values {
		if i > 0 && x.At < from.Values[i-1].At {
			return false
		}
		s.last[x.Value] = x.At
		s.order = append(s.order, x)
	}
	return len(s.last) <= s.limit
}
