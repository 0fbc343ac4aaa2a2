package tally_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

const goldenRecords = golden + `{"record":{"source":"app.log","offset":0,"piece":0,"line":3,"column":7,"event":"kicked","selections":[2],"user":"c8ceb61800e86056","values":[{"k":"user","v":"u","h":"c8ceb61800e86056"}]}}
{"record":{"time":1772366401000000000,"time_guessed":true,"source":"app.log","offset":1,"piece":0,"line":3,"column":7,"family":"sdk","code":6206,"selections":[1,3],"values":[{"k":"host","v":"<a&b>","h":"99c103928eab7686"},{"k":"code","v":"sdk/6206","h":"27c3475712207af4"}],"text":"text"}}
{"record":{"time":1772366401000000000,"source":"app.log","offset":1,"piece":0,"line":3,"column":7,"family":"sdk","code":6208,"selections":[1],"text":"text"}}
`

// recorded returns the tally of the golden partial with its records.
func recorded(t *testing.T) *tally.Tally {
	t.Helper()
	x := goldenTally(t)
	records := tally.New(tally.Options{Records: newRecords()})
	first := finding("sdk", 6206, time.Second, host("<a&b>"))
	first.TimeGuessed = true
	m := &tally.Mark{Event: tally.MarkKicked, Fields: tally.Fields{user("u")}, Place: tally.Place{Source: "app.log", Line: 3, Column: 7}}
	for _, r := range []*tally.Record{
		tally.NewRecord(finding("sdk", 6208, time.Second), []uint16{1}, nil, nil),
		tally.NewMarkRecord(m, []uint16{2}, nil, nil),
		tally.NewRecord(first, []uint16{1, 3}, []string{tally.KeyHost, "code"}, nil),
	} {
		if err := records.Record(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := records.Merge(x); err != nil {
		t.Fatal(err)
	}
	return records
}

func TestEncodeRecords(t *testing.T) {
	x := tally.New(tally.Options{Samples: 2, Records: newRecords()})
	if err := x.Merge(recorded(t)); err != nil {
		t.Fatal(err)
	}
	got := encode(t, x)
	if diff := cmp.Diff(seal(goldenRecords), got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(got, encode(t, decode(t, got, tally.Options{}))); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeRefusesRecords(t *testing.T) {
	lines := strings.SplitAfter(goldenRecords, "\n")
	kicked, first, second := lines[6], lines[7], lines[8]
	tests := []struct{ name, old, new, want string }{
		{"order of sections", lines[5] + kicked, kicked + lines[5], `section "other" behind "record"`},
		{"order of records", first + second, second + first, `line 9: record of "app.log", byte 1, is not in order`},
		{"order of times", kicked + first, first + kicked, `record of "app.log", byte 0, is not in order`},
		{"record twice", kicked, kicked + kicked, "is not in order"},
		{"the same place again", second, strings.Replace(first, `"text":"text"`, `"text":"u"`, 1) + second, "is not in order"},
		{"null record", kicked, "{\"record\":null}\n", `want one section "record"`},
		{"unknown member", `"event":"kicked","sel`, `"event":"kicked","x":1,"sel`, "unknown field"},
		{"negative offset", `"offset":1,`, `"offset":-1,`, "a negative place"},
		{"beyond 2261", `"time":1772366401000000000,"time_guessed"`, `"time":9223372036854775807,"time_guessed"`, "a negative place or a time beyond 2261"},
		{"neither code nor event", `"event":"kicked","sel`, `"sel`, "want either a code in a family or an event"},
		{"code and event", `"code":6208,`, `"code":6208,"event":"x",`, "want either a code in a family or an event"},
		{"an event with a number", `"event":"kicked","sel`, `"code":7,"event":"kicked","sel`, "want either a code in a family or an event"},
		{"unknown family", `"family":"sdk","code":6208`, `"family":"wap","code":6208`, "unknown family"},
		{"selections in disorder", `[1,3]`, `[3,1]`, "selection 1 is not in order"},
		{"selection twice", `[1,3]`, `[3,3]`, "selection 3 is not in order"},
		{"selection out of range", `[1,3]`, `[1,65536]`, "cannot unmarshal"},
		{"no selections", `"selections":[2]`, `"selections":[]`, "not in the form"},
		{"short hash", `"h":"27c3475712207af4"`, `"h":"7c3475712207af4"`, "not in the form"},
		{"large hash", `"h":"27c3475712207af4"`, `"h":"27C3475712207AF4"`, "not in the form"},
		{"no hash", `"h":"27c3475712207af4"`, `"h":"x"`, `"x" is no hash`},
		{"zero hash", `"h":"27c3475712207af4"`, `"h":"0000000000000000"`, `value "code" is there twice, or has no key or hash`},
		{"no key", `"k":"code"`, `"k":""`, `value "" is there twice, or has no key or hash`},
		{"value twice", `"k":"code"`, `"k":"host"`, `value "host" is there twice`},
		{"long key", `"k":"code"`, `"k":"` + strings.Repeat("x", 65) + `"`, "not in the form"},
		{"long value", `"v":"sdk/6206"`, `"v":"` + strings.Repeat("x", 513) + `"`, "not in the form"},
		{"long text", `"text":"text"}}` + "\n" + second, `"text":"` + strings.Repeat("x", 301) + "\"}}\n" + second, "not in the form"},
		{"too many values", `"values":[{"k":"user"`, `"values":[` + strings.Repeat(`{"k":"x","h":"0000000000000001"},`, 256) + `{"k":"user"`, "257 values and 1 selections are too many"},
		{"no user", `"user":"c8ceb61800e86056"`, `"user":"0000000000000000"`, "not in the form"},
		{"white space", `"line":3,"column":7,"family":"sdk","code":6208`, `"line":3, "column":7,"family":"sdk","code":6208`, "not in the form"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			changed := strings.Replace(goldenRecords, tc.old, tc.new, 1)
			if changed == goldenRecords {
				t.Fatal("nothing changed")
			}
			for _, records := range []*tally.Records{nil, newRecords()} {
				_, _, err := tally.Decode(strings.NewReader(seal(changed)), tally.Options{Records: records})
				wantError(t, err, tc.want)
				wantDamage(t, err, true)
			}
		})
	}
}

// TestRecordsOfMerge takes records over by each way there is.
func TestRecordsOfMerge(t *testing.T) {
	whole := seal(goldenRecords)
	shared := newRecords()
	a, _, err := tally.Decode(strings.NewReader(whole), tally.Options{Records: shared})
	if err != nil {
		t.Fatal(err)
	}
	into := tally.New(tally.Options{Samples: 2, Records: shared})
	apart := fresh(tally.Options{Samples: 2})
	for name, x := range map[string]*tally.Tally{"shared": into, "apart": apart} {
		if err := x.Merge(a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole, encode(t, x)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	nowhere := tally.New(tally.Options{Samples: 2})
	if err := nowhere.Merge(a); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(seal(golden), encode(t, nowhere)); diff != "" {
		t.Error(diff)
	}
}

// TestRecordLines follows a record on line 2 of the third piece while the pieces come together, kept
// apart or, because there are too many of them, joined.
func TestRecordLines(t *testing.T) {
	for name, o := range map[string]tally.Options{
		"kept apart": {},
		"joined":     tally.Options{}.Within(tally.Bounds{Pool: 1, Users: 1, Buckets: 1, Names: 1, Events: 1, Pieces: 1, Sessions: 2}),
	} {
		t.Run(name, func(t *testing.T) {
			x := fresh(o)
			f := finding("sdk", 6206, 0)
			f.Offset, f.Piece, f.Line = 125, 120, 2
			if err := x.Recorded(f, nil); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				add  tally.Piece
				want int64
			}{{piece(120, 130, 3), 0}, {piece(100, 120, 7), 0}, {piece(0, 100, 50), 59}, {piece(130, 140, 5), 59}} {
				if err := x.Piece(step.add); err != nil {
					t.Fatal(err)
				}
				for _, y := range []*tally.Tally{x, decode(t, encode(t, x), o)} {
					got := int64(-1)
					if err := y.EachRecord(func(r *tally.Record) error { got = r.Line; return nil }); err != nil || got != step.want {
						t.Errorf("line %d with %v, want %d, %v", got, step.add, step.want, err)
					}
				}
			}
		})
	}
}

// TestLessRedactedRecords brings records that were made with less redaction into a tally with more.
func TestLessRedactedRecords(t *testing.T) {
	o := tally.Options{Redactor: redactor(t, redact.Options{Redact: []redact.Kind{redact.Host}})}
	f := finding("sdk", 6206, time.Second, tally.Field{Key: tally.KeyAPI, Value: "login?usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0q"}, host("chat-01.corp.example.com:443"), user("alice_raw"))
	f.Text = "alice_raw is offline at 203.0.113.41, phone:13800138000"
	secrets := []string{"alice_raw", "eJwtzM", "chat-01", "203.0.113.41", "13800138000"}
	want := fresh(o)
	raw := fresh(tally.Options{Redactor: redactor(t, redact.Options{Off: true})})
	for _, x := range []*tally.Tally{want, raw} {
		if err := x.Recorded(f, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, secret := range secrets {
		if !strings.Contains(encode(t, raw), secret) {
			t.Fatalf("no %s to be hidden", secret)
		}
	}
	merged := fresh(o)
	if err := merged.Merge(raw); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]*tally.Tally{"made": want, "decoded": decode(t, encode(t, raw), o), "merged": merged} {
		text := encode(t, x)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s in %s", name, secret, text)
			}
		}
		if diff := cmp.Diff(encode(t, want), text); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestRecordsFail: a disk that fails says nothing about the partial, and nothing is claimed to be whole.
func TestRecordsFail(t *testing.T) {
	full := &memoryDisk{full: true}
	o := tally.Options{Records: tally.NewRecords(tally.RecordsOptions{Memory: 1, Spill: full.spill})}
	_, _, err := tally.Decode(strings.NewReader(seal(goldenRecords)), o)
	wantError(t, err, "records on disk: disk is full")
	wantDamage(t, err, false)
	x := tally.New(o)
	wantError(t, x.Record(&tally.Record{}), "disk is full")
	wantError(t, x.Merge(recorded(t)), "disk is full")
	wantError(t, x.EachRecord(func(*tally.Record) error { return nil }), "disk is full")
	var b strings.Builder
	wantError(t, x.Encode(&b, header), "disk is full")
	wantError(t, fresh(tally.Options{}).Merge(x), "disk is full")

	gone := &memoryDisk{}
	joined := tally.New(tally.Options{Records: tally.NewRecords(tally.RecordsOptions{Memory: 1, Spill: gone.spill})}.Within(
		tally.Bounds{Pool: 1, Users: 1, Buckets: 1, Names: 1, Events: 1, Pieces: 1, Sessions: 2}))
	if err := joined.Recorded(finding("sdk", 6206, 0), nil); err != nil {
		t.Fatal(err)
	}
	gone.gone = true
	if err := errors.Join(joined.Piece(piece(0, 10, 1)), joined.Piece(piece(10, 20, 1))); err != nil {
		t.Fatal(err)
	}
	gone.gone = false
	wantError(t, joined.EachRecord(func(r *tally.Record) error { return fmt.Errorf("record on line %d", r.Line) }), "records on disk: disk is gone")
}
