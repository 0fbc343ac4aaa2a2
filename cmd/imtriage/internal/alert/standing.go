package alert

import (
	"maps"
	"slices"
	"time"

	"github.com/imtriage/imtriage/rules"
)

// How long the count of a verdict over the whole log must stand still to be over, and how long one
// that grows on is not told again.
const (
	quiet  = time.Hour
	remind = 24 * time.Hour
)

// Standing makes turns of the verdicts over a whole summary, which have none of their own: such a
// rule, once it holds, holds for ever. One is raised when it begins to hold, cleared when nothing
// more came for an hour, raised again by what comes after that, and repeated once a day while it
// grows. It is plain data for a checkpoint; the zero value knows nothing. It is not safe for
// concurrent use.
type Standing map[string]Stood

// A Stood is what was seen of one verdict.
type Stood struct {
	Count int64     // when it was last looked at
	Grew  time.Time // when that last changed
	Told  time.Time // zero: it is over
}

// See takes the verdicts of a snapshot and returns what is to be told, in their order and then that of
// rule ids. Verdicts of timed rules are passed over: the engine tells those. The rules that are
// named must be of the set.
func (s *Standing) See(now time.Time, verdicts []rules.Verdict, set *rules.Set, m *Maker) (out []Alert) {
	if *s == nil {
		*s = Standing{}
	}
	seen := map[string]bool{}
	for i := range verdicts {
		v := &verdicts[i]
		r := set.Rule(v.Rule)
		if r == nil || r.Timed() {
			continue
		}
		seen[v.Rule] = true
		if turn, told := s.look(now, v); told {
			out = append(out, m.verdict(now, turn, v, r))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(*s)) {
		if seen[id] {
			continue
		}
		st := (*s)[id]
		delete(*s, id)
		if r := set.Rule(id); r != nil && !st.Told.IsZero() { // another verdict took its findings over
			a := m.of(r)
			a.Turn, a.At, a.Count = rules.Ended, now, st.Count
			out = append(out, a)
		}
	}
	return out
}

// look says what became of a verdict since it was last seen.
func (s Standing) look(now time.Time, v *rules.Verdict) (turn rules.Turn, told bool) {
	st := s[v.Rule]
	defer func() { s[v.Rule] = st }()
	grew := v.Count > st.Count
	if st.Count = v.Count; grew { // it shrinks where another verdict begins to explain some
		st.Grew = now
	}
	switch {
	case grew && st.Told.IsZero():
		st.Told = now
		return rules.Raised, true
	case grew && now.Sub(st.Told) >= remind:
		st.Told = now
		return rules.Repeated, true
	case !st.Told.IsZero() && now.Sub(st.Grew) >= quiet:
		st.Told = time.Time{}
		return rules.Ended, true
	}
	return "", false
}

func (m *Maker) verdict(now time.Time, turn rules.Turn, v *rules.Verdict, r *rules.Rule) Alert {
	a := m.of(r).With(v)
	a.Turn, a.At, a.Count, a.Class = turn, now, v.Count, v.Class
	if turn != rules.Ended && len(v.Evidence) > 0 {
		e := &v.Evidence[len(v.Evidence)-1]
		a.Evidence, a.Source, a.Line = e.Text, e.Source, e.Line
	}
	return a
}
