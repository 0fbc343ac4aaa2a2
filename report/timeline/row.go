package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

// Bounds of rows.
const (
	pause     = time.Minute // after which a row does not go on
	maxRecent = 32          // rows of a lane that may go on
	maxUsers  = 32          // of a row that are told apart
	maxAPIs   = 4
	maxText   = 1 << 10 // bytes
	maxFields = 2 << 10 // bytes of all fields
	maxValue  = 256     // bytes of a field, an API, or a fact of a session
)

// A row is a Row that may go on.
type row struct {
	Row
	what what
	lane *lane

	at      time.Time // where it stands
	undated bool      // nothing above it has a time
	pending bool      // it stands in the queue of its lane

	users []uint64 // keys of those whom records name
	apis  []string // raw
}

// newRow begins the row of a record that names that user, or none.
func newRow(l *lane, r *record, hide *redact.Redactor, user string) *row {
	x := &row{what: r.what, lane: l, at: r.Time}
	x.what.event, x.what.user = strings.Clone(r.what.event), strings.Clone(r.what.user)
	x.Place, x.Last, x.Entry = *r.Place, r.Time, r.entry
	x.Source = l.s.name
	x.Code, x.Family, x.Event = x.what.code, x.what.family, x.what.event
	if x.at.IsZero() {
		x.at = l.s.now
	}
	x.undated = x.at.IsZero()
	x.count(r, hide, user) // before the record is completed, which may use its fields' memory again
	level, text, fields := r.complete()
	text, fields = tally.Redact(hide, text, fields)
	x.Level, x.Text = strings.Clone(cut(level, maxValue)), strings.Clone(cut(text, maxText))
	room := maxFields
	for _, f := range fields {
		key, value := strings.Clone(cut(f.Key, maxValue)), strings.Clone(cut(f.Value, maxValue))
		if room -= len(key) + len(value); room < 0 {
			break
		}
		x.Fields = append(x.Fields, tally.Field{Key: key, Value: value})
	}
	return x
}

// goesOn reports whether a record at that time, which may be none, belongs to the row if it is of the same kind.
func (x *row) goesOn(t time.Time) bool {
	if t.IsZero() || x.Time.IsZero() {
		return t.IsZero() && x.Time.IsZero()
	}
	return !t.Before(x.Time) && t.Sub(x.Last) <= pause
}

// count adds a record to the row.
func (x *row) count(r *record, hide *redact.Redactor, user string) {
	x.Count++
	if r.Time.After(x.Last) {
		x.Last = r.Time
	}
	if api := r.fields.Get(tally.KeyAPI); api != "" && len(x.apis) < maxAPIs && !slices.Contains(x.apis, api) {
		x.apis = append(x.apis, strings.Clone(api))
	}
	if user == "" {
		return
	}
	x.meet(hide.UserKey(user), cut(hide.User(strings.Clone(user)), maxValue))
}

// meet adds a user whom a record names.
func (x *row) meet(key uint64, name string) {
	switch {
	case slices.Contains(x.users, key):
		return
	case len(x.users) == maxUsers:
		x.UsersMore = true
		return
	case len(x.users) == 0:
		x.User = name
	default:
		x.User = ""
	}
	x.users = append(x.users, key)
}

// absorb adds the records of a later row.
func (x *row) absorb(y *row) {
	x.Count += y.Count
	if y.Last.After(x.Last) {
		x.Last = y.Last
	}
	for _, api := range y.apis {
		if len(x.apis) < maxAPIs && !slices.Contains(x.apis, api) {
			x.apis = append(x.apis, api)
		}
	}
	for _, key := range y.users {
		x.meet(key, y.User)
	}
	x.UsersMore = x.UsersMore || y.UsersMore
}

// forget drops what nobody will see of a row that is left out but may go on.
func (x *row) forget() { x.Text, x.Fields = "", nil }

// compare orders rows as a timeline shows them.
func (x *row) compare(y *row) int {
	if x.undated != y.undated {
		if y.undated {
			return -1
		}
		return 1
	}
	return cmp.Or(
		x.at.Compare(y.at), strings.Compare(x.Source, y.Source), cmp.Compare(x.Offset, y.Offset),
		strings.Compare(x.Event, y.Event), strings.Compare(string(x.Family), string(y.Family)), cmp.Compare(x.Code, y.Code),
	)
}

// finish returns the row as it is shown.
func (x *row) finish(session int, hide *redact.Redactor) Row {
	x.Session, x.Users, x.Follows = session, len(x.users), -1
	for _, api := range x.apis {
		x.APIs = append(x.APIs, cut(hide.Field(tally.KeyAPI, api), maxValue))
	}
	return x.Row
}

// cut shortens valid or invalid UTF-8 to at most limit bytes without splitting a character.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && s[limit]&0xC0 == 0x80 {
		limit--
	}
	return s[:limit]
}
