package timeline

import (
	"maps"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

const defaultRows = 10_000

// A Collector makes a timeline of what a scanner delivers: the records of a source in the order of their offsets,
// sources in any order, one after the other or mixed. It is not safe for concurrent use and keeps nothing of what it
// is given.
type Collector struct {
	users    wanted
	seen     users
	redactor *redact.Redactor
	limit    int

	sources map[string]*source // that have not ended
	kept    kept
	out     Timeline // its counts
	rows    int64    // that were offered to kept, or would have been if there were more room
}

// New returns an empty collector.
func New(o Options) *Collector {
	if o.Rows == 0 {
		o.Rows = defaultRows
	}
	limit := max(o.Rows, 2)
	return &Collector{
		users: newWanted(o.Users, o.Redactor), redactor: o.Redactor, limit: limit,
		sources: map[string]*source{}, kept: kept{limit: limit},
	}
}

// Finding takes a finding. One that is not shown still tells who was there and when.
func (c *Collector) Finding(f *tally.Finding, shown bool) {
	s := c.source(f.Source)
	c.add(s, s.lane(tally.ProcessOf(f.Fields, f.Text)), &record{
		Place: &f.Place, what: what{code: f.Code, family: f.Family}, entry: f.Entry, fields: f.Fields, finding: f,
	}, shown)
}

// Mark takes a mark. One that is not shown still tells of sessions and logins. Of [tally.MarkOK] only the users count.
func (c *Collector) Mark(m *tally.Mark, shown bool) {
	if m.Event == tally.MarkOK {
		c.success(m, shown)
		return
	}
	s := c.source(m.Source)
	l := s.mark(m)
	if l == nil {
		l = s.lane(tally.ProcessOf(m.Fields, m.Text))
	}
	c.add(s, l, &record{Place: &m.Place, what: what{event: m.Event}, fields: m.Fields, mark: m}, shown)
}

// success notes whose result with code 0 that is.
func (c *Collector) success(m *tally.Mark, shown bool) {
	if c.users.all() {
		return
	}
	m.Complete()
	user := m.Fields.Get(tally.KeyUser)
	if user == "" {
		return
	}
	c.seen.add(user)
	c.source(m.Source).lane(tally.ProcessOf(m.Fields, m.Text)).whose(user)
	if shown && c.users.has(user) {
		c.out.OK++
	}
}

func (c *Collector) add(s *source, l *lane, r *record, shown bool) {
	s.tick(r.Time)
	user := r.fields.Get(tally.KeyUser)
	if !c.users.all() {
		c.seen.add(user)
	}
	l.touch(r.Time, user)
	whose := l.whose(user)
	if r.what.event == tally.MarkLogin && user != "" && l.process {
		r.what.user = user
		l.login(user)
	}
	switch {
	case whose == others:
	case shown:
		l.add(r, user, whose)
	case whose == theirs:
		c.out.Filtered++
	}
}

// End tells that a source was read to its end. No record of it follows.
func (c *Collector) End(source string) {
	if s := c.sources[source]; s != nil {
		s.end()
		delete(c.sources, source)
	}
}

func (c *Collector) source(name string) *source {
	s := c.sources[name]
	if s == nil {
		s = newSource(c, strings.Clone(name))
		c.sources[s.name] = s
	}
	return s
}

// include offers a row of the users to the rows that are kept.
func (c *Collector) include(s *source, r *row) {
	r.pending = false
	c.rows++
	c.out.Records += r.Count
	if r.undated && !s.first.IsZero() {
		r.at, r.undated = s.first, false
	}
	if r.undated {
		s.undated.insert(r)
		return
	}
	c.kept.insert(r)
}

// Timeline ends what has not ended and returns the timeline. The collector must not be used any more.
func (c *Collector) Timeline() *Timeline {
	for _, name := range slices.Sorted(maps.Keys(c.sources)) {
		c.End(name)
	}
	t := &c.out
	t.Users = c.users.shown
	if t.Gap = -1; c.kept.full {
		t.Gap = c.kept.middle()
	}
	c.join()
	lanes := map[*lane]int{}
	shown := int64(0)
	for _, r := range c.kept.rows {
		at, ok := lanes[r.lane]
		if !ok {
			at = len(t.Sessions)
			lanes[r.lane] = at
			t.Sessions = append(t.Sessions, r.lane.facts())
		}
		t.Rows = append(t.Rows, r.finish(at, c.redactor))
		shown += r.Count
	}
	t.LeftRows, t.LeftRecords = c.rows-int64(len(t.Rows)), t.Records-shown
	relate(t, c.kept.rows)
	return t
}
