package rules

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// never is a time that does not come.
const never = math.MaxInt64

// A program is the timed rules of a set made ready. Recorder and Engine each make their own of the
// same set, and so number the selections alike.
type program struct {
	selections  []*Selection
	subscribers [][]subscriber // by selection: who listens
	quick       [][]quickSet   // by selection: those who need little
	rules       []timedRule
	groupings   []grouping
	keys        []string   // of the values that any rule asks for, sorted
	wants       [][]string // by selection: those that its records must carry, sorted
}

// A subscriber is a rule to which the records of a selection matter.
type subscriber struct {
	rule int
	role role
}

// A role is what a record is to a rule, as a set of bits.
type role uint32

// The low half are the selections that a condition is about, by their order in it; the high half
// are those against which it is held.
const (
	roleMain    role = 1
	roleAbout   role = 1<<maxStages - 1
	roleAgainst role = 1 << maxStages // shifted by the stage
	roleClear   role = 1 << 31
	roleAny     role = math.MaxUint32 // any of these
	maxStages        = 15
)

// A timedRule is a rule made ready.
type timedRule struct {
	*Rule
	index    int   // among the program's rules
	plain    bool  // a mere count, told by the trail
	grouping int   // whose groups it judges
	slot     int   // of its standing in a group
	trail    int   // of the trail of a group that it looks at
	within   int64 // length of the window in nanoseconds, or never
	timed    bool  // takes only records with a time of their own
	count    Bound // with what stands for none given
	least    int   // records that count needs, 0 if it is not only a least number
	field    int   // index in keys of what is measured, -1 for nothing
	falling  bool  // more records can end it: it is raised only once all of a moment are there
	growing  bool  // more records cannot end it, only the time that passes
}

// A grouping is one way to divide records into groups.
type grouping struct {
	by      []string
	keys    []int // the same as indices of the program's keys
	rules   []int
	trails  []trailPlan
	horizon int64 // a group that was left alone for so long has nothing to say any more
}

// A trailPlan says whose records a trail keeps and how many at least.
type trailPlan struct {
	about []int // selections
	timed bool
	keep  int
}

func newProgram(s *Set) *program {
	p := &program{}
	for i := range s.rules {
		r := &s.rules[i]
		if r.Timed() && !r.Disabled {
			for _, key := range r.keys() {
				if !slices.Contains(p.keys, key) {
					p.keys = append(p.keys, key)
				}
			}
		}
	}
	slices.Sort(p.keys)
	numbers := make(map[string]int)
	for i := range s.rules {
		if r := &s.rules[i]; r.Timed() && !r.Disabled {
			p.add(r, numbers)
		}
	}
	return p
}

// keys lists the fields whose values a rule asks for.
func (r *Rule) keys() []string {
	keys := slices.Clone(r.When.By)
	for _, m := range []*Measure{r.When.Distinct, r.When.Sum, r.When.Average, r.When.Percentile} {
		if m != nil {
			keys = append(keys, m.Field)
		}
	}
	if f := r.When.FirstSeen; f != nil {
		keys = append(keys, f.Field)
	}
	return keys
}

// number returns the number of a selection, the same for equal ones.
func (p *program) number(s *Selection, numbers map[string]int) int {
	text, err := json.Marshal(s)
	if err != nil {
		panic("rules: a selection does not encode: " + err.Error()) // plain data always does
	}
	n, seen := numbers[string(text)]
	if !seen {
		n = len(p.selections)
		numbers[string(text)] = n
		p.selections = append(p.selections, s)
		p.subscribers = append(p.subscribers, nil)
		p.quick = append(p.quick, nil)
		p.wants = append(p.wants, nil)
	}
	return n
}

