package tally

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A Summary is a [Tally] made readable: entries joined, texts redacted, everything sorted.
// It is plain data and shares nothing with the Tally it came from.
type Summary struct {
	Inputs     []Input // by name
	Totals     Totals
	Classes    []ClassCount    // worst first, all classes
	Categories []CategoryCount // by findings, then name
	Topics     []TopicCount    // in the order of catalog.Topics, only those that occur
	Codes      []Code          // that the catalog knows: by class, count, code, family
	Unknown    []Code          // that it does not: by count, code, family
	Marks      []MarkCount     // by event

	// UnknownOther counts findings of numbers beyond the 4096 that are kept apart.
	UnknownOther int64

	hits  *hits                                        // set by Tally.Summary
	lines func(source string, piece, line int64) int64 // likewise
}

// Totals are the sums over all inputs.
type Totals struct {
	Inputs      int
	Bytes       int64
	Lines       int64
	Findings    int64
	OK          int64 // results with code 0
	Marks       int64 // without OK
	Codes       int   // distinct codes, known or not
	Unknown     int64 // findings that the catalog does not know
	Users       int   // distinct users of all findings
	UsersApprox bool  // the number is an estimate, see Code.UsersApprox
}

// An Input is one thing that was read.
type Input struct {
	Name     string
	Kind     string // text, gzip, …
	Bytes    int64  // decoded
	Lines    int64
	Findings int64
	Complete bool
	Problem  string   // why it is not complete, or ""
	Notes    []string // what a reader should know, sorted: "12 bytes of invalid UTF-8" …
	Health   Health   // what was not plain about how it was read

	// Sessions are the starts of the native SDK, by place. Of very many the first and the last ones are
	// kept, and a note says so.
	Sessions []Session
}

// ClassCount counts the findings of a class.
type ClassCount struct {
	Class    catalog.Class
	Findings int64
	Codes    int
}

// CategoryCount counts the findings of a category.
type CategoryCount struct {
	Category string
	Findings int64
	Codes    int
}

// TopicCount counts the findings of a topic.
type TopicCount struct {
	Topic    catalog.Topic
	Findings int64
	Codes    int
}

// MarkCount counts the marks of one event.
type MarkCount struct {
	Event       string
	Count       int64
	First, Last time.Time // zero if no mark has a time
}

// A Code is everything that was found of one code in one family.
type Code struct {
	Code     int
	Family   catalog.Family
	Entry    *catalog.Entry // nil if unknown
	Category string         // family/unknown if unknown
	Topic    catalog.Topic  // "" if unknown
	Class    catalog.Class  // Error if unknown

	Count       int64
	First, Last time.Time // zero if no finding has a time
	Users       int       // distinct user keys
	// UsersApprox is set beyond 1,024 users: the number is then an estimate by
	// HyperLogLog with a standard error of 0.8 %, and never above Count.
	UsersApprox bool

	Histogram Histogram
	Hosts     []NameCount // by count, then name; cut to a bounded number
	APIs      []NameCount
	Versions  []NameCount
	Samples   []Sample // the first and the last ones, in order

	Alternatives []catalog.Family
}

// A Histogram counts findings over time in buckets of one width.
type Histogram struct {
	Step    time.Duration // 1s 10s 1m 10m 1h 1d or 30d, in UTC
	Buckets []Bucket      // non-empty ones in time order, at most 256
	Before  int64         // findings older than the first bucket, where even 30 days did not do
	NoTime  int64         // findings without a time
}

// A Bucket counts the findings from T up to T plus the step.
type Bucket struct {
	T time.Time
	N int64
}

// NameCount counts one value of a field.
type NameCount struct {
	Name  string
	Count int64
}

// A Sample is a finding kept as evidence, redacted. If its record names its process, user, SDKAppID,
// version, platform and device that it does not name come from the [Session] that it falls into. Only
// samples get them: users are counted where the record names them.
type Sample struct {
	Source      string
	Line        int64 // 1-based; 0 where an earlier piece of the input is missing
	Column      int
	Offset      int64
	Time        time.Time
	TimeGuessed bool
	Level       string
	Text        string
	Extractor   string
	Fields      Fields
}

// A Key names a code in a family.
type Key struct {
	Family catalog.Family
	Code   int
}

// LineOf returns the line of a place in its input, 1-based, or 0 where an earlier piece of the input
// is missing or nothing is known of it.
func (s *Summary) LineOf(p Place) int64 {
	if s.lines == nil {
		return 0
	}
	return s.lines(p.Source, p.Piece, p.Line)
}
