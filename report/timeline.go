package report

import (
	"io"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

// A Timeline is a timeline with what was read for it, in one language, ready to be written in several forms. It is
// read-only once built.
type Timeline struct {
	*timeline.Timeline
	Lang   catalog.Lang
	Tool   Tool
	Inputs []tally.Input // by name
	Totals tally.Totals  // inputs, bytes and lines

	// Incomplete counts the inputs of which less was read than there was.
	Incomplete int
}

// NewTimeline joins a timeline with the inputs of a summary, of which it needs nothing else. Both are left alone.
func NewTimeline(t *timeline.Timeline, sum *tally.Summary, o Options) *Timeline {
	r := New(sum, nil, o)
	return &Timeline{t, r.Lang, r.Tool, r.Inputs, r.Totals, r.Incomplete}
}

// A TimelineFormat is one way to write a timeline down.
type TimelineFormat struct {
	Name string
	// Write writes the whole timeline. Its error is that of the writer.
	Write func(io.Writer, *Timeline, Style) error
}

// TimelineFormats lists them in the order in which help shows them, the default first.
func TimelineFormats() []TimelineFormat {
	return []TimelineFormat{{"table", writeTimeline}, {"json", writeTimelineJSON}}
}

// title names what happened in a row.
func (t *Timeline) title(r *timeline.Row) string {
	switch {
	case r.Event != "":
		return eventTitle(r.Event, t.Lang)
	case r.Entry == nil:
		return wordUnknown.In(t.Lang)
	}
	return Sanitize(r.Entry.Title().In(t.Lang))
}

// fix says what to do about a row, "" where nobody knows.
func (t *Timeline) fix(r *timeline.Row) string {
	if r.Entry == nil {
		return ""
	}
	return r.Entry.Fix().In(t.Lang)
}
