package live_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// A clock is set by hand.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func newState(t *testing.T) (*live.State, *clock) {
	t.Helper()
	r, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{noon}
	return live.New(live.Options{Now: c.read, Redactor: r}), c
}

// finding returns a finding of a code as the server gives it.
func finding(code int, user, text string) *tally.Finding {
	f := &tally.Finding{
		Place: tally.Place{Time: noon.Add(-time.Second), Source: "app.log", Line: 7}, Code: code, Family: catalog.Server,
		Entry: catalog.Builtin().Lookup(catalog.Server, code), Text: text,
	}
	if user != "" {
		f.Fields = tally.Fields{{Key: tally.KeyUser, Value: user}}
	}
	return f
}

func TestSnapshot(t *testing.T) {
	s, c := newState(t)
	s.Lines(1000)
	s.Mark(&tally.Mark{Event: tally.MarkOK})
	s.Mark(&tally.Mark{Event: tally.MarkDNS})
	s.Mark(&tally.Mark{Event: tally.MarkSession})
	counts := tally.New(tally.Options{})
	found := func(code int, user string) {
		s.Finding(finding(code, user, fmt.Sprint("ErrorCode: ", code)))
		counts.Finding(finding(code, user, ""))
	}
	for i := range 3 {
		found(70001, fmt.Sprint("u", i))
	}
	c.now = c.now.Add(2 * time.Minute)
	for range 4 {
		found(10007, "u1")
	}
	found(424242, "")
	s.Users(counts.Summary())

	got := s.Snapshot(c.now, catalog.ZH)
	if got.Lines != 1000 || got.Findings != 8 || got.OK != 1 || got.Marks != 1 {
		t.Errorf("totals: %d lines, %d findings, %d ok, %d marks", got.Lines, got.Findings, got.OK, got.Marks)
	}
	var codes []string
	for _, r := range got.Codes {
		codes = append(codes, fmt.Sprintf("%s/%d %s %s %d %d users", r.Family, r.Code, r.Class, r.Name, r.Count, r.Users))
	}
	want := []string{"server/10007 error 错误 4 1 users", "server/70001 error 错误 3 3 users", "server/424242 error 错误 1 0 users"}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
	if got.Codes[2].Known || got.Codes[2].Title != "错误码库未收录" || got.Codes[0].Title == "" || got.Codes[0].Fix == "" {
		t.Errorf("texts of codes: %+v", got.Codes)
	}
	class := got.Classes[slices.IndexFunc(got.Classes, func(r live.ClassRate) bool { return r.Class == catalog.Error })]
	if class.Total != 8 || class.PerMinute != 5 {
		t.Errorf("errors: %d, %v per minute; want 8, and 5 of the last minute", class.Total, class.PerMinute)
	}
	if n := len(class.Spark); n != live.SparkBuckets || class.Spark[n-1] != 5 || class.Spark[n-3] != 3 || class.Pulse[n-1] != 5 {
		t.Errorf("spark %v\npulse %v", class.Spark, class.Pulse)
	}
	if n := got.Newest[0]; n.Code != 424242 || n.Line != 7 || n.Source != "app.log" || len(got.Newest) != 8 {
		t.Errorf("the newest of %d: %+v", len(got.Newest), n)
	}
	c.now = c.now.Add(2 * time.Hour)
	if r := s.Snapshot(c.now, catalog.EN).Codes[0]; r.Recent != 0 || r.Count != 4 || slices.Max(r.Spark) != 0 {
		t.Errorf("after two hours: %+v", r)
	}
}

// Texts come from strangers and name users.
func TestTextsAreFitToShow(t *testing.T) {
	s, c := newState(t)
	s.Finding(finding(70001, "zhang.san", "zhang.san \x1b[31mErrorCode: 70001\u202e usersig=eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwqUpRZnJUPHilOzEgoLMFCUrQ0MDAwNzQwMLAwA_"))
	s.Finding(finding(70001, "", "ErrorCode: 70001 "+strings.Repeat("长", 5000)))
	s.Inputs([]live.InputRow{{Name: "a\x1b[2Jb.log", Problem: "open \x07: no"}})
	s.Note("a note\nof two lines")
	got := s.Snapshot(c.now, catalog.EN)
	text := got.Newest[1].Text
	for _, never := range []string{"zhang.san", "\x1b", "\u202e", "eJyrVgrx"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is shown in %q", never, text)
		}
	}
	if long := got.Newest[0].Text; len(long) > live.MaxText+len("…") || !strings.HasSuffix(long, "长…") {
		t.Errorf("a long text of %d bytes ends in %q", len(long), long[len(long)-8:])
	}
	if got.Inputs[0].Name != "ab.log" || got.Notes[0] != "a note of two lines" {
		t.Errorf("input %q, note %q", got.Inputs[0].Name, got.Notes[0])
	}
}

