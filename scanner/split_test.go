package scanner

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

var testExtractor = sync.OnceValue(func() *Extractor {
	x, err := NewExtractor(catalog.Builtin())
	if err != nil {
		panic(err)
	}
	return x
})

// A recorder keeps what a scan delivers, one line each.
type recorder struct {
	lines []string
	kept  tally.Kept // the last one, which makes room for the next
}

func (r *recorder) Finding(f *tally.Finding) error {
	var kept tally.Finding
	r.kept = f.Keep(r.kept)
	r.kept.Detail(&kept)
	level, fields := kept.Level, fmt.Sprint(kept.Fields)
	f.Complete()
	if level != f.Level || fields != fmt.Sprint(f.Fields) {
		return fmt.Errorf("kept details are %s %s, want %s %v, of %q", level, fields, f.Level, f.Fields, f.Text)
	}
	r.lines = append(r.lines, fmt.Sprintf("%d:%d @%d %d %s %v %s %s %v %q", f.Line, f.Column, f.Offset, f.Code, f.Family, f.Time, f.Level, f.Extractor, f.Fields, f.Text))
	return nil
}

func (r *recorder) Mark(m *tally.Mark) error {
	m.Complete()
	r.lines = append(r.lines, fmt.Sprintf("%d @%d %s %v %q", m.Line, m.Offset, m.Event, m.Time, m.Text))
	return nil
}

func (r *recorder) Piece(p tally.Piece) error {
	r.lines = append(r.lines, fmt.Sprintf("%s %d-%d %d %v %s", p.Source, p.Off, p.End, p.Lines, p.Complete, p.Problem))
	return nil
}

// blockSource yields one text in blocks of a chosen size, with the context that a splitter gives.
type blockSource struct {
	text io.Reader
	size int
}

func (s blockSource) Name() string { return "t" }

func (s blockSource) Read(ctx context.Context, r Receiver) error {
	r.Begin(Input{Name: "t", Reference: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), Zone: time.UTC})
	sp := newSplitter(s.text)
	if s.size > 0 {
		sp.size = s.size
	}
	n, err := sp.blocks(ctx, 0, r.Block)
	r.End(Health{Bytes: n, Complete: true})
	return err
}

func scanBlocks(t interface{ Fatal(...any) }, r io.Reader, size, jobs int) []string {
	var rec recorder
	s := Scanner{Extractor: testExtractor(), Jobs: jobs}
	if err := s.Scan(context.Background(), []Source{blockSource{r, size}}, &rec); err != nil {
		t.Fatal(err)
	}
	return rec.lines
}

var logLines = []string{
	"TIM: 2026-06-01 10:00:00.519 E 28587--1056966976|-login.cpp:313   HandleA2D2OnlineResponse  |task_id:2|error_code:9523|error_message:timed out",
	"TIM: 2026-06-01 10:00:01.519 I 28587-28601|-login.cpp:716  LogRequestEnd  |Login success|task_id:2|error_code:0 error_message:|userid:u_alpha tinyid: 1",
	" TIM  17:38:38.986 Oops! code:2024 message: | getConversationList | ",
	`{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"sig"}`,
	`{`, `    "ActionStatus": "FAIL",`, `    "ErrorInfo": "bad",`, `    "ErrorCode": 90001`, `}`,
	"joinGroup error: n [Error]", "    at Map.forEach (tim-js.js:1:447477)", "  code: 2801,", "  data: {}",
	"06-01 10:24:31.128  8123  8104 I MainActivity: onConnectFailed, code:9508, message:ERR_ACCESS_DENIED",
	"plain line without anything", "", "no stamp: sendMessage failed code=20009 msg=not friend and code=20009 again\r",
	"错误码：6012 ；错误信息：请求超时", "kick off by other device", "\x00\xff\xfe binary \x80 code:6014,desc:not login",
	"getaddrinfo login.im.qcloud.com failed:-3", "[\"ErrorCode\"]=>", "int(70169)",
	"2026/06/01 02:03:04 resp: {ActionStatus:FAIL ErrorInfo:timeout ErrorCode:70169} ErrorCode:70402",
}

// genLog draws a log of all shapes, with very long lines among them.
func genLog(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 60).Draw(t, "lines") {
		line := rapid.SampledFrom(logLines).Draw(t, "line")
		if rapid.IntRange(0, 25).Draw(t, "long") == 0 {
			line = strings.Repeat(line+" "+strings.Repeat("x", rapid.IntRange(0, 5000).Draw(t, "pad")), rapid.IntRange(2, 12).Draw(t, "times"))
		}
		b.WriteString(line)
		if rapid.IntRange(0, 30).Draw(t, "joined") > 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// TestCutsDoNotShow holds the law that what is found is a function of the input alone: not of the size of
// blocks, the number of workers, or how a reader delivers its bytes.
func TestCutsDoNotShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := genLog(t)
		want := scanBlocks(t, strings.NewReader(text), 16<<20, 1)
		size := rapid.IntRange(5_000, 60_000).Draw(t, "size")
		jobs := rapid.IntRange(1, 4).Draw(t, "jobs")
		if d := cmp.Diff(want, scanBlocks(t, strings.NewReader(text), size, jobs)); d != "" {
			t.Fatalf("blocks of %d bytes, %d jobs (-whole +blocks):\n%s", size, jobs, d)
		}
		if d := cmp.Diff(want, scanBlocks(t, iotest.HalfReader(strings.NewReader(text)), 0, jobs)); d != "" {
			t.Fatalf("half reads (-whole +pipe):\n%s", d)
		}
	})
}

