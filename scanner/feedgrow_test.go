package scanner

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

var feedReference = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

// A bothSink records what is delivered and counts it, pieces apart.
type bothSink struct {
	recorder
	sum *tally.Tally
}

func newBothSink() *bothSink { return &bothSink{sum: tally.New(tally.Options{})} }

func (s *bothSink) Finding(f *tally.Finding) error {
	counted := *f
	if err := s.recorder.Finding(f); err != nil {
		return err
	}
	s.sum.Finding(&counted)
	return nil
}

func (s *bothSink) Mark(m *tally.Mark) error {
	s.sum.Mark(m)
	return s.recorder.Mark(m)
}

func (s *bothSink) Piece(p tally.Piece) error { return s.sum.Piece(p) }

// fatal is what a test and a rapid check have in common.
type fatal interface{ Fatal(args ...any) }

// batch scans the finished input.
func batch(t fatal, raw []byte) *bothSink { return batchAt(t, raw, 0) }

// batchAt scans it where its text begins at an offset.
func batchAt(t fatal, raw []byte, off int64) *bothSink {
	sink := newBothSink()
	src := NewReader(Input{Name: "t", Reference: feedReference, Zone: time.UTC, Off: off}, bytes.NewReader(raw))
	src.in.Host = "h0"
	if err := (&Scanner{Extractor: testExtractor(), Jobs: 1}).Scan(context.Background(), []Source{src}, sink); err != nil {
		t.Fatal(err)
	}
	return sink
}

// A grower writes an input to a feed, and to another one in its place after each crash.
type grower struct {
	t       fatal
	scanner Scanner
	sink    *bothSink
	feed    *Feed
	raw     []byte
	at      int
	most    int // bytes of the largest state
	shape   input.Shape
	reread  bool // what was delivered was read in another shape than the input has in the end
}

func newGrower(t fatal, raw []byte) *grower {
	g := &grower{t: t, scanner: Scanner{Extractor: testExtractor()}, sink: newBothSink(), raw: raw}
	g.feed = g.scanner.NewFeed(FeedOptions{Name: "t", Host: "h0", Reference: feedReference, Zone: time.UTC}, g.sink)
	return g
}

func (g *grower) must(err error) {
	if err != nil {
		g.t.Fatal(err)
	}
}

func (g *grower) write(n int) {
	n = min(n, len(g.raw)-g.at)
	_, err := g.feed.Write(g.raw[g.at : g.at+n])
	g.must(err)
	g.at += n
	g.look()
}

// look notes whether the input turned out to be another one.
func (g *grower) look() {
	if g.feed.live != nil || g.feed.shape.Kind != "" {
		g.reread = g.reread || g.shape != g.feed.shape && len(g.sink.lines) > 0 && g.shape.Encoding != ""
		g.shape = g.feed.shape
	}
}

func (g *grower) idle() {
	g.must(g.feed.Idle())
	g.look()
}

// crash goes on with a new feed, whose state went through JSON.
func (g *grower) crash() {
	state, err := g.feed.State()
	g.must(err)
	if state.Spot.Raw != g.feed.Offset() || state.Spot.Raw > int64(g.at) {
		g.t.Fatal(fmt.Sprintf("state at %d, the feed is at %d of %d", state.Spot.Raw, g.feed.Offset(), g.at))
	}
	b, err := json.Marshal(state)
	g.must(err)
	g.most = max(g.most, len(b))
	if len(b) > 128<<10 {
		g.t.Fatal(fmt.Sprintf("a state of %d bytes", len(b)))
	}
	var read FeedState
	g.must(json.Unmarshal(b, &read))
	g.feed, err = g.scanner.ResumeFeed(FeedOptions{Host: "h0", Zone: time.UTC}, read, g.sink)
	g.must(err)
	was := g.at
	g.at = int(read.Spot.Raw)
	if g.feed.Offset() != read.Spot.Raw {
		g.t.Fatal("a feed goes on elsewhere than its state says")
	}
	g.write((was - g.at) / 2) // in other pieces than before
	g.write(was - g.at)
}

// check holds what was delivered against a scan of the finished input, if that was known for what it is.
func (g *grower) check(exact bool) {
	g.write(len(g.raw))
	g.must(g.feed.Close())
	g.look()
	if g.reread {
		return
	}
	want := batch(g.t, g.raw)
	got, wanted := slices.Clone(g.sink.lines), slices.Clone(want.lines)
	wanted = slices.DeleteFunc(wanted, func(l string) bool { return strings.HasPrefix(l, "t 0-") })
	if !exact {
		got, wanted = outcomesOf(got), outcomesOf(wanted)
	}
	if d := cmp.Diff(wanted, got); d != "" {
		g.t.Fatal("(-batch +feed):\n" + d)
	}
	var a, b bytes.Buffer
	g.must(want.sum.Encode(&a, tally.Header{}))
	g.must(g.sink.sum.Encode(&b, tally.Header{}))
	if d := cmp.Diff(a.String(), b.String()); exact && d != "" {
		g.t.Fatal("the tally (-batch +feed):\n" + d)
	}
}

// outcomesOf returns where what was found.
func outcomesOf(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		words := strings.Fields(l)
		out[i] = strings.Join(words[1:3], " ")
	}
	slices.Sort(out)
	return out
}

// quietAt reports whether at the end of a part of a text everything is closed that stands in it.
func (g *grower) quietAt(text []byte, at int) bool {
	return at > 0 && text[at-1] == '\n' && beginsRecord(text[at:]) && g.feed.unseen(text[:at], 0, at) == at
}