func (p *program) add(r *Rule, numbers map[string]int) {
	c := &r.When
	t := timedRule{Rule: r, within: never, count: c.Count, field: -1}
	if c.Within > 0 {
		t.within = int64(c.Within)
	}
	t.timed = r.windowed()
	if t.count.IsZero() {
		t.count = Bound{Limits: []Limit{{AtLeast, 1}}}
	}
	if t.count.rising() {
		t.least = t.count.least()
	}
	for _, key := range r.keys()[len(c.By):] {
		t.field = slices.Index(p.keys, key)
	}
	t.falling = c.falling()
	t.growing = !t.falling && c.Ratio == nil && c.Average == nil && c.Percentile == nil
	t.index = len(p.rules)
	t.plain = t.newJudge(nil) == nil
	var about []int
	listen := func(s *Selection, as role) {
		if s.IsZero() {
			return
		}
		n := p.number(s, numbers)
		p.subscribers[n] = append(p.subscribers[n], subscriber{t.index, as})
		for _, key := range r.keys() {
			if i, found := slices.BinarySearch(p.wants[n], key); !found {
				p.wants[n] = slices.Insert(p.wants[n], i, key)
			}
		}
		if as&roleAbout != 0 && !slices.Contains(about, n) {
			about = append(about, n)
		}
	}
	listen(&c.Select, roleMain)
	for i := range c.Sequence {
		listen(&c.Sequence[i].Select, roleMain<<i)
		listen(&c.Sequence[i].Not, roleAgainst<<i)
	}
	for i := range c.Of {
		listen(&c.Of[i].Select, roleMain<<i)
	}
	if c.Ratio != nil {
		listen(&c.Ratio.Of, roleAgainst)
	}
	if c.Without != nil {
		listen(&c.Without.Select, roleAgainst)
	}
	listen(&r.Clear.Seen, roleClear)
	p.place(&t, about)
	if t.quick() {
		n := about[0]
		p.subscribers[n] = p.subscribers[n][:len(p.subscribers[n])-1]
		p.addQuick(n, &t)
	}
	p.rules = append(p.rules, t)
}

// falling reports whether a further record may be what the condition does not want.
func (c *Condition) falling() bool {
	f := !c.Count.rising()
	for _, m := range []*Measure{c.Distinct, c.Sum, c.Average, c.Percentile} {
		f = f || m != nil && !m.Bound.rising()
	}
	return f || c.Ratio != nil && !c.Ratio.Bound.rising() || c.Spike != nil && c.Spike.Direction != "" && c.Spike.Direction != Up
}

// place gives a rule its grouping, slot and trail.
func (p *program) place(t *timedRule, about []int) {
	by := strings.Join(t.When.By, "\x00")
	t.grouping = slices.IndexFunc(p.groupings, func(g grouping) bool { return strings.Join(g.by, "\x00") == by })
	if t.grouping < 0 {
		t.grouping = len(p.groupings)
		g := grouping{by: t.When.By}
		for _, key := range t.When.By {
			g.keys = append(g.keys, slices.Index(p.keys, key))
		}
		p.groupings = append(p.groupings, g)
	}
	g := &p.groupings[t.grouping]
	t.slot = len(g.rules)
	g.rules = append(g.rules, t.index)
	g.horizon = max(g.horizon, t.horizon())
	t.trail = slices.IndexFunc(g.trails, func(x trailPlan) bool { return slices.Equal(x.about, about) && x.timed == t.timed })
	if t.trail < 0 {
		t.trail = len(g.trails)
		g.trails = append(g.trails, trailPlan{about: about, timed: t.timed, keep: leastTrail})
	}
	x := &g.trails[t.trail]
	x.keep = max(x.keep, t.count.ceiling()+1, int(min(t.Clear.Below, maxTrail))+1)
}

// horizon returns after which time without records nothing of a group matters to the rule any more.
func (t *timedRule) horizon() int64 {
	c := &t.When
	if t.within == never || c.FirstSeen != nil || t.least == 0 && c.Count.Limits != nil || !t.Clear.isZero() && t.Clear.After == 0 {
		return never
	}
	h := 2*t.within + int64(t.Clear.After)
	if t.Cooldown.Time > 0 {
		h += int64(t.Cooldown.max())
	}
	return h
}

func (c *Clear) isZero() bool { return c.Seen.IsZero() && c.Below == 0 && c.After == 0 }

func (c *Cooldown) max() Duration {
	if c.Max > 0 {
		return c.Max
	}
	return max(c.Time, Duration(24*60*60*1e9))
}
