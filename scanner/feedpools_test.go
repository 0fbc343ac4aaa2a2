package scanner

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// toldPieces are what a sink is told of.
type toldPieces struct {
	codes
	told []tally.Piece
}

func (p *toldPieces) Piece(x tally.Piece) error {
	p.told = append(p.told, x)
	return nil
}

// Tell tells what State tells, and nothing twice.
func TestTellIsWhatStateTells(t *testing.T) {
	text := []byte(benchLog(6000, 2))
	var byTell, byState toldPieces
	s := Scanner{Extractor: testExtractor()}
	a, b := s.NewFeed(FeedOptions{Name: "t", Zone: time.UTC}, &byTell), s.NewFeed(FeedOptions{Name: "t", Zone: time.UTC}, &byState)
	for rest := text; len(rest) > 0; {
		n := min(len(rest), 30_000)
		for _, f := range []*Feed{a, b} {
			if _, err := f.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
		}
		rest = rest[n:]
		for range 2 {
			if err := a.Tell(); err != nil {
				t.Fatal(err)
			}
			if _, err := b.State(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(byTell.told) < 3 || len(byTell.told) != len(byState.told) {
		t.Fatalf("%d and %d pieces are told", len(byTell.told), len(byState.told))
	}
	end := int64(0)
	for i, p := range byTell.told {
		if o := byState.told[i]; p.Off != o.Off || p.End != o.End || p.Lines != o.Lines {
			t.Errorf("%+v is told, and with a state %+v", p, o)
		}
		if p.Off != end || p.Lines != int64(bytes.Count(text[p.Off:p.End], newline)) {
			t.Errorf("%+v is not what stands behind %d", p, end)
		}
		end = p.End
	}
}

// An idle feed keeps no more memory than its text takes.
func TestIdleFeedIsSmall(t *testing.T) {
	s := Scanner{Extractor: testExtractor()}
	var list codes
	f := s.NewFeed(FeedOptions{Name: "t", Zone: time.UTC}, &list)
	// An open line makes it hold back much; then come short ones.
	for _, text := range []string{benchLog(6000, 2), strings.Repeat("x", 20<<10), "\n" + benchLog(200, 2), "2026-06-01 10:00:00.000 the last\n"} {
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Idle(); err != nil {
		t.Fatal(err)
	}
	if n := cap(f.kept.text); n > 2*keptTail {
		t.Errorf("it keeps %d bytes of text in %d", len(f.kept.text), n)
	}
}
