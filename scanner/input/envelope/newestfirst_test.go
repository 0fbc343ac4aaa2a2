package envelope_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// TestNewestFirst turns a text round record by record, and leaves others as they are.
func TestNewestFirst(t *testing.T) {
	record := func(i int) string {
		at := time.Date(2026, 6, 1, 2, 0, i, 0, time.UTC)
		return fmt.Sprintf("%s ERROR number %d\n\tat a.B(C:%d)\n", at.Format("2006-01-02 15:04:05,000"), i, i)
	}
	var down, up strings.Builder
	for i := range 50 {
		up.WriteString(record(i))
		down.WriteString(record(49 - i))
	}
	for _, tc := range []struct {
		name, in, want string
		format         envelope.Format
	}{
		{"newest first", down.String(), up.String(), envelope.NewestFirst},
		{"without its last break", strings.TrimSuffix(down.String(), "\n"), up.String(), envelope.NewestFirst},
		{"oldest first", up.String(), up.String(), envelope.None},
		{"one step back", record(5) + up.String(), record(5) + up.String(), envelope.None},
		{"few lines", record(3) + record(2) + record(1), record(3) + record(2) + record(1), envelope.None},
		{"one time", strings.Repeat(record(1), 30), strings.Repeat(record(1), 30), envelope.None},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, got, report := unwrap(t, tc.in)
			text := ""
			for _, s := range got {
				text += s.text
				if s.time != "" || s.host != "" {
					t.Errorf("%q is told beside the text", s)
				}
			}
			if f == envelope.None {
				text = tc.in
			}
			if d := cmp.Diff(tc.want, text); f != tc.format || d != "" || report.Reversed != (f == envelope.NewestFirst) {
				t.Errorf("format %q, report %+v (-want +got):\n%s", f, report, d)
			}
		})
	}
}
