package scanner

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// longLog is a log whose days and times stand far above the codes: near the reach of the look-around, and beyond it.
func longLog(rng *rand.Rand, size int) string {
	var b strings.Builder
	day := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	for b.Len() < size {
		day = day.AddDate(0, 0, 1+rng.IntN(40))
		fmt.Fprintf(&b, "%s rotated, im sdk starts\n", day.Format([]string{"2006-01-02 15:04:05", "01-02 15:04:05.000"}[rng.IntN(2)]))
		for end := b.Len() + rng.IntN(90<<10); b.Len() < end; {
			switch rng.IntN(12) {
			case 0:
				fmt.Fprintf(&b, " TIM  %s Oops! code:2024 message: | getConversationList | \n", day.Add(time.Duration(rng.IntN(86_400_000))*time.Millisecond).Format("15:04:05.000"))
			case 1:
				b.WriteString("no stamp: im sendMessage failed code=20009 msg=not friend\n")
			case 2:
				b.WriteString("{\n    \"ActionStatus\": \"FAIL\",\n    \"ErrorInfo\": \"bad\",\n    \"ErrorCode\": 90001\n}\n")
			case 3:
				b.WriteString(logLines[rng.IntN(len(logLines))] + "\n")
			default:
				b.WriteString(strings.Repeat("plain text without anything ", rng.IntN(60)) + "\n")
			}
		}
	}
	return b.String()
}

func TestFeedSeesTheTimeAbove(t *testing.T) {
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 7))
		g := newGrower(t, []byte(longLog(rng, 400<<10)))
		most := []int{300, 5_000, 200_000}[seed%3]
		for g.at < len(g.raw) {
			g.write(1 + rng.IntN(most))
			if rng.IntN(60) == 0 {
				g.crash()
			}
			if g.quietAt(g.raw, g.at) {
				g.idle()
			}
		}
		if g.check(true); g.most > 32<<10 {
			t.Errorf("a state of %d bytes", g.most)
		}
	}
}

// TestFeedKeepsLittle holds that between two calls a feed keeps what it has to, and no block.
func TestFeedKeepsLittle(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 7))
	g := newGrower(t, []byte(longLog(rng, 400<<10)))
	for g.at < len(g.raw) {
		g.write(50_000)
		if held := len(g.feed.kept.text) - keptTail; held > 8<<10 {
			t.Fatalf("%d bytes are held back", held)
		}
	}
	g.write(1)
	if f := g.feed; cap(f.kept.text) > 4*keptTail || f.trial != nil {
		t.Errorf("keeps %d bytes, on trial %v", cap(f.kept.text), f.trial != nil)
	}
}

// TestFeedFindsOutLater begins as one thing and turns out to be another.
func TestFeedFindsOutLater(t *testing.T) {
	docker := func(msg string) string {
		return fmt.Sprintf(`{"log":%q,"stream":"stdout","time":"2026-06-01T02:03:04.123456789Z"}`+"\n", msg+"\n")
	}
	found := "im answer {\"ActionStatus\":\"FAIL\",\"ErrorInfo\":\"x\",\"ErrorCode\":70001}"
	raw := found + "\nim sendMessage failed code=20009 msg=not friend\n" + strings.Repeat(docker("hello")+docker(found), 40)
	for _, n := range []int{1, 30, 200, 3_000} {
		g := newGrower(t, []byte(raw))
		for g.at < len(raw) {
			g.write(n)
			g.idle()
			if g.at%7 == 0 {
				g.crash()
			}
		}
		g.must(g.feed.Close())
		codes := map[int64]int{}
		for _, c := range g.sink.sum.Summary().Codes {
			codes[int64(c.Code)] += int(c.Count)
		}
		if codes[70001] != 41 || codes[20009] != 1 {
			t.Errorf("in pieces of %d bytes: %v, want 41 of 70001 and one of 20009", n, codes)
		}
		if in := g.sink.sum.Summary().Inputs[0]; in.Health.Envelope != "docker json-file" || !in.Complete {
			t.Errorf("the input is %+v", in)
		}
	}
}

