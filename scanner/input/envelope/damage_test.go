package envelope_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// TestCutAnywhere cuts wrapped logs at every byte: what is there of the messages comes out, if need be raw.
func TestCutAnywhere(t *testing.T) {
	var messages []string
	for i := range 5 {
		messages = append(messages, fmt.Sprintf("code=7000%d of IM", i))
	}
	for _, w := range wrappings {
		wrapped := w.wrap(messages, func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
		for n := range wrapped {
			got, _, report := read(t, w.format, strings.NewReader(wrapped[:n]))
			for _, m := range messages {
				if have, want := strings.Count(got, m), strings.Count(wrapped[:n], m); have < want || have > 1 {
					t.Fatalf("%s cut at %d: %q is there %d times, want %d, in\n%s", w.name, n, m, have, want, got)
				}
			}
			whole := w.name == "array" || strings.HasSuffix(w.name, "answer") && envelope.Detect([]byte(wrapped[:n]), true) != envelope.None
			if whole && n > 0 && n < len(wrapped)-1 && report.Problem == "" {
				t.Fatalf("%s cut at %d: no problem is reported", w.name, n)
			}
		}
	}
}

// TestBroken holds what is given out of JSON whose syntax breaks off.
func TestBroken(t *testing.T) {
	for _, tc := range []struct {
		name, in, want, problem string
		f                       envelope.Format
	}{
		{
			"array cut short", `[{"ErrorCode":1},{"ErrorCode":70001,"ErrorInfo":"a`,
			`{"ErrorCode":1}` + "\n" + `{"ErrorCode":70001,"ErrorInfo":"a`,
			"JSON is cut short in element 2, at byte 17", envelope.Array,
		},
		{
			"quote lost", `[{"ErrorCode":1},{"ErrorInfo":"a,"ErrorCode":70001},{"ErrorCode":2}]`,
			`{"ErrorCode":1}` + "\n" + `{"ErrorInfo":"a,"ErrorCode":70001},{"ErrorCode":2}]`,
			"JSON is broken in element 2, at byte 17", envelope.Array,
		},
		{
			"bracket of another kind", `[{"ErrorCode":1},{"ErrorCode":70001]]`,
			`{"ErrorCode":1}` + "\n" + `{"ErrorCode":70001]]`,
			"JSON is broken in element 2, at byte 17", envelope.Array,
		},
		{
			"comma lost", `[{"ErrorCode":1}{"ErrorCode":70001}]`,
			`{"ErrorCode":1}` + "\n" + `{"ErrorCode":70001}]`,
			"JSON is broken in element 2, at byte 16", envelope.Array,
		},
		{
			"text behind", `[{"ErrorCode":1}]` + "\nsecond log code=70001\n",
			`{"ErrorCode":1}` + "\nsecond log code=70001\n",
			"text follows the JSON at byte 18", envelope.Array,
		},
		{
			"line torn", `{"__TIMESTAMP__":"1780279384123","__SOURCE__":"h","__CONTENT__":"a"}` + "\n" + `{"__TIMESTAMP__":"17802793` + "\n" + `{"__TIMESTAMP__":"1780279384123","__SOURCE__":"h","__CONTENT__":"b"}` + "\n",
			"a\n" + `{"__TIMESTAMP__":"17802793` + "\nb\n", "", envelope.CLS,
		},
		{
			"objects broken", "{\n\"__REALTIME_TIMESTAMP\":\"1780279384123456\",\n\"MESSAGE\":\"a\"}\n{\n\"MESSAGE\"=\"b\"}\n{\n\"__REALTIME_TIMESTAMP\":\"1780279384123456\",\n\"MESSAGE\":\"c\"}\n",
			"a\n{\n\"MESSAGE\"=\"b\"}\nc\n", "JSON is broken in element 2, at byte 60", envelope.JournalJSON,
		},
		{
			"quote of a cell is never closed", "time,message\n1780279384,a\n1780279385,\"b\n1780279386,c\n",
			"a\n1780279385,\"b\nc\n", "", envelope.CSV,
		},
		{
			"cells are missing", "time,message,x\n1780279384,a,1\n1780279385\n\n1780279386,c,1\n",
			"a\n1780279385\nc\n", "", envelope.CSV,
		},
		{
			"size of a field is wrong", "__CURSOR=s\n__REALTIME_TIMESTAMP=1780279384123456\nMESSAGE=a\n\nMESSAGE\nabcdefgh code=70001\n",
			"a\nMESSAGE\nabcdefgh code=70001\n", "journal export: no length behind a field, at byte 60", envelope.JournalExport,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, carriers, report := read(t, tc.f, strings.NewReader(tc.in))
			if diff := cmp.Diff(tc.want, got); diff != "" || report.Problem != tc.problem {
				t.Errorf("problem %q, want %q\n%s", report.Problem, tc.problem, diff)
			}
			if raw := strings.Index(got, "70001"); raw >= 0 {
				last := carriers[len(carriers)-1]
				if last.Off > int64(raw) || !last.Time.IsZero() {
					t.Errorf("raw text has the carrier %v", last)
				}
			}
		})
	}
}

// TestUnfinished holds that parts without a last one are given out and counted.
func TestUnfinished(t *testing.T) {
	in := "2026-06-01T02:03:04Z stdout P code=\n2026-06-01T02:03:05Z stderr P other\n2026-06-01T02:03:06Z stdout P 70001\n"
	got, _, report := read(t, envelope.CRI, strings.NewReader(in))
	if want := "code=70001\nother\n"; got != want || report.Unfinished != 2 || report.Elements != 2 {
		t.Errorf("%q, %+v", got, report)
	}
}

// TestReadError holds that an error of the input comes after everything that could be read.
func TestReadError(t *testing.T) {
	failed := errors.New("cut off")
	for _, w := range wrappings {
		wrapped := w.wrap([]string{"a", "b"}, func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
		r := envelope.NewReader(w.format, io.MultiReader(strings.NewReader(wrapped), iotest.ErrReader(failed)))
		got, err := io.ReadAll(r)
		if string(got) != "a\nb\n" || !errors.Is(err, failed) {
			t.Errorf("%s: %q, %v", w.name, got, err)
		}
	}
}

// TestLongElements holds that elements which are too long to be held pass through raw, and those around them do not.
func TestLongElements(t *testing.T) {
	long := strings.Repeat("x code=70001 ", 500<<10)
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			messages := []string{"first", long, "last"}
			wrapped := w.wrap(messages, func(i int) time.Time { return time.Unix(1780279384+int64(i), 0).UTC() })
			got, carriers, report := read(t, w.format, strings.NewReader(wrapped))
			if !strings.HasPrefix(got, "first\n") || !strings.HasSuffix(got, "\nlast\n") || !strings.Contains(got, long) || report.Problem != "" {
				t.Errorf("%d bytes, %+v: %.200q … %q", len(got), report, got, got[len(got)-20:])
			}
			if last := carriers[len(carriers)-1]; last.Off != int64(len(got)-len("last\n")) || last.Time.Unix() != 1780279386 {
				t.Errorf("the carrier of the last is %v", last)
			}
		})
	}
}
