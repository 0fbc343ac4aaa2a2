package scanner

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/imtriage/imtriage/scanner/input"
)

// feedVersion is that of the states that are written and read here.
const feedVersion = 1

// A FeedState is what a [Feed] has to remember to go on after a crash with what it would have found: as JSON at most
// 128 KiB, and mostly 16. It holds the last lines of the log as they are, see [FeedState.WithoutText].
type FeedState struct {
	Version   int       `json:"version"`
	Name      string    `json:"name"`
	Reference time.Time `json:"reference"`
	// Spot is where reading goes on; its Raw is the Offset of the feed.
	Spot input.Spot `json:"spot"`
	// Shape says how the input is written; nil if that is not settled, and the input is read again from its beginning.
	Shape *input.Shape `json:"shape,omitempty"`
	// Given is what was delivered already and will be found again: in the first GivenTo bytes of the input, or if its shape
	// is settled behind From and before GivenTo in the text.
	Given   []Given `json:"given,omitempty"`
	GivenTo int64   `json:"given_to,omitempty"`

	Start   int64     `json:"start,omitempty"`   // of the feed in the text
	From    int64     `json:"from"`              // up to where everything in the text is delivered
	Lines   int64     `json:"lines"`             // line breaks before that
	Begun   int64     `json:"begun,omitempty"`   // bytes of the line that goes on there
	Told    []int64   `json:"told,omitempty"`    // what is delivered behind it, by offset
	Tail    []byte    `json:"tail,omitempty"`    // what stands before it
	Omitted *Omission `json:"omitted,omitempty"` // nil: nothing is
	// Stamps are lines above Tail that tell the time of those below it.
	Stamps []FeedStamp `json:"stamps,omitempty"`
	// Carriers are what is known beside the text before From.
	Carriers []input.Carrier `json:"carriers,omitempty"`
}

// Given says how many findings of a code, or marks of an event, were delivered.
type Given struct {
	outcomeKey
	N int `json:"n"`
}

// A FeedStamp is a line of which the beginning is known.
type FeedStamp struct {
	Off  int64  `json:"off"`
	End  int64  `json:"end"`
	Text []byte `json:"text"`
}

// Offset returns up to where all of the input was used and everything in it delivered, in bytes of the input as it lies
// there. It may be some lines behind what was written to the feed.
func (f *Feed) Offset() int64 { return f.spot().Raw }

func (f *Feed) spot() input.Spot {
	switch {
	case f.trial != nil:
		return input.Spot{}
	case f.live == nil:
		return input.Spot{Raw: f.arrived, Text: f.from}
	case f.skip > 0:
		return f.resumed
	}
	return f.live.Spot(f.from)
}

// Held returns how many bytes of what was written to the feed lie behind its Offset.
func (f *Feed) Held() int64 { return f.arrived - f.Offset() }

// Tell tells the Sink of the piece that ends at [Feed.Offset], as [Feed.State] does.
func (f *Feed) Tell() error {
	if f.err == nil && f.trial == nil && f.live != nil && f.from > f.pieces.end {
		f.err = f.piece(f.live.Health(), false)
	}
	return f.err
}

// State returns what it takes to go on from [Feed.Offset], after it has told the Sink of the piece that ends there: what
// the sink knows and the state belong together. It is no end of the feed.
func (f *Feed) State() (FeedState, error) {
	if f.err != nil {
		return FeedState{}, f.err
	}
	s := FeedState{
		Version: feedVersion, Name: f.in.Name, Reference: f.in.Reference, Spot: f.spot(),
	}
	if t := f.trial; t != nil {
		if s.Given = listGiven(t.given); len(s.Given) > 0 {
			s.GivenTo = f.arrived
		}
		return s, nil
	}
	if err := f.Tell(); err != nil {
		return FeedState{}, err
	}
	shape := f.shape
	s.Shape, s.Start, s.From, s.Lines, s.Begun, s.Told = &shape, f.in.Off, f.from, f.d.lines, f.in.Begun, append([]int64(nil), f.told...)
	if s.Given = listGiven(f.owed); len(s.Given) > 0 {
		s.GivenTo = f.owedTo
	}
	for _, c := range f.carriers {
		if c.Off < f.from {
			s.Carriers = append(s.Carriers, c)
		}
	}
	s.Tail = append(s.Tail, f.kept.text[:f.from-f.kept.off]...)
	for _, l := range []*keptLine{&f.kept.date, &f.kept.any} {
		if l.text != nil {
			s.Stamps = append(s.Stamps, FeedStamp{l.off, l.end, l.text})
		}
	}
	return s, nil
}

