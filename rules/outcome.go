package rules

import (
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An Outcome is what a timed rule came to over a log. It is plain data, in the order of the set.
type Outcome struct {
	Rule *Rule

	State       State     // Active if any group still holds at the end
	First, Last time.Time // of the records that it is about
	Count       int64     // of those records
	Users       int       // distinct ones
	UsersApprox bool      // Users is a least number

	Raised     int       // how many times the condition began to hold, over all groups
	Told       int       // how often it would have been told, as its cooldown allows
	Episodes   []Episode // the first of them, by the time they were raised; at most 20
	Groups     []Group   // by count, then key; at most 100
	MoreGroups int       // groups beyond

	Codes []CodeCount       // by count, then family and code
	Marks []tally.MarkCount // by event

	// Evidence holds the records that raised the first episodes, in order; at most three.
	Evidence []tally.Record
}

// An Episode is a span of time over which a timed rule held for one group.
type Episode struct {
	Group       tally.Fields // value of each field of By; nil where there is none
	Raised      time.Time    // when the condition began to hold
	Cleared     time.Time    // when it ended; zero if it holds at the end of the log
	First, Last time.Time    // of its records
	Count       int64        // of its records
}

// A CodeCount is how many records of a code are meant.
type CodeCount struct {
	tally.Key
	Count int64
}
