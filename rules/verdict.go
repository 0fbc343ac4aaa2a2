package rules

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A State says whether a verdict still stands.
type State string

// The states. A verdict over a whole summary is active always.
const (
	Active  State = "active"
	Cleared State = "cleared" // it held, and does not any more
)

// A Verdict is a rule that holds, and what it is about. It is plain data; the slices of the rule
// and the fields of the samples are shared and must not be changed.
type Verdict struct {
	Rule     string // the rule's id
	Fallback bool   // of a generic rule
	Class    catalog.Class
	Title    catalog.Text
	State    State

	First, Last time.Time // of the findings and marks it is about; zero if none has a time
	Count       int64     // of findings and marks, without those folded
	Users       int       // distinct ones of the findings
	UsersApprox bool      // see tally.Code.UsersApprox
	Share       float64   // of the findings in all findings, from 0 to 1

	// Explained counts the findings that it is about and those that are folded under it;
	// ExplainedShare is their part of all findings, from 0 to 1.
	Explained      int64
	ExplainedShare float64

	// Groups splits the count where the rule groups its records; nil where it does not.
	Groups []Group
	// Raised is how many times a timed rule began to hold, 0 for other rules, and Told how often its
	// cooldown lets that be told; Episodes are the first of those times. See [Outcome].
	Raised   int
	Told     int
	Episodes []Episode

	Codes    []tally.Key       // it is about: by count, then family and code
	Counts   []int64           // how many findings of each of Codes
	Marks    []tally.MarkCount // it is about: by event
	Explains []Symptom         // folded under it: by what is explained, then family, code and event
	// Elsewhere counts findings of Codes that another verdict explains. Then First and Last are those of
	// all findings of the code.
	Elsewhere []CodeCount

	Impact Impact
	Loop   *Loop // nil: no loop is seen
	Peak   *Peak // nil: not about a rate limit, or nothing to say

	Remedy    []Step
	AskVendor bool
	Links     []string
	Evidence  []tally.Sample // at most three, the earliest first, those without a time last
}

// A Group is the part of a verdict with one value for each of some fields.
type Group struct {
	Key   tally.Fields
	Count int64
}

// A Symptom is a code or an event that a verdict explains.
type Symptom struct {
	tally.Key        // zero for an event
	Event     string // "" for a code
	Count     int64  // of all its findings or marks
	// Explained is how many of them the verdict explains: at least half of those of which it can be
	// known. The others come from users who never met the cause.
	Explained int64
	// Via is the code that brings it about if the catalog says so; zero if the rule does.
	Via tally.Key
}

// maxEvidence is how many samples a verdict shows.
const maxEvidence = 3
