// Package timeline puts what was found into the order of time: sessions, codes and events, of everyone or of some
// users, so that a support engineer with one user's trouble sees what came first.
//
// A [Collector] takes findings and marks as a scanner delivers them and makes a [Timeline] of them, plain data that
// package report writes down:
//
//	c := timeline.New(timeline.Options{Users: []string{"u_alpha"}, Redactor: r})
//	… c.Finding(f, true); c.Mark(m, true); c.End("app.log") …
//	t := c.Timeline()
//
// # Rows
//
// Records of one code, or of one event, that follow each other by at most a minute in one session are one [Row]. A
// login, a new connection and the like end every row of their session, because what comes behind is another
// situation. Rows stand in the order of time, source and offset of their first record. A record without a time stands
// behind the one above it in its source, or before the first that has one; a source without any time comes last.
//
// # Whose a record is
//
// With users given, a record is theirs if it names one of them, or if one of them was logged in in its process, from
// that login to the next one or to the end of the session. A record that names nobody, where nobody has logged in yet,
// goes to whom the next login of its session names. Where there is none, a session or an input that names nobody else
// is theirs as a whole.
//
// # Bounds
//
// The first and the last rows are kept, 10,000 in all, and what is between is counted. Of equal input the timeline is
// equal, in whatever order the inputs come.
package timeline

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

// Options say whose timeline is made. The zero value takes everyone and hides nothing.
type Options struct {
	// Users are those whose records are shown: ids as the log spells them, or pseudonyms as reports show them. None
	// stands for everyone.
	Users []string
	// Redactor hides what must not leave in texts and fields of rows and in sessions; nil hides nothing.
	Redactor *redact.Redactor
	// Rows is how many rows are kept, half of them the first and half the last; 0 stands for 10,000.
	Rows int
}

// A Timeline is what happened, redacted.
type Timeline struct {
	Users    []string  // that were asked for, as the redactor shows them
	Sessions []Session // in the order in which rows first name them
	Rows     []Row     // in order

	// Cause is the index of the row to look at first, -1 if nothing is wrong: see [Row.Follows]. Of the rows that
	// follow from none, those that others follow from come first, then the worst class, then the earliest.
	Cause int

	Records  int64 // findings and marks of all rows, also of those that were left out
	Filtered int64 // records of the users that are not shown because the caller said so
	OK       int64 // results with code 0 that name one of the users; not counted where none were given

	// LeftRows of LeftRecords are left out, because there are more than are kept. They belong before Rows[Gap]; Gap is
	// -1 where none are left out or where they stood in several places.
	LeftRows, LeftRecords int64
	Gap                   int
}

// A Session is where rows happened: a start of the native SDK, a process that was not seen to start, or an input.
type Session struct {
	Source string
	// Session is that of the SDK, with the latest time of any record in it. Its User is the one who logged in last,
	// or the only one whom records name. Without a banner all but PID, User and the times is empty, and in an input
	// without processes PID too.
	tally.Session
	First  time.Time // the earliest time of any record in it
	Banner bool      // the start of the SDK was seen
}

// A Row is a run of records of one code or of one event in one session.
type Row struct {
	tally.Place // of the first record
	Last        time.Time
	Count       int64
	Session     int // index into Sessions

	Event  string // set for marks; then the next three are not
	Code   int
	Family catalog.Family
	Entry  *catalog.Entry // nil if the catalog does not know the code

	User      string   // whom the records name, if that is one user
	Users     int      // how many users they name
	UsersMore bool     // there are more than Users
	APIs      []string // that they name, by appearance, at most four

	Level  string // of the first record, as the three below
	Text   string // at most 1 KiB
	Fields tally.Fields

	// Follows is the index of the row that probably brought this one about, or -1: the nearest one above, of the same
	// session or the same user, that ended at most [Reach] before, whose code the catalog names as a cause of this one.
	Follows   int
	Followers int // rows that follow from this one
}

// Reach is how long after its cause a symptom may come.
const Reach = 5 * time.Minute

// Class returns the class of what happened: that of the code, [catalog.Error] of an unknown one, warning of an event
// that is a failure and info of any other.
func (r *Row) Class() catalog.Class {
	switch {
	case r.Event != "":
		if e, ok := tally.EventNamed(r.Event); ok && e.Trouble {
			return catalog.Warning
		}
		return catalog.Info
	case r.Entry == nil:
		return catalog.Error
	}
	return r.Entry.Class
}
