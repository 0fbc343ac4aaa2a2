package tally

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
)

const (
	// maxRecordText bounds the text of a record, in bytes: enough to recognise a line as evidence.
	maxRecordText = 300
	// maxPending bounds a text that is kept as it was found: to redact one costs more than all else that
	// is done to a record, and few are shown. A longer one is redacted and cut at once.
	maxPending = 2048
)

// NewRecord returns the record of a finding that the given selections pick, with the values of the
// given keys that the finding has. It completes the finding if a key is [Lazy], and shares no memory
// with it; keys are kept as they are.
//
// The user, if there is one, comes last among the values where the keys do not ask for it: whoever
// redacts the record once more has to know whose name may stand in the text.
func NewRecord(f *Finding, selections []uint16, keys []string, r *redact.Redactor) *Record {
	out := &Record{Place: f.Place, Key: Key{f.Family, f.Code}, Text: f.Text}
	if slices.ContainsFunc(keys, Lazy) {
		f.Complete()
		out.Level = f.Level
	}
	return out.made(f.Value, selections, keys, r)
}

// NewMarkRecord returns the record of a mark, as [NewRecord] does of a finding.
func NewMarkRecord(m *Mark, selections []uint16, keys []string, r *redact.Redactor) *Record {
	m.Complete()
	out := &Record{Place: m.Place, Event: m.Event, Level: m.Level, Text: m.Text}
	return out.made(m.Value, selections, keys, r)
}

// made turns a record of raw strings into one that may be kept.
func (r *Record) made(value func(string) string, selections []uint16, keys []string, by *redact.Redactor) *Record {
	r.Selections = slices.Clone(selections)
	r.Values = make([]Value, 0, len(keys)+1)
	for _, key := range keys {
		r.value(key, value(key), by)
	}
	if user := value(KeyUser); user != "" {
		r.User = userKey(by.UserKey(user))
		if !slices.Contains(keys, KeyUser) {
			r.value(KeyUser, user, by)
		}
	}
	r.bound()
	if len(r.Text) <= maxPending && by != nil && !slices.Contains(keys, DerivedText) {
		r.pending = pendingText{r.Text, value(KeyUser), by}
		r.Text = ""
	}
	r.settle(by)
	r.own()
	return r
}

// value adds a raw value, unless there is none.
func (r *Record) value(key, raw string, by *redact.Redactor) {
	if raw != "" {
		r.Values = append(r.Values, Value{key, raw, userKey(by.UserKey(raw))})
	}
}

// bound makes everything but text and values fit to be kept.
func (r *Record) bound() {
	r.Time = fromStamp(stamp(r.Time))
	r.Source = clean(r.Source, 4*len(r.Source))
	r.Event, r.Level = clean(r.Event, maxName), clean(r.Level, maxLevel)
}

// settleText redacts and cuts the text that was kept as it was found.
func (r *Record) settleText() {
	if p := &r.pending; p.by != nil {
		r.Text, _ = settled(p.by, p.text, Fields{{KeyUser, p.user}}, maxRecordText, maxField)
		*p = pendingText{}
	}
}

// resettle redacts everything once more, by somebody who may hide more.
func (r *Record) resettle(by *redact.Redactor) {
	r.settleText()
	r.settle(by)
}

// settle redacts and cuts text and values, until a further round would change nothing.
func (r *Record) settle(by *redact.Redactor) {
	fields := make(Fields, 0, len(r.Values))
	for _, v := range r.Values {
		if !slices.Contains(derivedKeys, v.Key) {
			fields = append(fields, Field{v.Key, v.Text})
		}
	}
	r.Text, fields = settled(by, r.Text, fields, maxRecordText, maxField)
	for i := range r.Values {
		switch v := &r.Values[i]; {
		case v.Key == DerivedText:
			v.Text = r.Text
		case slices.Contains(derivedKeys, v.Key):
			v.Text = clean(v.Text, maxField) // words of ours, and what is shown of every finding
		default:
			v.Text, fields = fields[0].Value, fields[1:]
		}
	}
}

// own moves the strings that may lie in somebody's buffer into one of the record's own.
func (r *Record) own() {
	size := len(r.Source) + len(r.Family) + len(r.Event) + len(r.Level) + len(r.Text) + len(r.pending.text) + len(r.pending.user)
	for i := range r.Values {
		size += len(r.Values[i].Text)
	}
	var b strings.Builder
	b.Grow(size)
	take := func(s string) string {
		from := b.Len()
		b.WriteString(s)
		return b.String()[from:]
	}
	r.Source, r.Event, r.Level, r.Text = take(r.Source), take(r.Event), take(r.Level), take(r.Text)
	r.Family = catalog.Family(take(string(r.Family)))
	r.pending.text, r.pending.user = take(r.pending.text), take(r.pending.user)
	for i := range r.Values {
		r.Values[i].Text = take(r.Values[i].Text)
	}
}
