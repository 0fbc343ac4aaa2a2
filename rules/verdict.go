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

	// Groups splits the count where the rule groups its records; nil where it does not.
	Groups []Group

	Codes    []tally.Key       // it is about: by count, then family and code
	Marks    []tally.MarkCount // it is about: by event
	Explains []Symptom         // folded under it: by count, then family, code and event

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
	Count     int64
}

// maxEvidence is how many samples a verdict shows.
const maxEvidence = 3
