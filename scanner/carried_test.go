package scanner

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// carriedSource is a text of which things are known beside it, in blocks of a size.
type carriedSource struct {
	in       Input
	text     string
	carriers []input.Carrier
	size     int
}

func (s carriedSource) Name() string { return s.in.Name }

func (s carriedSource) Read(ctx context.Context, r Receiver) error {
	r.Begin(s.in)
	text := strings.NewReader(s.text)
	sp := newSplitter(text)
	sp.size = s.size
	told := 0
	sp.carriers = func(dst []input.Carrier) []input.Carrier {
		read := int64(len(s.text) - text.Len())
		for ; told < len(s.carriers) && s.carriers[told].Off < read; told++ {
			dst = append(dst, s.carriers[told])
		}
		return dst
	}
	n, err := sp.blocks(ctx, 0, r.Block)
	r.End(Health{Bytes: n, Complete: true})
	return err
}

// A seen is what a test wants to know of a finding or mark.
type seen struct {
	what, time, host string
	guessed          bool
}

type seenSink struct{ list []seen }

func (s *seenSink) Finding(f *tally.Finding) error {
	counted := f.Fields.Get(tally.KeyHost)
	f.Complete()
	if shown := f.Fields.Get(tally.KeyHost); shown != counted {
		return fmt.Errorf("host %q is counted, %q is shown", counted, shown)
	}
	s.add(fmt.Sprint(f.Code), &f.Place, f.Fields)
	return nil
}

func (s *seenSink) Mark(m *tally.Mark) error {
	m.Complete()
	s.add(m.Event, &m.Place, m.Fields)
	return nil
}

func (s *seenSink) add(what string, p *tally.Place, f tally.Fields) {
	t := "none"
	if !p.Time.IsZero() {
		t = p.Time.Format("2006-01-02T15:04:05.999Z07:00")
	}
	s.list = append(s.list, seen{what, t, f.Get(tally.KeyHost), p.TimeGuessed})
}

func (s *seenSink) Piece(tally.Piece) error { return nil }

func TestCarriers(t *testing.T) {
	day := func(d, h int) time.Time { return time.Date(2026, 6, d, h, 0, 0, 0, time.UTC) }
	parts := []struct {
		text    string
		carrier input.Carrier
		want    []seen
	}{
		{"nothing is carried, code 6014, desc: not logged in\n", input.Carrier{}, []seen{{"6014", "none", "h0", false}}},
		{"no stamp: im code 6014, desc: not logged in\n", input.Carrier{Time: day(1, 1), Host: "h1"}, []seen{{"6014", "2026-06-01T01:00:00Z", "h1", false}}},
		{
			"2026-06-02 09:00:00 zoneless: im code 6014, desc: not logged in\n",
			input.Carrier{Time: day(2, 1), Host: "h1"},
			[]seen{{"6014", "2026-06-02T01:00:00Z", "h1", false}},
		},
		{
			"2026-06-02T09:00:00.5+08:00 zoned: im code 6014, desc: not logged in\n",
			input.Carrier{Time: day(2, 2), Host: "h1"},
			[]seen{{"6014", "2026-06-02T01:00:00.5Z", "h1", false}},
		},
		{
			"2026-06-03T09:00:00+08:00 first of a record\n    im code 6014, desc: not logged in\n",
			input.Carrier{Time: day(3, 2)},
			[]seen{{"6014", "2026-06-03T01:00:00Z", "h0", false}},
		},
		{"the record above is another one's: im code 6014, desc: not logged in\n", input.Carrier{Time: day(3, 4)}, []seen{{"6014", "2026-06-03T04:00:00Z", "h0", false}}},
		{"no zone is told: im code 6014, desc: not logged in\n", input.Carrier{Stamp: "Jun  3 05:06:07"}, []seen{{"6014", "2026-06-03T05:06:07Z", "h0", false}}},
		{
			"2026-06-03 09:00:00.25 a date of its own: im code 6014, desc: not logged in\n",
			input.Carrier{Stamp: "Jun  3 05:06:07"},
			[]seen{{"6014", "2026-06-03T09:00:00.25Z", "h0", false}},
		},
		{
			"12:30:00.000 a part with a date of its own: im code 6014, desc: not logged in\n",
			input.Carrier{Reference: day(9, 12)},
			[]seen{{"6014", "2026-06-03T12:30:00Z", "h0", false}}, // the date above counts more
		},
		{`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}` + "\n", input.Carrier{Time: day(4, 1), Host: "h4"}, []seen{{"ok", "2026-06-04T01:00:00Z", "h4", false}}},
	}
	s := carriedSource{in: Input{Name: "t", Host: "h0", Reference: day(30, 12), Zone: time.UTC}}
	var want []seen
	for _, p := range parts {
		p.carrier.Off = int64(len(s.text))
		s.carriers = append(s.carriers, p.carrier)
		s.text += p.text
		want = append(want, p.want...)
	}
	for _, size := range []int{64, 1000, blockSize} {
		s.size = size
		var sink seenSink
		if err := (&Scanner{Extractor: testExtractor(), Jobs: 2}).Scan(t.Context(), []Source{s}, &sink); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, sink.list, cmp.AllowUnexported(seen{})); d != "" {
			t.Errorf("blocks of %d bytes (-want +got):\n%s", size, d)
		}
	}
}

func TestReferenceOfAPart(t *testing.T) {
	text := "12:30:00.000 im code 6014, desc: not logged in\n"
	s := carriedSource{in: Input{Name: "t", Reference: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}, text: text + text, size: blockSize}
	s.carriers = []input.Carrier{{Reference: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}, {Off: int64(len(text))}}
	var sink seenSink
	if err := (&Scanner{Extractor: testExtractor()}).Scan(t.Context(), []Source{s}, &sink); err != nil {
		t.Fatal(err)
	}
	want := []seen{{"6014", "2026-06-01T12:30:00Z", "", true}, {"6014", "2026-06-30T12:30:00Z", "", true}}
	if d := cmp.Diff(want, sink.list, cmp.AllowUnexported(seen{})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestCutsDoNotShowWhatIsCarried holds that what is carried beside a text is the same however the text is cut.
func TestCutsDoNotShowWhatIsCarried(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := carriedSource{in: Input{Name: "t"}, text: genLog(t), size: 16 << 20}
		for off := range len(s.text) {
			if (off == 0 || s.text[off-1] == '\n') && rapid.IntRange(0, 2).Draw(t, "carrier") > 0 {
				c := input.Carrier{Off: int64(off), Host: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "host")}
				if rapid.Bool().Draw(t, "timed") {
					c.Time = time.Unix(1780000000+int64(off), 0).UTC()
				}
				s.carriers = append(s.carriers, c)
			}
		}
		scan := func(jobs int) (list []string) {
			var rec recorder
			if err := (&Scanner{Extractor: testExtractor(), Jobs: jobs}).Scan(t.Context(), []Source{s}, &rec); err != nil {
				t.Fatal(err)
			}
			return rec.lines
		}
		want := scan(1)
		s.size = rapid.IntRange(5_000, 60_000).Draw(t, "size")
		if d := cmp.Diff(want, scan(rapid.IntRange(1, 4).Draw(t, "jobs"))); d != "" {
			t.Fatalf("blocks of %d bytes (-whole +blocks):\n%s", s.size, d)
		}
	})
}
