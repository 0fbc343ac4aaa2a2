package timeline

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
)

// A wanted says whose records are shown.
type wanted struct {
	ids      map[string]*bool // whether a record names them; nil: everyone's are shown
	redactor *redact.Redactor
	pseudo   bool // one of ids is a pseudonym
	given    []string
	shown    []string // as the redactor shows them, each once
}

var pseudonym = regexp.MustCompile(`^user-[0-9a-f]{8}$`)

func newWanted(ids []string, r *redact.Redactor) wanted {
	w := wanted{redactor: r, given: slices.Clone(ids)}
	for _, id := range ids {
		if w.ids == nil {
			w.ids = map[string]*bool{}
		}
		w.pseudo = w.pseudo || pseudonym.MatchString(id)
		w.ids[id] = new(bool)
		if shown := r.User(id); !slices.Contains(w.shown, shown) {
			w.shown = append(w.shown, shown)
		}
	}
	return w
}

func (w *wanted) all() bool { return w.ids == nil }

func (w *wanted) has(user string) bool {
	if w.ids == nil {
		return true
	}
	if user == "" {
		return false
	}
	met := w.ids[user]
	if met == nil && w.pseudo {
		met = w.ids[w.redactor.User(user)]
	}
	if met == nil {
		return false
	}
	*met = true
	return true
}

// Missing returns those of [Options].Users whom no record names, in their order.
func (c *Collector) Missing() []string {
	return slices.DeleteFunc(slices.Clone(c.users.given), func(id string) bool { return *c.users.ids[id] })
}

const (
	maxSeen = 1 << 14 // users that are counted
	maxUser = 128     // bytes of one that is kept
)

// users count by whom records were seen.
type users struct {
	count map[string]int64
	more  bool
}

func (u *users) add(user string) {
	if user == "" || len(user) > maxUser {
		return
	}
	if _, known := u.count[user]; !known {
		if u.more = u.more || len(u.count) == maxSeen; len(u.count) == maxSeen {
			return
		}
		if u.count == nil {
			u.count = map[string]int64{}
		}
		user = strings.Clone(user)
	}
	u.count[user]++
}

// A User is one whom records name, raw.
type User struct {
	ID    string
	Count int64 // findings, marks and results with code 0
}

// Seen returns the users whom records name, most records first, then by id, if users were asked for. Of more than
// 16,384 it knows those that came first, and more is set.
func (c *Collector) Seen() (list []User, more bool) {
	for id, n := range c.seen.count {
		list = append(list, User{id, n})
	}
	slices.SortFunc(list, func(a, b User) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.ID, b.ID)) })
	return list, c.seen.more
}
