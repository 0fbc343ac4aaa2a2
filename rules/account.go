package rules

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// Bounds of an account. What is beyond is counted, but not listed.
const (
	maxEpisodes = 20
	maxUsers    = 1024
	keptGroups  = 1024
	maxGroups   = 100
)

// An account is what has become of one rule so far.
type account struct {
	raised      int
	told        int
	standing    int // groups for which it holds now
	records     int64
	first, last int64 // of its records; 0 for none

	users       map[uint64]struct{}
	sharesUsers bool // they are another engine's, too
	manyUsers   bool
	groups      map[uint64]*Group
	untracked   int // groups that found no room in groups, each time one of them was raised

	episodes []*told // the first ones, by the time they were raised
}

// A told is an episode as it is listed.
type told struct {
	Episode
	raised int64
	record *tally.Record // that raised it; nil if time did
}

// raise notes a new episode, and lists it if it is one of the first.
func (x *account) raise(st *standing, g *group, by tally.Fields, a *arrival) {
	x.raised++
	x.standing++
	if x.groups == nil {
		x.groups, x.users, x.sharesUsers = make(map[uint64]*Group), make(map[uint64]struct{}), false
	}
	if len(g.by) > 0 && x.groups[g.key] == nil {
		if len(x.groups) < keptGroups {
			x.groups[g.key] = &Group{Key: g.by}
		} else {
			x.untracked++
		}
	}
	if len(x.episodes) == maxEpisodes && x.episodes[maxEpisodes-1].raised <= st.raised {
		return
	}
	n := &told{Episode: Episode{Group: by, Raised: instant(st.raised)}, raised: st.raised}
	if a != nil {
		n.record = a.record.Clone()
	}
	i, _ := slices.BinarySearchFunc(x.episodes, n, func(a, b *told) int {
		return cmp.Or(cmp.Compare(a.raised, b.raised), -1) // behind its equals
	})
	x.episodes = slices.Insert(x.episodes, i, n)
	if len(x.episodes) > maxEpisodes {
		x.episodes = x.episodes[:maxEpisodes]
	}
	st.episode = n
}

// backfill counts the codes and users of the records on which a new episode rests.
func (e *Engine) backfill(t *timedRule, tr *trail, st *standing) {
	x := &e.accounts[t.index]
	left := st.count
	var newest *step
	for i := range tr.kept() {
		s := tr.back(i)
		if left == 0 || s.At < st.first || s.At <= st.floor {
			break
		}
		if s.At > st.at {
			continue
		}
		if newest == nil {
			newest = s
		}
		left--
		e.counts[s.What][t.index]++
		x.user(s.User)
	}
	if newest != nil {
		e.counts[newest.What][t.index] += left // older than the trail
	}
}

// flush adds what an episode has counted since the last time.
func (x *account) flush(st *standing, g *group) {
	n := st.count - st.flushed
	st.flushed = st.count
	x.records += n
	if st.first != 0 && (x.first == 0 || st.first < x.first) {
		x.first = st.first
	}
	x.last = max(x.last, st.last)
	if in := x.groups[g.key]; in != nil {
		in.Count += n
	}
	if p := st.episode; p != nil {
		p.First, p.Last, p.Count = instant(st.first), instant(st.last), st.count
	}
}

// clear notes the end of an episode.
func (x *account) clear(st *standing, g *group, at int64) {
	x.flush(st, g)
	x.standing--
	if st.episode != nil {
		st.episode.Cleared = instant(at)
		st.episode = nil
	}
}

func (x *account) user(u uint64) {
	if u == 0 {
		return
	}
	if _, known := x.users[u]; known {
		return
	}
	if x.manyUsers = x.manyUsers || len(x.users) == maxUsers; x.manyUsers {
		return
	}
	if x.sharesUsers {
		x.users, x.sharesUsers = maps.Clone(x.users), false
	}
	x.users[u] = struct{}{}
}

// instant turns nanoseconds into a time, 0 into none.
func instant(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

// outcome puts the account of a rule into plain data.
func (e *Engine) outcome(rule int) Outcome {
	x, r := &e.accounts[rule], e.program.rules[rule].Rule
	o := Outcome{
		Rule: r, State: Cleared, First: instant(x.first), Last: instant(x.last), Count: x.records,
		Users: len(x.users), UsersApprox: x.manyUsers, Raised: x.raised, Told: x.told,
	}
	if x.standing > 0 {
		o.State = Active
	}
	for n, w := range e.whats {
		count := e.counts[n][rule]
		switch {
		case count == 0:
		case w.event == "":
			o.Codes = append(o.Codes, CodeCount{w.key, count})
		default:
			o.Marks = append(o.Marks, tally.MarkCount{Event: w.event, Count: count, First: o.First, Last: o.Last})
		}
	}
	slices.SortFunc(o.Codes, func(a, b CodeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(string(a.Family), string(b.Family)), cmp.Compare(a.Code, b.Code))
	})
	slices.SortFunc(o.Marks, func(a, b tally.MarkCount) int { return strings.Compare(a.Event, b.Event) })
	for _, g := range x.groups {
		o.Groups = append(o.Groups, *g)
	}
	slices.SortFunc(o.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), compareFields(a.Key, b.Key))
	})
	o.MoreGroups = x.untracked + len(o.Groups)
	o.Groups = o.Groups[:min(len(o.Groups), maxGroups)]
	o.MoreGroups -= len(o.Groups)
	for _, n := range x.episodes {
		o.Episodes = append(o.Episodes, n.Episode)
		if n.record != nil && len(o.Evidence) < maxEvidence {
			o.Evidence = append(o.Evidence, *n.record)
		}
	}
	return o
}

func compareFields(a, b tally.Fields) int {
	return slices.CompareFunc(a, b, func(x, y tally.Field) int {
		return cmp.Or(strings.Compare(x.Key, y.Key), strings.Compare(x.Value, y.Value))
	})
}
