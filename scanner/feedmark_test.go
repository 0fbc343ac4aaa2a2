package scanner

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

const markedLine = "2026-06-01 10:00:00 login failed, code: 6206, desc: expired\n"

// TestMarkIsNoText holds that the byte order mark of a file is left out also where the file goes on a text, and comes
// byte by byte.
func TestMarkIsNoText(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(markedLine)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{markedLine, "\ufeff" + markedLine, wide} {
		for i := range 12 {
			n, resumed := i/2, i%2 == 1
			sink := newBothSink()
			s := Scanner{Extractor: testExtractor()}
			feed := s.NewFeed(FeedOptions{Name: "t", Reference: feedReference, Off: 100, Head: []byte(raw)}, sink)
			write := func(b string) {
				if _, err := feed.Write([]byte(b)); err != nil {
					t.Fatal(err)
				}
			}
			for b := range n {
				write(raw[b : b+1])
			}
			state, err := feed.State()
			if err != nil {
				t.Fatal(err)
			}
			if feed.Held()+state.Spot.Raw != 100+int64(n) {
				t.Errorf("%.4q: %d bytes are held behind %d", raw, feed.Held(), state.Spot.Raw)
			}
			at := n
			if resumed {
				if feed, err = s.ResumeFeed(FeedOptions{}, state, sink); err != nil {
					t.Fatal(err)
				}
				at = int(state.Spot.Raw) - 100
			}
			write(raw[at:])
			if err := feed.Close(); err != nil {
				t.Fatal(err)
			}
			if len(sink.lines) != 1 || !strings.Contains(sink.lines[0], "@140 6206") || feed.Held() != 0 || feed.from != 100+int64(len(markedLine)) {
				t.Errorf("%.4q, %d bytes apart, resumed %t: %v, %d bytes held, the text ends at %d", raw, n, resumed, sink.lines, feed.Held(), feed.from)
			}
		}
	}
}

// TestHalfAMarkIsText holds that what only begins like a byte order mark is not lost.
func TestHalfAMarkIsText(t *testing.T) {
	for _, raw := range []string{"\xef\xbb", "\xef\xbbx\n"} {
		s := Scanner{Extractor: testExtractor()}
		feed := s.NewFeed(FeedOptions{Name: "t", Off: 100, Head: []byte("\ufeff" + markedLine)}, newBothSink())
		for _, b := range []byte(raw) {
			if _, err := feed.Write([]byte{b}); err != nil {
				t.Fatal(err)
			}
		}
		if err := feed.Close(); err != nil {
			t.Fatal(err)
		}
		if want := 100 + int64(len(raw)); feed.from != want || feed.Held() != 0 {
			t.Errorf("%q: the text ends at %d, not at %d; %d bytes held", raw, feed.from, want, feed.Held())
		}
	}
}

// TestMarkWithin holds that a byte order mark between two lines, as where files were put together, is text for a feed
// that is gone on from there as it is for a scan.
func TestMarkWithin(t *testing.T) {
	raw := bytes.Repeat([]byte("\ufeff"+markedLine), 3*feedLen/len(markedLine))
	g := newGrower(t, raw)
	for g.at < len(raw) {
		g.write(5*feedLen/4 + 7)
		g.crash()
	}
	g.check(true)
}
