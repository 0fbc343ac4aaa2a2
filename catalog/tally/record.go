package tally

import (
	"slices"
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
)

// A Record is a finding or a mark that a timed rule selects, cut down to what rules need. Nothing
// that it shows is raw: whoever makes one with [NewRecord] redacts.
type Record struct {
	Place
	Key          // zero for a mark
	Event string // "" for a finding

	// Selections are the numbers of the selections that picked it, ascending; what they mean is known
	// to the rule set that gave them.
	Selections []uint16
	User       uint64  // keyed hash of the user; 0 for none
	Values     []Value // of the fields that rules ask for, in the order of the set; those that are there, then the user if there is one
	Level      string  // "" where rules ask for nothing that has to be looked for in the text
	// Text is redacted and cut to a bounded length; "" before [Record.Clone], which most records never see.
	Text string

	pending pendingText
}

// A pendingText is the text of a record that nobody has asked for yet, as it was found.
type pendingText struct {
	text string
	user string // who may be named in it
	by   *redact.Redactor
}

// A Value is one field of a record.
type Value struct {
	Key  string
	Text string // redacted, for readers
	Hash uint64 // keyed hash of the raw value, never 0: equal values have equal hashes
}

// The keys of values that a record has besides its fields.
const (
	DerivedCode      = "code"     // as server/70001
	DerivedFamily    = "family"   //
	DerivedCategory  = "category" // as server/account
	DerivedTopic     = "topic"
	DerivedClass     = "class"
	DerivedEvent     = "event"
	DerivedLevel     = "level" // as the log spells it
	DerivedSource    = "source"
	DerivedExtractor = "extractor"
	DerivedText      = "text" // the whole record
)

var derivedKeys = []string{
	DerivedCategory, DerivedClass, DerivedCode, DerivedEvent, DerivedExtractor, DerivedFamily, DerivedLevel,
	DerivedSource, DerivedText, DerivedTopic,
}

// DerivedKeys lists the keys above, sorted.
func DerivedKeys() []string { return slices.Clone(derivedKeys) }

// Lazy reports whether the value of a key may have to be asked for by [Finding.Complete] first.
func Lazy(key string) bool {
	switch key {
	case KeyUser, KeyHost, KeyAPI, KeyVersion,
		DerivedCode, DerivedFamily, DerivedCategory, DerivedTopic, DerivedClass, DerivedEvent, DerivedSource, DerivedExtractor:
		return false
	}
	return true
}

// Value returns what a finding has under a key, of its fields or derived, raw; "" for nothing.
func (f *Finding) Value(key string) string {
	switch key {
	case DerivedCode:
		return string(f.Family) + "/" + strconv.Itoa(f.Code)
	case DerivedFamily:
		return string(f.Family)
	case DerivedCategory:
		if f.Entry == nil {
			return string(f.Family) + "/unknown"
		}
		return f.Entry.Category()
	case DerivedTopic:
		if f.Entry == nil {
			return ""
		}
		return string(f.Entry.Topic)
	case DerivedClass:
		if f.Entry == nil {
			return catalog.Error.String()
		}
		return f.Entry.Class.String()
	case DerivedLevel:
		return f.Level
	case DerivedSource:
		return f.Source
	case DerivedExtractor:
		return f.Extractor
	case DerivedText:
		return f.Text
	}
	return f.Fields.Get(key)
}

// Value returns what a mark has under a key, as that of a [Finding] does.
func (m *Mark) Value(key string) string {
	switch key {
	case DerivedEvent:
		return m.Event
	case DerivedLevel:
		return m.Level
	case DerivedSource:
		return m.Source
	case DerivedExtractor:
		return m.Extractor
	case DerivedText:
		return m.Text
	}
	return m.Fields.Get(key)
}

// Clone returns a copy that shares nothing with r and has its text.
func (r *Record) Clone() *Record {
	c := *r
	c.settleText()
	c.Source, c.Event, c.Level, c.Text = strings.Clone(r.Source), strings.Clone(r.Event), strings.Clone(r.Level), strings.Clone(c.Text)
	c.Selections = slices.Clone(r.Selections)
	c.Values = slices.Clone(r.Values)
	for i := range c.Values {
		c.Values[i].Key, c.Values[i].Text = strings.Clone(c.Values[i].Key), strings.Clone(c.Values[i].Text)
	}
	return &c
}