func TestFeedFromTheMiddle(t *testing.T) {
	head := "2026-06-01T02:03:04Z stdout F im starts\n"
	raw := strings.Repeat(head, 10)
	sink := newBothSink()
	s := Scanner{Extractor: testExtractor()}
	f := s.NewFeed(FeedOptions{Name: "t", Off: int64(len(raw)), Head: []byte(raw)}, sink)
	if _, err := f.Write([]byte("2026-06-01T02:03:05Z stdout F im sendMessage failed code=20009 msg=not friend\n")); err != nil {
		t.Fatal(err)
	}
	if len(sink.lines) != 0 {
		t.Errorf("delivered %q before the record is closed", sink.lines)
	}
	if err := f.Idle(); err != nil {
		t.Fatal(err)
	}
	if len(sink.lines) != 1 || !strings.Contains(sink.lines[0], "20009") || !strings.Contains(sink.lines[0], "02:03:05") {
		t.Errorf("delivered %q", sink.lines)
	}
	if f.Offset() != int64(len(raw)) {
		t.Errorf("at %d, want %d: the record may go on", f.Offset(), len(raw))
	}
}

func TestFeedOfWhatIsNoLog(t *testing.T) {
	sink := newBothSink()
	s := Scanner{Extractor: testExtractor()}
	f := s.NewFeed(FeedOptions{Name: "t"}, sink)
	for range 5 {
		if _, err := f.Write([]byte("\x1f\x8b\x08\x00\nim ErrorCode=70001\n")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.State(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	in := sink.sum.Summary().Inputs[0]
	if len(sink.lines) > 0 || in.Complete || !strings.Contains(in.Problem, "gzip, not a text log: a file of this kind") {
		t.Errorf("found %q, the input is %+v", sink.lines, in)
	}
	if _, err := f.Write([]byte("more")); !errors.Is(err, errFeedClosed) {
		t.Errorf("writing to a closed feed: %v", err)
	}
}

// refusing is a sink that takes nothing.
type refusing struct{ *bothSink }

var errRefused = errors.New("refused")

func (refusing) Finding(*tally.Finding) error { return errRefused }

func TestFeedEndsWithItsSink(t *testing.T) {
	s := Scanner{Extractor: testExtractor()}
	f := s.NewFeed(FeedOptions{Name: "t"}, refusing{newBothSink()})
	_, err := f.Write([]byte("im sendMessage failed code=20009 msg=not friend\nnext\n"))
	_, later := f.State()
	for _, err := range []error{err, f.Idle(), later, f.Close()} {
		if !errors.Is(err, errRefused) {
			t.Errorf("error %v, want the sink's", err)
		}
	}
}

func TestStatesThatAreRefused(t *testing.T) {
	g := newGrower(t, []byte(benchLog(2_000, 1)))
	g.write(len(g.raw))
	good, err := g.feed.State()
	g.must(err)
	for name, spoil := range map[string]func(*FeedState){
		"another version":  func(s *FeedState) { s.Version++ },
		"no shape":         func(s *FeedState) { s.Shape = nil },
		"no tail":          func(s *FeedState) { s.Tail = nil },
		"negative":         func(s *FeedState) { s.Spot.Raw = -1 },
		"behind its end":   func(s *FeedState) { s.Spot.Text = s.From + 1 },
		"a stamp too late": func(s *FeedState) { s.Stamps = []FeedStamp{{s.From, s.From + 1, nil}} },
	} {
		bad := good
		spoil(&bad)
		if _, err := g.scanner.ResumeFeed(FeedOptions{}, bad, g.sink); err == nil || !strings.Contains(err.Error(), "begin anew") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestFeedsAtOnce has the feeds of one scanner used by several goroutines.
func TestFeedsAtOnce(t *testing.T) {
	raw := []byte(benchLog(3_000, 2))
	s := Scanner{Extractor: testExtractor()}
	var all sync.WaitGroup
	got := make([]int64, 4)
	for i := range got {
		all.Go(func() {
			sum := tally.New(tally.Options{})
			f := s.NewFeed(FeedOptions{Name: "t"}, counter{sum})
			for at := 0; at < len(raw); at += 10_000 {
				if _, err := f.Write(raw[at:min(len(raw), at+10_000)]); err != nil {
					return
				}
			}
			if f.Close() == nil {
				got[i] = sum.Summary().Totals.Findings
			}
		})
	}
	all.Wait()
	for _, n := range got {
		if n != 1500 {
			t.Errorf("found %v, want 1500 each", got)
		}
	}
}
