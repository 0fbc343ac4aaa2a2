package scanner

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// TestMovedTo holds that a feed finds what it would have found when other text came before it; and when nobody can tell any
// more what stood before, at least nothing twice.
func TestMovedTo(t *testing.T) {
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				raw, _ := genGrowing(t, w)
				lost := rapid.Bool().Draw(t, "lost")
				g := newGrower(t, raw)
				lay := []stretch{{}}
				for moved := int64(0); g.at < len(raw); {
					g.write(rapid.IntRange(1, max(300, len(raw)/5)).Draw(t, "n"))
					if lost && rapid.Bool().Draw(t, "idle") {
						g.idle()
					}
					kept, state := g.bare()
					by := int64(rapid.IntRange(0, 300).Draw(t, "moved by"))
					if state.Shape == nil && len(raw) < 64<<10 {
						by = 0 // how it is written may be told otherwise by less of it
					}
					at := state.Spot.Raw - moved
					r := io.ReaderAt(bytes.NewReader(raw))
					if lost {
						r = nil
					}
					if by > 0 {
						g.must(g.sink.Piece(tally.Piece{Source: "t", Kind: input.KindText, Off: state.From, End: state.From + by, Complete: true}))
					}
					lay = append(lay, stretch{state.From - moved, moved + by})
					moved += by
					feed, err := g.scanner.ResumeFeed(FeedOptions{Host: "h0"}, kept.Refill(r, at).MovedTo(state.From+by, raw[:min(len(raw), 64<<10)], ""), g.sink)
					g.must(err)
					g.feed = feed
					was := g.at
					g.at = int(at)
					g.write(was - g.at)
				}
				g.write(len(raw))
				g.must(g.feed.Close())
				if g.reread {
					return
				}
				want, got := countCodes(scanWhereItLay(t, raw, lay)), countCodes(g.sink.lines)
				for code, n := range got {
					if n > want[code] || !lost && n < want[code] {
						t.Fatalf("%s was told %d times, a scan tells it %d times", code, n, want[code])
					}
				}
				if !lost && len(got) < len(want) {
					t.Fatalf("%v was told, a scan tells %v", got, want)
				}
			})
		})
	}
}

// A stretch of a text goes on to the next one, and lay so much further on when it was read.
type stretch struct{ from, by int64 }

// scanWhereItLay returns what a scan tells of each stretch where it lay. That may be another finding elsewhere: the
// evidence beside a code in a long line is looked for between round offsets, see [judge.grid].
func scanWhereItLay(t *rapid.T, raw []byte, lay []stretch) (lines []string) {
	for i, s := range lay {
		end := int64(math.MaxInt64)
		if i+1 < len(lay) {
			end = lay[i+1].from + s.by
		}
		if s.from+s.by == end {
			continue
		}
		for _, l := range batchAt(t, raw, s.by).lines {
			words := strings.Fields(l)
			if words[0] == "t" {
				continue
			}
			at, err := strconv.ParseInt(words[1][1:], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			if s.from+s.by <= at && at < end {
				lines = append(lines, l)
			}
		}
	}
	return lines
}

// countCodes counts the findings of each code.
func countCodes(lines []string) map[string]int {
	n := map[string]int{}
	for _, l := range lines {
		if words := strings.Fields(l); words[0] != "t" {
			n[words[2]]++
		}
	}
	return n
}

// TestMovedUnsettled holds that what was delivered before it was known how the input is written is not delivered again
// where it goes beyond the head that is kept of it.
func TestMovedUnsettled(t *testing.T) {
	raw := bytes.Repeat([]byte(markedLine), 90_000/len(markedLine))
	g := newGrower(t, raw)
	g.write(40_000)
	g.write(38_000) // less than twice as much: it is not looked at again
	kept, state := g.bare()
	if state.Shape != nil || len(state.Given) != 1 || state.Given[0].N != len(g.sink.lines) {
		t.Fatalf("%+v, %d findings", state, len(g.sink.lines))
	}
	feed, err := g.scanner.ResumeFeed(FeedOptions{Host: "h0"}, kept.Refill(bytes.NewReader(raw), 0).MovedTo(10, raw[:64<<10], ""), g.sink)
	g.must(err)
	g.feed, g.at = feed, 0
	for g.at < len(raw) {
		g.write(1000)
	}
	g.must(g.feed.Close())
	if got, want := len(g.sink.lines), len(batch(t, raw).lines); got != want {
		t.Errorf("%d findings, a scan tells %d", got, want)
	}
}

// TestMovedEncoding holds that an encoding that the user chose stays when a feed is moved before any is found.
func TestMovedEncoding(t *testing.T) {
	raw, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("IM 登录失败 错误码：6012，请求超时\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []string{input.UTF8, input.GB18030, input.UTF16BE} {
		var state FeedState
		if got := state.MovedTo(10, raw, encoding).Shape.Encoding; got != encoding {
			t.Errorf("%s became %s", encoding, got)
		}
	}
	var state FeedState
	if got := state.MovedTo(10, raw, "").Shape.Encoding; got != input.GB18030 {
		t.Errorf("%s was found", got)
	}
}

// TestMovedInALongLine holds that the evidence of a long line is that of the place to which the line was moved.
func TestMovedInALongLine(t *testing.T) {
	raw := []byte("TIM: 2026-06-01 10:00:00.519 E 28587|-a.cpp:1  Send  |" + strings.Repeat("x", 6000) + " code:2801,\n")
	told := map[int]bool{}
	for _, off := range []int64{0, 3000} {
		g := newGrower(t, raw)
		g.write(100)
		kept, state := g.bare()
		feed, err := g.scanner.ResumeFeed(FeedOptions{Host: "h0"}, kept.Refill(bytes.NewReader(raw), state.Spot.Raw).MovedTo(off, raw, ""), g.sink)
		g.must(err)
		g.feed, g.at = feed, 0
		g.write(len(raw))
		g.must(g.feed.Close())
		if d := cmp.Diff(outcomesOf(batchAt(t, raw, off).lines), outcomesOf(g.sink.lines)); d != "" {
			t.Errorf("at %d (-scan +feed):\n%s", off, d)
		}
		told[len(g.sink.lines)] = true
	}
	if len(told) != 2 {
		t.Error("the place of the line makes no difference: it may be held against a scan of it at 0 again")
	}
}
