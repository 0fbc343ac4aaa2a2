package envelope_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// export is an array whose elements have these seconds as their times and messages.
func export(seconds ...int) string {
	var b strings.Builder
	for i, s := range seconds {
		b.WriteString(",["[min(1, 1-min(i, 1)):][:1])
		fmt.Fprintf(&b, `{"time":%d,"message":"%d"}`, 1780279384+s, s)
	}
	return b.String() + "]"
}

// TestTurned holds which exports are turned round.
func TestTurned(t *testing.T) {
	for _, tc := range []struct {
		name string
		in   string
		want string
	}{
		{"newest first", export(3, 2, 1), "1 2 3"},
		{"equal times", export(3, 2, 2, 1), "1 2 2 3"},
		{"oldest first", export(1, 2, 3), "1 2 3"},
		{"mixed", export(3, 1, 2), "3 1 2"},
		{"too few", export(3, 2), "3 2"},
		{"all equal", export(2, 2, 2), "2 2 2"},
		{"one without a time", `[{"time":1780279387,"message":"3"},{"message":"x"},{"time":1780279386,"message":"2"},{"time":1780279385,"message":"1"}]`, "1 2 x 3"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, _, _ := read(t, envelope.Array, strings.NewReader(tc.in))
			if got := strings.Join(strings.Fields(got), " "); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// TestTurnedWhole holds that an export is turned round as a whole if it can be held, and else in windows, and says so.
func TestTurnedWhole(t *testing.T) {
	for _, tc := range []struct {
		elements, size int
		windows        bool
	}{{1000, 1000, false}, {30_000, 1000, true}} {
		var b strings.Builder
		b.WriteString("[")
		for i := range tc.elements {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, `{"time":%d,"message":"%d %s"}`, 1780279384-i, i, strings.Repeat("x", tc.size))
		}
		b.WriteString("]")
		got, carriers, report := read(t, envelope.Array, strings.NewReader(b.String()))
		if !report.Reversed || len(report.Notes) > 0 != tc.windows || report.Elements != int64(tc.elements) {
			t.Errorf("report %+v", report)
		}
		seen := map[string]bool{}
		back := 0
		var last time.Time
		for line := range strings.Lines(got) {
			seen[line] = true
		}
		for _, c := range carriers {
			if c.Time.Before(last) {
				back++
			}
			last = c.Time
		}
		if len(seen) != tc.elements || back > 0 != tc.windows || back > tc.elements*tc.size>>22 {
			t.Errorf("%d different lines of %d, and times go back %d times", len(seen), tc.elements, back)
		}
	}
}
