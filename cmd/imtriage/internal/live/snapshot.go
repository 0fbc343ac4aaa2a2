package live

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// How much a [Snapshot] holds.
const (
	SparkBuckets = 60          // of every sparkline
	SparkStep    = time.Minute // of one bucket of a Spark
	PulseStep    = time.Second // of one bucket of a Pulse
	MaxCodes     = 20          // rows of codes
	MaxNewest    = 50          // rows of findings
	MaxVerdicts  = 100         // rows of verdicts
	MaxNotes     = 20          // notes
	MaxText      = 600         // bytes of a text of a record
)

// A Snapshot is what goes on at one instant, in one language. It is plain data that shares nothing
// with the [State] it came from, and its form as JSON is what the web page reads. Texts are redacted
// and fit for a terminal; a page has still to escape them.
type Snapshot struct {
	Now     time.Time    `json:"now"`
	Started time.Time    `json:"started"` // when this process began
	Lang    catalog.Lang `json:"lang"`

	// Totals since the counts began, which may be before Started.
	Lines    int64 `json:"lines"`
	Findings int64 `json:"findings"`
	OK       int64 `json:"ok"`    // results with code 0
	Marks    int64 `json:"marks"` // without OK

	Classes   []ClassRate  `json:"classes"`    // all classes, worst first
	Codes     []CodeRow    `json:"codes"`      // by recent count, count, code, family; at most MaxCodes
	MoreCodes int          `json:"more_codes"` // seen, and not in Codes
	Verdicts  []VerdictRow `json:"verdicts"`   // open ones first, worst first, then the newest; at most MaxVerdicts
	Newest    []FindingRow `json:"newest"`     // the newest first; at most MaxNewest
	Inputs    []InputRow   `json:"inputs"`     // as they were told
	Notes     []string     `json:"notes"`      // what a reader should know, the newest first; at most MaxNotes
}

// A ClassRate says how many findings of a class come.
type ClassRate struct {
	Class     catalog.Class `json:"class"`
	Name      string        `json:"name"`       // for readers
	Total     int64         `json:"total"`      // since the counts began
	PerMinute float64       `json:"per_minute"` // over the last minute
	// Spark counts by arrival in steps of SparkStep, Pulse in steps of PulseStep: SparkBuckets of each, the
	// oldest first, the last one still going on.
	Spark []int64 `json:"spark"`
	Pulse []int64 `json:"pulse"`
}

// A CodeRow is one code in one family.
type CodeRow struct {
	Code   int            `json:"code"`
	Family catalog.Family `json:"family"`
	Known  bool           `json:"known"`
	Class  catalog.Class  `json:"class"`
	Name   string         `json:"name"` // of the class, for readers
	Title  string         `json:"title"`
	Fix    string         `json:"fix,omitempty"` // what to do, "" where the catalog does not say
	Count  int64          `json:"count"`         // since the counts began
	Recent int64          `json:"recent"`        // over what Spark shows
	Users  int            `json:"users"`         // distinct ones, as [State.Users] told
	Last   time.Time      `json:"last"`          // time of the newest one in the log; zero if none has a time
	Spark  []int64        `json:"spark"`         // as that of a ClassRate
}

// A VerdictRow is a rule that holds, or held, for one group.
type VerdictRow struct {
	Rule     string        `json:"rule"`
	Class    catalog.Class `json:"class"`
	Name     string        `json:"name"` // of the class, for readers
	Title    string        `json:"title"`
	Open     bool          `json:"open"`
	State    string        `json:"state"`           // for readers
	Group    string        `json:"group,omitempty"` // key=value, … or ""
	Since    time.Time     `json:"since"`           // event time; zero if not known
	Until    time.Time     `json:"until,omitzero"`  // of one that is not open
	Count    int64         `json:"count"`
	Users    int           `json:"users"` // 0: not known
	Remedy   []RemedyRow   `json:"remedy"`
	Evidence []string      `json:"evidence"`
}

// A RemedyRow is one thing to do.
type RemedyRow struct {
	Who string `json:"who"`
	Do  string `json:"do"`
}

// A FindingRow is one finding.
type FindingRow struct {
	Seq    int64          `json:"seq"`  // ascending in the order in which they came
	Time   time.Time      `json:"time"` // zero where the log does not say it
	Source string         `json:"source"`
	Line   int64          `json:"line"` // 0: not known
	Code   int            `json:"code"`
	Family catalog.Family `json:"family"`
	Known  bool           `json:"known"`
	Class  catalog.Class  `json:"class"`
	Name   string         `json:"name"` // of the class, for readers
	Title  string         `json:"title"`
	Text   string         `json:"text"`
}

// An InputRow is one source that is followed.
type InputRow struct {
	Name      string `json:"name"`
	Size      int64  `json:"size"`   // bytes of the file of now
	Offset    int64  `json:"offset"` // how far it was read
	Lag       int64  `json:"lag"`    // bytes that are there and not read yet, those of rotated files too
	Lines     int64  `json:"lines"`
	Rotations int64  `json:"rotations"`
	// State is a word of the follower, such as "reading", "idle", "waiting" or "gone".
	State   string `json:"state"`
	Problem string `json:"problem,omitempty"` // what keeps it from being read, or ""
}
