package catalog

// An Entry says what one code, or one block of codes, means in one family.
// Entries of a [Catalog] are shared: treat them as read-only.
type Entry struct {
	Code    int      // the number with its sign; the first of a block
	Last    int      // the last number of a block, equal to Code for a single code
	Family  Family   // the product the number belongs to
	Also    []Family // other families in which the number has this same sense
	Section string   // the part of the family, such as "account"
	Class   Class
	Topic   Topic
	Retry   Retry

	// ResultUnknown is set where the call may have taken effect although it failed: a
	// message may then be sent again only with the same MsgRandom.
	ResultUnknown bool
	SelfHeals     bool // the SDK recovers without the app
	AskVendor     bool // the vendor has to look at it
	InBase        bool // the code stands in the source table of 371 codes

	Symbols  []string // constant names, misspelt ones as the headers spell them
	Causes   []int    // codes that usually come first and bring this one about
	Symptoms []int    // codes that usually follow because of this one
	Links    []string
	Sources  []string // ids of [Source]

	Limits  []Limit
	History []Change

	// Row identifies the row of the vendor's table that the texts were written from, in the languages
	// in which one was read; package upstream makes it and tells by it that the vendor's words changed.
	Row Text

	prose [parts]Text // of the embedded catalog: slices of it, so that only what is read is loaded
}

// A Limit is a documented bound as data.
type Limit struct {
	Of   Text    `yaml:"of" json:"of"`                       // what is bounded
	Min  float64 `yaml:"min,omitempty" json:"min,omitempty"` // 0: no lower bound
	Max  float64 `yaml:"max,omitempty" json:"max,omitempty"` // 0: no upper bound
	Unit string  `yaml:"unit" json:"unit"`                   // bytes, KB, MB, s, min, h, d, count, per_second …
}

// A Change records a fact that newer documents give differently.
type Change struct {
	When Text `yaml:"when" json:"when"` // a year, or the document that says so first
	Was  Text `yaml:"was" json:"was"`
	Now  Text `yaml:"now" json:"now"`
}

// A Source is a document that facts were taken from.
type Source struct {
	ID    string `yaml:"id" json:"id"`
	Title Text   `yaml:"title" json:"title"`
	URL   string `yaml:"url" json:"url"`
	Date  string `yaml:"date" json:"date"` // of the document, as exact as it is known
}

// A part is one of the prose texts of an entry.
type part uint8

const (
	partTitle part = iota
	partMeaning
	partCause
	partFix
	parts // how many there are
)

// Category returns family/section, such as "server/account".
func (e *Entry) Category() string { return string(e.Family) + "/" + e.Section }

// IsRange reports whether the entry stands for a block of codes.
func (e *Entry) IsRange() bool { return e.Last != e.Code }

// Symbol returns the preferred constant name, or "".
func (e *Entry) Symbol() string {
	if len(e.Symbols) == 0 {
		return ""
	}
	return e.Symbols[0]
}

// Covers reports whether the entry stands for the number.
func (e *Entry) Covers(code int) bool { return e.Code <= code && code <= e.Last }

// Title names the code in a few words.
func (e *Entry) Title() Text { return e.prose[partTitle] }

// Meaning says what happened.
func (e *Entry) Meaning() Text { return e.prose[partMeaning] }

// Cause says why it usually happens; zero where nobody knows.
func (e *Entry) Cause() Text { return e.prose[partCause] }

// Fix says what to do; zero where the catalog has no advice for this very code.
func (e *Entry) Fix() Text { return e.prose[partFix] }