// However many codes, events and notes come, only so many stay, and no count of a known code is lost.
func TestBounds(t *testing.T) {
	s, c := newState(t)
	s.Finding(finding(70001, "", "first"))
	for i := range 5000 {
		c.now = c.now.Add(time.Millisecond)
		s.Finding(finding(1_000_000+i, "", "x"))
		s.Mark(&tally.Mark{Event: fmt.Sprint("x_", i)})
		s.Note(fmt.Sprint("note ", i))
		if i < 2000 {
			f := finding(120001+i, "", "x")
			s.Finding(f)
		}
	}
	s.Finding(finding(70001, "", "second"))
	got := s.Snapshot(c.now, catalog.EN)
	if len(got.Codes) != live.MaxCodes || got.MoreCodes > 1024 || len(got.Newest) != live.MaxNewest || len(got.Notes) != live.MaxNotes {
		t.Errorf("%d codes and %d more, %d findings, %d notes", len(got.Codes), got.MoreCodes, len(got.Newest), len(got.Notes))
	}
	if got.Notes[0] != "note 4999" {
		t.Errorf("the newest note is %q", got.Notes[0])
	}
	if r := got.Codes[0]; r.Code != 70001 || r.Count != 2 {
		t.Errorf("the busiest code: %+v; want 70001, twice though it was forgotten once", r)
	}
	totals := s.Totals()
	if n := len(totals.Findings); n > 400 {
		t.Errorf("%d counters of codes", n)
	}
	if n := len(totals.Marks); n > 100 || totals.Marks["x_other"] == 0 {
		t.Errorf("%d counters of events, %d others", n, totals.Marks["x_other"])
	}
	sum := int64(0)
	for _, n := range totals.Findings {
		sum += n
	}
	if sum != got.Findings {
		t.Errorf("counters sum up to %d of %d findings", sum, got.Findings)
	}
	if n := totals.Findings[live.Label{Code: "unknown", Class: "error", Category: "server/unknown"}]; n != 5000 {
		t.Errorf("%d unknown ones, want 5000", n)
	}
}

func TestRestore(t *testing.T) {
	before := tally.New(tally.Options{})
	for _, code := range []int{70001, 70001, 424242, 60012} {
		before.Finding(finding(code, "u", "x"))
	}
	s, c := newState(t)
	s.Restore(before.Summary())
	s.Finding(finding(70001, "u", "x"))
	totals := s.Totals()
	for l, want := range map[live.Label]int64{
		{Code: "70001", Class: "error", Category: "server/account"}:   3,
		{Code: "unknown", Class: "error", Category: "server/unknown"}: 1,
	} {
		if got := totals.Findings[l]; got != want {
			t.Errorf("%v: %d, want %d", l, got, want)
		}
	}
	if got := s.Snapshot(c.now, ""); got.Findings != 5 || got.Codes[0].Count != 3 || got.Codes[0].Recent != 1 || got.Codes[0].Users != 1 {
		t.Errorf("%d findings, first %+v", got.Findings, got.Codes[0])
	}
}

func TestFatalCodesAreThereFromTheBeginning(t *testing.T) {
	s, _ := newState(t)
	totals := s.Totals()
	fatal := 0
	for _, e := range catalog.Builtin().Entries() {
		if e.Class == catalog.Fatal {
			fatal++
			if n, there := totals.Findings[live.Label{Code: fmt.Sprint(e.Code), Class: "fatal", Category: e.Category()}]; !there || n != 0 {
				t.Errorf("%s/%d: there %v, %d", e.Family, e.Code, there, n)
			}
		}
	}
	for _, f := range catalog.Families() {
		if _, there := totals.Findings[live.Label{Code: "unknown", Class: "error", Category: string(f) + "/unknown"}]; !there {
			t.Errorf("no counter of unknown codes of %s", f)
		}
	}
	if want := fatal + len(catalog.Families()); fatal == 0 || len(totals.Findings) != want {
		t.Errorf("%d fatal codes, %d counters, want %d", fatal, len(totals.Findings), want)
	}
}

func TestConcurrentUse(t *testing.T) {
	s, c := newState(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 500 {
				s.Finding(finding(70000+i%9, "u", "text"))
				s.Lines(1)
			}
		})
		all.Go(func() {
			for range 20 {
				s.Snapshot(c.now, catalog.EN)
				s.Totals()
			}
		})
	}
	all.Wait()
	if got := s.Snapshot(c.now, catalog.EN); got.Findings != 2000 || got.Lines != 2000 {
		t.Errorf("%d findings in %d lines, want 2000 of each", got.Findings, got.Lines)
	}
}

func BenchmarkFinding(b *testing.B) {
	s := live.New(live.Options{})
	f := finding(70001, "user_alpha", strings.Repeat("a line of a log ", 16))
	b.ReportAllocs()
	for b.Loop() {
		s.Finding(f)
	}
}

func TestRotationsOfInputsThatGo(t *testing.T) {
	s, _ := newState(t)
	s.Inputs([]live.InputRow{{Name: "a", Rotations: 2}, {Name: "b", Rotations: 1}})
	s.Inputs([]live.InputRow{{Name: "a", Rotations: 3}})
	s.Inputs([]live.InputRow{{Name: "a", Rotations: 3}, {Name: "b", Rotations: 1}})
	if got := s.Totals().Rotations; got != 5 {
		t.Errorf("%d rotations, want 2 + 1 + 1, and 1 of the b that is new", got)
	}
}

// BenchmarkSnapshot draws a full picture, with all findings new.
func BenchmarkSnapshot(b *testing.B) {
	s := live.New(live.Options{})
	f := finding(70001, "user_alpha", strings.Repeat("a line of a log ", 16))
	for i := range 1024 {
		s.Finding(finding(1_000_000+i, "u", "x"))
	}
	b.ReportAllocs()
	for b.Loop() {
		for range live.MaxNewest {
			s.Finding(f)
		}
		s.Snapshot(noon, catalog.EN)
	}
}