// An okSum is a recorder that leaves out results with code 0 and counts them, however they are told.
type okSum struct {
	recorder
	ok int64
}

func (s *okSum) Mark(m *tally.Mark) error {
	if m.Event == tally.MarkOK {
		s.ok++
		return nil
	}
	return s.recorder.Mark(m)
}

func (s *okSum) Piece(p tally.Piece) error {
	s.ok += p.OK
	return s.recorder.Piece(p)
}

// TestSumOK holds that results with code 0 are as many when only their sum is told, and that nothing else changes.
func TestSumOK(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(genLog(t), 3) // so that lines are remembered
		var single, sum okSum
		for _, s := range []struct {
			on   bool
			sink *okSum
		}{{false, &single}, {true, &sum}} {
			scan := Scanner{Extractor: testExtractor(), Jobs: rapid.IntRange(1, 3).Draw(t, "jobs"), SumOK: s.on}
			size := rapid.IntRange(5_000, 60_000).Draw(t, "size")
			sources := []Source{blockSource{strings.NewReader(text), size}, blockSource{strings.NewReader(text), 0}}
			if err := scan.Scan(t.Context(), sources, s.sink); err != nil {
				t.Fatal(err)
			}
		}
		if d := cmp.Diff(single.lines, sum.lines); d != "" || single.ok != sum.ok {
			t.Fatalf("%d results with code 0 one by one, %d as a sum (-one by one +sum):\n%s", single.ok, sum.ok, d)
		}
	})
}

// counter is a Sink that only counts.
type counter struct{ *tally.Tally }

func (c counter) Finding(f *tally.Finding) error { c.Tally.Finding(f); return nil }
func (c counter) Mark(m *tally.Mark) error       { c.Tally.Mark(m); return nil }

// count scans sources into the bytes of a partial.
func count(t *rapid.T, jobs int, sources ...Source) *tally.Tally {
	sum := tally.New(tally.Options{})
	s := Scanner{Extractor: testExtractor(), Jobs: jobs}
	if err := s.Scan(context.Background(), sources, counter{sum}); err != nil {
		t.Fatal(err)
	}
	return sum
}

func encode(t *rapid.T, sum *tally.Tally) string {
	var b bytes.Buffer
	if err := sum.Encode(&b, tally.Header{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSectionsMergeToTheWhole holds that pieces of an input, cut anywhere, scanned anywhere and merged in any order,
// give the bytes of one scan.
func TestSectionsMergeToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := genLog(t)
		size := int64(len(text))
		section := func(off, end int64) Source {
			in := Input{Name: "t", Reference: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), Zone: time.UTC, Off: off}
			return NewSection(in, strings.NewReader(text), end, size)
		}
		want := encode(t, count(t, 1, section(0, size)))
		cuts := rapid.SliceOfN(rapid.Int64Range(0, size), 0, 6).Draw(t, "cuts")
		slices.Sort(cuts)
		cuts = slices.Compact(append(cuts, size))
		var parts []*tally.Tally
		off := int64(0)
		for _, end := range cuts {
			if end > off || size == 0 {
				parts = append(parts, count(t, 2, section(off, end)))
			}
			off = end
		}
		sum := tally.New(tally.Options{})
		for _, i := range rapid.Permutation(indexes(len(parts))).Draw(t, "order") {
			if err := sum.Merge(parts[i]); err != nil {
				t.Fatal(err)
			}
		}
		if d := cmp.Diff(want, encode(t, sum)); d != "" {
			t.Fatalf("cut at %d (-whole +merged):\n%s", cuts, d)
		}
	})
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestLongLineIsSearchedWhole(t *testing.T) {
	const n = 300
	one := `{"ActionStatus":"FAIL","ErrorCode":%d},` + strings.Repeat("y", 70_000)
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, one, 70000+i)
	}
	got := scanBlocks(t, &b, 0, 2)
	if len(got) != n+1 {
		t.Errorf("%d codes found on a line of %d MB, want %d", len(got)-1, n*70/1000, n)
	}
}

func TestReaderFailureKeepsWhatWasRead(t *testing.T) {
	r := io.MultiReader(strings.NewReader(logLines[3]+"\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	var rec recorder
	src := NewReader(Input{Name: "t", Zone: time.UTC}, r)
	s := Scanner{Extractor: testExtractor()}
	if err := s.Scan(t.Context(), []Source{src}, &rec); err != nil {
		t.Fatal(err)
	}
	if len(rec.lines) != 2 || !strings.Contains(rec.lines[1], "reading failed after") {
		t.Errorf("got %q, want a finding and a piece with a problem", rec.lines)
	}
}