// ResumeFeed returns a feed that goes on where another one was when it gave its state. It has to be written the input
// from Offset on. Of the options, those that the state knows itself do not count.
func (s *Scanner) ResumeFeed(o FeedOptions, state FeedState, sink Sink) (*Feed, error) {
	if err := state.check(); err != nil {
		return nil, fmt.Errorf("state of %s: %w", state.Name, err)
	}
	o.Name, o.Reference, o.Off, o.Head = state.Name, state.Reference, state.Start, nil
	f := s.newFeed(o, sink)
	f.arrived = state.Spot.Raw
	if state.Shape == nil {
		f.trial = &trial{next: 1, given: mapGiven(state.Given)}
		return f, nil
	}
	f.shape, f.from, f.told, f.resumed = *state.Shape, state.From, append([]int64(nil), state.Told...), state.Spot
	f.fresh = state.From == state.Start && state.Spot.Skip == 0 // what looks like a mark further on is text
	f.owed, f.owedTo = mapGiven(state.Given), state.GivenTo
	f.begin(state.Spot)
	f.carriers = append([]input.Carrier(nil), state.Carriers...)
	f.skip = state.From - state.Spot.Text
	f.in.Begun = state.Begun
	f.d.lines = state.Lines
	f.d.cut = state.From > state.Start && len(state.Tail) > 0 && state.Tail[len(state.Tail)-1] != '\n'
	f.pieces.end, f.pieces.lines = state.From, state.Lines
	off := state.From - int64(len(state.Tail))
	f.kept = kept{start: state.Start, base: min(off, max(state.Start, state.From-Context)), off: off, text: append([]byte(nil), state.Tail...)}
	for i, l := range state.Stamps {
		line := keptLine{l.Off, l.End, l.Text}
		if f.kept.any = line; i == 0 {
			if stamp, ok := findStamp(l.Text); ok && stamp.dated() {
				f.kept.date = line
			}
		}
	}
	return f, nil
}

// check reports what a state cannot be.
func (s *FeedState) check() error {
	tail := int64(len(s.Tail))
	switch {
	case s.Version != feedVersion:
		return fmt.Errorf("it has version %d, and %d is read here: begin anew", s.Version, feedVersion)
	case s.Omitted != nil:
		return errors.New("its text was left out and not read again")
	case s.Shape == nil && s.Spot == (input.Spot{}):
		return nil
	case s.Shape == nil, s.Start < 0, s.From < s.Start, s.Spot.Raw < 0, s.Spot.Skip < 0, s.Spot.Text < 0, s.Spot.Text > s.From,
		s.Lines < 0, s.Begun < 0, tail > s.From-s.Start, tail > Context, tail < min(keptTail, s.From-s.Start):
		return errors.New("it is damaged: begin anew")
	}
	for _, l := range s.Stamps {
		if l.Off < s.Start || l.Off < s.From-Context || l.End < l.Off || l.End >= s.From-tail || int64(len(l.Text)) > l.End-l.Off {
			return errors.New("it is damaged: begin anew")
		}
	}
	if !slices.IsSortedFunc(s.Carriers, func(a, b input.Carrier) int { return cmp.Compare(a.Off, b.Off) }) {
		return errors.New("it is damaged: begin anew")
	}
	return nil
}
