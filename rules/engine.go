package rules

import (
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// EngineOptions say how an [Engine] works.
type EngineOptions struct {
	// Notify, if set, is called for every [Transition], in the order in which the engine learns of it:
	// what mere time does to a group shows when its next record comes, or at [Engine.Advance].
	Notify func(Transition)
	// Lateness is how long a record waits for earlier ones, by the newest time that any has: 0 for
	// records that come in order.
	Lateness time.Duration
	// Memory is about how many bytes of state are kept; 0 stands for 14 MiB. Beyond, groups that were
	// not touched for the longest time are let go.
	Memory int
	// Watch are records of which [Engine.Looks] is to tell what rules made of them. They are among those
	// that will be added, and are not changed meanwhile.
	Watch []*tally.Record
}

const defaultMemory = 14 << 20

// An Engine judges the timed rules of a set over records in their order. Its state is bounded. It
// is not safe for concurrent use.
type Engine struct {
	program  *program
	set      *Set
	notify   func(Transition)
	limit    int
	groups   []groups // by grouping
	accounts []account
	now      int64 // time of the newest record that was judged
	lateness time.Duration
	waiting  queue
	newest   time.Time // of all that waited
	bytes    int
	EngineHealth

	a       arrival
	roles   []role // by rule, of the present arrival
	touched []int  // rules of the present arrival
	whats   []what
	numbers map[what]uint32
	counts  [][]int64 // by what, then rule: records of episodes

	watches map[watchKey]*watch // nil: nothing is watched
	watched []map[int]*watchedLook
}

// EngineHealth counts what an engine could not judge.
type EngineHealth struct {
	Late    int64 // records that came after a later one had been judged; they were passed over
	Untimed int64 // records without a time of their own that a rule with a window would have wanted
	Evicted int64 // groups that were let go for want of memory
}

// A what is a code, or an event.
type what struct {
	key   tally.Key
	event string
}

// An arrival is the record that is being judged.
type arrival struct {
	seq    int64
	record *tally.Record
	at     int64 // nanoseconds since 1970, 0 if unknown
	timed  bool
	what   uint32
	values []*tally.Value // by the program's keys; nil for what is not there
}

// number returns the number that a value begins with.
func (a *arrival) number(field int) (float64, bool) {
	v := a.values[field]
	if v == nil {
		return 0, false
	}
	return leadingNumber(v.Text)
}

// NewEngine returns an engine for the timed rules of a set.
func NewEngine(s *Set, o EngineOptions) *Engine {
	e := &Engine{program: newProgram(s), set: s, notify: o.Notify, limit: o.Memory, lateness: o.Lateness, numbers: make(map[what]uint32)}
	if e.limit == 0 {
		e.limit = defaultMemory
	}
	e.accounts = make([]account, len(e.program.rules))
	e.roles = make([]role, len(e.program.rules))
	e.a.values = make([]*tally.Value, len(e.program.keys))
	for i := range e.program.groupings {
		e.groups = append(e.groups, groups{plan: &e.program.groupings[i], byKey: make(map[uint64]*group)})
	}
	if len(o.Watch) > 0 {
		e.observe(o.Watch)
	}
	return e
}

// Add judges the next record. Records come in the order of [tally.Place.Compare], or not later than
// Lateness; one that comes after a later one had been judged is only counted as late. Nothing of r is
// kept.
func (e *Engine) Add(r *tally.Record) {
	if e.lateness > 0 && !r.Time.IsZero() && !r.TimeGuessed {
		e.wait(r)
		return
	}
	e.judge(r)
}

// judge lets all rules see a record.
func (e *Engine) judge(r *tally.Record) {
	a := &e.a
	a.seq++
	a.record, a.at, a.timed = r, 0, !r.Time.IsZero() && !r.TimeGuessed
	if !r.Time.IsZero() {
		a.at = max(r.Time.UnixNano(), 1)
	}
	if a.timed {
		if a.at < e.now {
			e.Late++
			return
		}
		e.now = a.at
	}
	e.value(r)
	a.what = e.what(r)
	e.listen(r.Selections)
	untimed := false
	for _, n := range e.touched { // first, what happened before it
		t := &e.program.rules[n]
		if t.timed && !a.timed {
			untimed = true
			continue
		}
		if g := e.find(&e.groups[t.grouping], a); g != nil {
			if st := g.standing(t); st != nil {
				e.settle(t, g, st, a.at)
			}
		}
	}
	for _, n := range r.Selections {
		if int(n) >= len(e.program.quick) {
			continue // of another set
		}
		for i := range e.program.quick[n] {
			if s := &e.program.quick[n][i]; a.timed || !s.timed {
				e.arriveQuick(s, a)
			} else {
				untimed = true
			}
		}
	}
	for _, n := range e.touched {
		t := &e.program.rules[n]
		as := e.roles[n]
		e.roles[n] = 0
		if t.field >= 0 && a.values[t.field] == nil {
			as &^= roleMain // there is nothing to measure
		}
		if as == 0 || t.timed && !a.timed {
			continue
		}
		gs := &e.groups[t.grouping]
		if g := gs.at; g != nil {
			if as&roleAbout != 0 {
				e.push(gs, g, t.trail, a)
			}
			e.arrive(t, g, a, as)
		}
	}
	if untimed {
		e.Untimed++
	}
	if e.watches != nil {
		e.note(a)
	}
}

// push puts a record on a trail, once.
func (e *Engine) push(gs *groups, g *group, trail int, a *arrival) {
	if tr := &g.trails[trail]; tr.seq != a.seq {
		tr.seq = a.seq
		if n := tr.push(step{a.at, a.record.User, a.what}, gs.plan.trails[trail].keep); n > 0 {
			e.grow(g, n)
		}
	}
}

// value looks up the values that rules ask for.
func (e *Engine) value(r *tally.Record) {
	clear(e.a.values)
	for i := range r.Values {
		for k, key := range e.program.keys {
			if key == r.Values[i].Key {
				e.a.values[k] = &r.Values[i]
				break
			}
		}
	}
}

// what numbers the code or event of a record.
func (e *Engine) what(r *tally.Record) uint32 {
	w := what{r.Key, r.Event}
	if len(e.whats) > 0 && e.whats[e.a.what] == w {
		return e.a.what
	}
	n, known := e.numbers[w]
	if !known {
		n = uint32(len(e.whats))
		e.whats = append(e.whats, what{r.Key, strings.Clone(r.Event)})
		e.counts = append(e.counts, make([]int64, len(e.program.rules)))
		e.numbers[e.whats[n]] = n
	}
	return n
}

// listen finds the rules to which the selections of a record matter, and as what.
func (e *Engine) listen(selections []uint16) {
	e.touched = e.touched[:0]
	for _, n := range selections {
		if int(n) >= len(e.program.subscribers) {
			continue // of another set
		}
		for _, s := range e.program.subscribers[n] {
			if e.roles[s.rule] == 0 {
				e.touched = append(e.touched, s.rule)
			}
			e.roles[s.rule] |= s.role
		}
	}
}

// Advance tells the engine that time has come so far: what is older than that by more than Lateness
// has come.
func (e *Engine) Advance(to time.Time) {
	to = to.Add(-e.lateness)
	e.release(to, len(e.waiting))
	e.advance(to)
}

func (e *Engine) advance(to time.Time) {
	if !to.IsZero() {
		e.now = max(e.now, to.UnixNano())
	}
	e.eachStanding(func(t *timedRule, g *group, st *standing) { e.settle(t, g, st, e.now+1) })
}

// Close tells the engine that the log ends, at the time of its last record of any kind.
func (e *Engine) Close(end time.Time) {
	e.release(end, 0)
	e.advance(end)
	e.eachStanding(func(t *timedRule, g *group, st *standing) {
		if j, ok := st.judge.(*withoutJudge); ok {
			j.end(st.at)
			e.look(t, g, st, nil, false)
		}
	})
}

// eachStanding goes through all that is remembered, the groups of each grouping from the oldest.
func (e *Engine) eachStanding(f func(*timedRule, *group, *standing)) {
	for i := range e.groups {
		for g := e.groups[i].oldest; g != nil; g = g.newer {
			for slot, st := range g.standings {
				if st != nil {
					f(&e.program.rules[e.groups[i].plan.rules[slot]], g, st)
				}
			}
		}
	}
}

// Outcomes returns what became of the rules that were raised, in the order of the set.
func (e *Engine) Outcomes() []Outcome {
	e.eachStanding(func(t *timedRule, g *group, st *standing) {
		if st.active {
			st.catchUp(g, &g.trails[t.trail], t.slot, 0)
			e.accounts[t.index].flush(st, g)
		}
	})
	var out []Outcome
	for i := range e.accounts {
		if e.accounts[i].raised > 0 {
			out = append(out, e.outcome(i))
		}
	}
	return out
}
