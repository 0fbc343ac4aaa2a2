package tally

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A Place says where in the input something stands and when it happened. Identity and order of
// findings and marks are (Time, Source, Offset) everywhere.
type Place struct {
	// Time is in UTC; zero where neither the record nor one above it carries a stamp.
	Time time.Time
	// TimeGuessed is set where the date did not come from the log itself; such times are kept
	// out of windowed rules.
	TimeGuessed bool

	Source string // logical name of the input, as it is carried with a piece
	Offset int64  // of the code's first byte in the decoded input, from 0
	Piece  int64  // offset at which the piece begins that Line counts from
	Line   int64  // 1-based, counted from Piece, whose line 1 may have begun before it
	Column int    // 1-based, in bytes
}

// Compare orders places by time, source and offset.
func (p Place) Compare(q Place) int {
	if c := p.Time.Compare(q.Time); c != 0 {
		return c
	}
	if p.Source != q.Source {
		if p.Source < q.Source {
			return -1
		}
		return 1
	}
	switch {
	case p.Offset < q.Offset:
		return -1
	case p.Offset > q.Offset:
		return 1
	}
	return 0
}

// A Field is one named value that stood beside a code.
type Field struct{ Key, Value string }

// Fields are the values of a record, sorted by key, each key once.
// See [FieldKeys] for the names.
type Fields []Field

// Get returns the value of a key, or "".
func (f Fields) Get(key string) string {
	for i := range f {
		if f[i].Key == key {
			return f[i].Value
		}
	}
	return ""
}

// A Finding is one code that one record presents as its result.
//
// Its strings may lie in the reader's buffer: whoever keeps a Finding beyond the call that
// delivered it keeps a [Finding.Clone].
type Finding struct {
	Place
	Code         int
	Family       catalog.Family
	Alternatives []catalog.Family // other senses of the number that the record does not rule out
	Entry        *catalog.Entry   // nil if the catalog does not know the number
	Level        string           // as the log spells it: E, error, WARN …
	Fields       Fields           // raw, not redacted
	Extractor    string           // name of the spec that matched
	Text         string           // the record, raw, cut to a bounded length

	// Detail, if set, has still to be called for Level and for the fields that are shown only: until
	// then Fields holds those that are counted, user, host, api and version. See [Finding.Complete].
	Detail func(*Finding)
	// Keep, if set beside Detail, returns what may be asked later, by the goroutine that delivered the finding: most
	// findings that are kept make room for others before anybody looks at them. The spare one, if there is
	// one, is what an earlier Keep returned and nobody needs any more; its memory is used again.
	Keep func(spare Kept) Kept
	// Later is how many findings of the same code are known to follow this one in order, and to be
	// counted too. A tally need not keep such a finding as one of the last.
	Later int
}

// A Kept holds copies of what the Detail of a finding needs.
type Kept interface {
	// Detail does what [Finding.Detail] would have done. The fields are valid until it is called again, of whichever
	// finding.
	Detail(*Finding)
}

// Complete fills in what was left for those who show a finding.
func (f *Finding) Complete() {
	if f.Detail != nil {
		f.Detail(f)
		f.Detail, f.Keep = nil, nil
	}
}

// A Mark is an event without a code that rules need, see the Mark… constants.
// Its strings follow the rule of [Finding].
type Mark struct {
	Place
	Event     string
	Level     string
	Fields    Fields
	Extractor string
	Text      string

	// Detail, if set, fills in the rest, as that of a Finding does. A [MarkOK] has nothing before but its
	// event and its place, without a time.
	Detail func(*Mark)
}

// Complete fills in what was left for those who show a mark.
func (m *Mark) Complete() {
	if m.Detail != nil {
		m.Detail(m)
		m.Detail = nil
	}
}

// The keys of Fields that extractors may fill, besides free ones that begin with "x_".
const (
	KeyUser      = "user"
	KeyAppID     = "sdkappid"
	KeyAPI       = "api"
	KeyMessage   = "message"
	KeyHost      = "host"
	KeyVersion   = "version"
	KeyPlatform  = "platform"
	KeyDevice    = "device"
	KeyRequestID = "request_id"
	KeyTraceID   = "trace_id"
	KeyMsgKey    = "msg_key"
	KeyRandom    = "random"
	KeyStatus    = "http_status"
	KeyCost      = "cost_ms"
	KeyGroup     = "group_id"
	KeyPID       = "pid"
)

// FieldKeys lists the keys above, sorted.
func FieldKeys() []string {
	return []string{
		KeyAPI, KeyCost, KeyDevice, KeyGroup, KeyHost, KeyStatus, KeyMessage, KeyMsgKey, KeyPID, KeyPlatform,
		KeyRandom, KeyRequestID, KeyAppID, KeyTraceID, KeyUser, KeyVersion,
	}
}
