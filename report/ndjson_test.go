package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/report/schema"
)

func finding(c *catalog.Catalog) *tally.Finding {
	return &tally.Finding{
		Place: tally.Place{
			Time: start.Add(118 * time.Millisecond).In(shanghai), Source: "a.zip!app.log", Offset: 4711, Line: 12, Column: 41,
		},
		Code: 70003, Family: catalog.Server, Alternatives: []catalog.Family{catalog.Web, catalog.V3},
		Entry: c.Lookup(catalog.Server, 70003), Level: "E", Extractor: "imsdk",
		Fields: tally.Fields{{Key: "api", Value: "Login"}, {Key: "user", Value: "alice_w0nder"}},
		Text:   "login failed, code=70003, user=alice_w0nder \x1b[31m\u202e<&>\xff\t\"end\"",
	}
}

func TestNDJSON(t *testing.T) {
	r, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := finding(texts(t))
	bare := &tally.Finding{Code: -7, Family: catalog.App, Place: tally.Place{Source: "-", Line: 3, Piece: 100}}
	var b bytes.Buffer
	n := report.NewNDJSON(&b, r)
	for _, f := range []*tally.Finding{known, bare} {
		if err := n.Finding(f); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "findings.golden.ndjson", b.Bytes())
	s := compile(t, schema.Finding())
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines for two findings", len(lines))
	}
	for _, line := range lines {
		if err := validate(s, []byte(line)); err != nil {
			t.Error(err)
		}
		keys := strings.Join(order(t, []byte(line))[""], " ")
		const want = "source line column offset time code family category topic class known extractor level text fields"
		if !strings.HasPrefix(keys, want) {
			t.Errorf("fields %s, want first %s", keys, want)
		}
		if strings.Contains(line, "alice") {
			t.Errorf("a user id is left: %s", line)
		}
		broken := strings.Replace(line, `"known":`, `"known":1,"was":`, 1)
		if validate(s, []byte(broken)) == nil {
			t.Error("the schema accepts a number for known")
		}
	}
}

// TestNDJSONStrings holds the encoder against encoding/json on every kind of character.
func TestNDJSONStrings(t *testing.T) {
	var all strings.Builder
	for c := range rune(0x3100) {
		all.WriteRune(c)
	}
	all.WriteString("\U000E0041\U0001F469\u200d\U0001F4BB \xff\xc3 end\\\"")
	var b bytes.Buffer
	f := &tally.Finding{Text: all.String(), Family: catalog.SDK}
	if err := report.NewNDJSON(&b, nil).Finding(f); err != nil {
		t.Fatal(err)
	}
	var got struct{ Text string }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(strings.ReplaceAll(all.String(), "\xff\xc3", "\uFFFD\uFFFD"), "\uFFFD")
	if diff := cmp.Diff(want, got.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

// TestWriteErrors checks that the writer's own error comes back.
func TestWriteErrors(t *testing.T) {
	r := reports(t, catalog.EN)["full"]
	for _, f := range report.Formats() {
		if err := f.Write(brokenWriter{}, r, report.Style{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: error %v", f.Name, err)
		}
	}
	if err := report.NewNDJSON(brokenWriter{}, nil).Finding(finding(texts(t))); !errors.Is(err, errBroken) {
		t.Errorf("ndjson: error %v", err)
	}
}

func BenchmarkNDJSON(b *testing.B) {
	f := finding(texts(b))
	n := report.NewNDJSON(discard{}, nil)
	b.ReportAllocs()
	for b.Loop() {
		if err := n.Finding(f); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
