package scanner

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A carriedSink keeps what a log says, and what its envelope says.
type carriedSink struct{ texts, told []string }

func (s *carriedSink) Finding(f *tally.Finding) error {
	f.Complete()
	s.texts = append(s.texts, fmt.Sprintf("%d %s %s %s %q", f.Code, f.Family, f.Level, f.Fields.Get(tally.KeyUser), f.Text))
	s.told = append(s.told, f.Time.Format(time.RFC3339)+" "+f.Fields.Get(tally.KeyHost))
	return nil
}

func (s *carriedSink) Mark(*tally.Mark) error { return nil }
func (s *carriedSink) Piece(p tally.Piece) error {
	if !p.Complete {
		return fmt.Errorf("%s is not whole: %s", p.Source, p.Problem)
	}
	return nil
}

// TestEnvelopes holds the findings of a log that was carried in an envelope against those of the log itself, and the
// envelope's time and host against what it was given. In a zip archive the member is decoded ahead.
func TestEnvelopes(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(strings.Repeat(strings.Join([]string{
		`im answer {"ActionStatus":"FAIL","ErrorInfo":"a \"quoted\", text","ErrorCode":70001} for u_1`,
		"plain 中文 line, with a comma",
		"E ChatProvider: sendMessage fail, code: 6014, desc: not login",
		"java.lang.IllegalStateException: im ErrorCode=70009",
		"\tat c.e.im.ImClient.send(ImClient.java:42)",
		"\tat c.e.im.ImClient.run(ImClient.java:7)",
		"",
	}, "\n"), 300), "\n"), "\n")
	at := func(i int) time.Time { return time.Date(2026, 6, 1, 2, 3, 4+i, 0, time.UTC) }
	object := func(pairs ...any) string {
		m := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		b, err := json.Marshal(m)
		check(t, err)
		return string(b)
	}
	each := func(f func(i int, line string) string) string {
		var b strings.Builder
		for i, l := range lines {
			b.WriteString(f(i, l))
		}
		return b.String()
	}
	t.Chdir(t.TempDir())
	read := func(name, text string) carriedSink {
		check(t, os.WriteFile(name, []byte(text), 0o600))
		var sink carriedSink
		sources := Inputs{Now: at(0)}.Expand([]string{name})
		check(t, (&Scanner{Extractor: testExtractor(), Jobs: 2}).Scan(t.Context(), sources, &sink))
		return sink
	}
	want := read("plain.log", each(func(_ int, l string) string { return l + "\n" }))
	var told []string
	for i, l := range lines {
		if strings.Contains(l, "ode") && !strings.HasPrefix(l, "\t") {
			told = append(told, at(i).Format(time.RFC3339)+" im-1")
		}
	}
	if len(want.texts) != len(told) || len(told) != 900 {
		t.Fatalf("%d findings, %d lines with a code, want 900", len(want.texts), len(told))
	}
	var rows strings.Builder
	w := csv.NewWriter(&rows)
	check(t, w.Write([]string{"@timestamp", "host", "message"}))
	var hits []string
	for i, l := range lines {
		check(t, w.Write([]string{at(i).Format(time.RFC3339), "im-1", l}))
		hits = append(hits, object("_index", "x", "_source", map[string]any{"@timestamp": at(i).Format(time.RFC3339), "message": l, "host": map[string]any{"name": "im-1"}}))
	}
	w.Flush()
	slices.Reverse(hits)
	for _, tc := range []struct {
		name, text string
		host       string
	}{
		{"docker", each(func(i int, l string) string {
			return object("log", l+"\n", "stream", "stdout", "time", at(i).Format(time.RFC3339Nano)) + "\n"
		}), ""},
		{"CRI", each(func(i int, l string) string {
			return at(i).Format(time.RFC3339) + " stdout P " + l[:len(l)/2] + "\n" + at(i).Format(time.RFC3339) + " stdout F " + l[len(l)/2:] + "\n"
		}), ""},
		{"syslog", each(func(i int, l string) string { return at(i).Format(time.Stamp) + " im-1 app[7]: " + l + "\n" }), "im-1"},
		{"newest first", `{"took":3,"hits":{"hits":[` + strings.Join(hits, ",\n") + "]}}", "im-1"},
		{"CSV", rows.String(), "im-1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, got := range map[string]carriedSink{
				"file": read("wrapped", tc.text),
				"zip":  read("wrapped.zip", zipped(t, logFile{"a", "first\n", at(0)}, logFile{"b", tc.text, at(0)})),
			} {
				if d := cmp.Diff(want.texts, got.texts); d != "" {
					t.Errorf("%s: (-plain +wrapped):\n%s", name, d)
				}
				for i := range told {
					if i < len(got.told) && got.told[i] != strings.TrimSuffix(told[i], "im-1")+tc.host {
						t.Fatalf("%s: finding %d has %q, want %q", name, i, got.told[i], told[i])
					}
				}
			}
		})
	}
}
