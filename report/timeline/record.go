package timeline

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A what is what the records of a row have in common.
type what struct {
	code   int
	family catalog.Family
	event  string
	user   string // of a login in a process, after which another one is logged in
}

// A record is a finding or a mark.
type record struct {
	*tally.Place
	what   what
	entry  *catalog.Entry
	fields tally.Fields // that are there before it is completed

	finding *tally.Finding // one of the two is set
	mark    *tally.Mark
}

// turns reports whether what follows the event is another situation than what was before.
func turns(event string) bool {
	switch event {
	case tally.MarkLogin, tally.MarkLogout, tally.MarkConnected, tally.MarkNetwork, tally.MarkKicked, tally.MarkSession:
		return true
	}
	return false
}

// complete returns all that the record says.
func (r *record) complete() (level, text string, fields tally.Fields) {
	if r.mark != nil {
		r.mark.Complete()
		return r.mark.Level, r.mark.Text, r.mark.Fields
	}
	r.finding.Complete()
	return r.finding.Level, r.finding.Text, r.finding.Fields
}
