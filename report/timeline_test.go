package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/report/schema"
	"github.com/imtriage/imtriage/report/timeline"
)

// trouble makes the timeline of a user who cannot log in, beside what a server logs.
func trouble(t testing.TB, users ...string) *timeline.Timeline {
	t.Helper()
	c := timeline.New(timeline.Options{Users: users})
	cat := texts(t)
	offset := int64(0)
	place := func(source string, after time.Duration) tally.Place {
		offset += 100
		p := tally.Place{Source: source, Offset: offset, Line: offset / 100, Column: 12}
		if after >= 0 {
			p.Time = start.Add(after)
		}
		return p
	}
	found := func(p tally.Place, family catalog.Family, code int, fields ...tally.Field) {
		c.Finding(&tally.Finding{
			Place: p, Code: code, Family: family, Entry: cat.Lookup(family, code), Fields: fields, Text: fmt.Sprintf("E [imsdk] code=%d %s", code, hostile),
		}, true)
	}
	const phone, server = "phone.zip!imsdk_20260601.log", "logs/a/rather/long/path/to/server-\u202e\x1b[2J.log"
	pid, alice := tally.Field{Key: tally.KeyPID, Value: "28587"}, tally.Field{Key: tally.KeyUser, Value: "alice"}
	guessed := place("web.log", 26*time.Hour)
	guessed.TimeGuessed = true
	c.Mark(&tally.Mark{Place: place(phone, -1), Event: tally.MarkSession, Fields: tally.Fields{
		pid, {Key: tally.KeyPlatform, Value: "Android"}, {Key: tally.KeyAppID, Value: "1400000123"}, {Key: tally.KeyVersion, Value: "8.0.5903\x1b[31m"},
	}}, true)
	found(place(phone, 0), catalog.Server, 70003, pid, alice, tally.Field{Key: tally.KeyAPI, Value: "Login"})
	found(place(phone, 2*time.Second), catalog.SDK, 6014, pid, tally.Field{Key: tally.KeyAPI, Value: "GetJoinedGroupList"})
	found(place(phone, 40*time.Second), catalog.SDK, 6014, pid, tally.Field{Key: tally.KeyAPI, Value: "SendMessage"})
	c.Mark(&tally.Mark{Place: place(phone, 3*time.Second), Event: tally.MarkDNS, Fields: tally.Fields{pid}}, true)
	c.End(phone)
	for i := range 40 {
		found(place(server, time.Duration(i)*time.Second), catalog.Server, 20009, tally.Field{Key: tally.KeyUser, Value: fmt.Sprint("u", i)})
	}
	found(place(server, 30*time.Second), catalog.App, 88001, alice, tally.Field{Key: tally.KeyMessage, Value: "账号分片迁移中\x1b]0;x\a"})
	c.Mark(&tally.Mark{Place: place(server, -1), Event: tally.MarkOK, Fields: tally.Fields{alice}}, true)
	c.Mark(&tally.Mark{Place: guessed, Event: tally.MarkDisconnect}, true)
	return c.Timeline()
}

// read is what a summary says of inputs.
func read(complete bool) *tally.Summary {
	in := tally.Input{Name: "phone.log", Kind: "text", Bytes: 4711, Lines: 99, Complete: complete}
	if !complete {
		in.Problem = "unexpected end of gzip data"
	}
	return &tally.Summary{Inputs: []tally.Input{in}, Totals: tally.Totals{Inputs: 1, Bytes: 4711, Lines: 99}}
}

func timelines(t testing.TB, l catalog.Lang) map[string]*report.Timeline {
	t.Helper()
	o := report.Options{Lang: l, Tool: tool}
	return map[string]*report.Timeline{
		"everyone": report.NewTimeline(trouble(t), read(true), o),
		"alice":    report.NewTimeline(trouble(t, "alice"), read(true), o),
		"damaged":  report.NewTimeline(trouble(t, "u7"), read(false), o),
		"nothing":  report.NewTimeline(timeline.New(timeline.Options{}).Timeline(), read(true), o),
	}
}

func writeTimeline(t testing.TB, format string, x *report.Timeline, s report.Style) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, f := range report.TimelineFormats() {
		if f.Name == format {
			if err := f.Write(&b, x, s); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("no format %q", format)
	return nil
}

func TestTimelineGoldens(t *testing.T) {
	s := compile(t, schema.Timeline())
	for _, l := range catalog.Langs() {
		for name, x := range timelines(t, l) {
			t.Run(name+" "+string(l), func(t *testing.T) {
				style := report.Style{Zone: shanghai, Verbose: name == "alice"}
				golden(t, fmt.Sprintf("timeline-%s.%s.golden.table", name, l), writeTimeline(t, "table", x, style))
				data := writeTimeline(t, "json", x, report.Style{})
				if err := validate(s, data); err != nil {
					t.Error(err)
				}
				if name == "alice" {
					golden(t, fmt.Sprintf("timeline-%s.%s.golden.json", name, l), data)
				}
			})
		}
	}
}

// TestTimelineFits holds every line within the width, without a trace of what a log may hide in it.
func TestTimelineFits(t *testing.T) {
	for _, l := range catalog.Langs() {
		for name, x := range timelines(t, l) {
			for width := 40; width < 130; width += 7 {
				for _, style := range []report.Style{{Width: width, Zone: shanghai}, {Width: width, Color: true, Borders: true, Verbose: true}} {
					checkTable(t, name+" "+string(l), string(writeTimeline(t, "table", x, style)), style)
				}
			}
		}
	}
}

// TestTimelineRows: of many rows the first and the last ones are shown, and how to see the others.
func TestTimelineRows(t *testing.T) {
	c := timeline.New(timeline.Options{Rows: 500})
	for i := range 600 {
		c.Finding(&tally.Finding{
			Place: tally.Place{Source: "a.log", Offset: int64(i), Line: int64(i + 1), Time: start.Add(time.Duration(i) * time.Hour)}, Code: 1000 + i, Family: catalog.App,
		}, true)
	}
	x := report.NewTimeline(c.Timeline(), read(true), report.Options{})
	short, long := string(writeTimeline(t, "table", x, report.Style{})), string(writeTimeline(t, "table", x, report.Style{Verbose: true}))
	for _, want := range []string{"… 400 rows with 400 records are left out here", " 1099  ", " 1500  ", "-v"} {
		if !strings.Contains(short, want) {
			t.Errorf("no %q in\n%s", want, short)
		}
	}
	if strings.Contains(short, " 1100  ") || strings.Contains(short, " 1499  ") {
		t.Errorf("too many rows:\n%s", short)
	}
	if !strings.Contains(long, "… 100 rows with 100 records are left out here") || !strings.Contains(long, " 1249  ") || strings.Contains(long, " 1250  ") || !strings.Contains(long, " 1350  ") {
		t.Errorf("not all rows:\n%s", long)
	}
}
