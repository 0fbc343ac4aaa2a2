package timeline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/report/timeline"
)

func TestFollows(t *testing.T) {
	for _, tc := range []struct {
		name, log string
		want      []string
		cause     int
	}{
		{"nothing is wrong", "1 7 login_ok a, 2 7 connected -", []string{"0 1 login_ok a", "0 2 connected"}, -1},
		{"in its session", "1 7 70009 -, 2 7 6014 -", []string{"0 1 70009", "0 2 6014 ↳0"}, 0},
		{"not in another one", "1 7 70009 -, 2 8 6014 -", []string{"0 1 70009", "1 2 6014"}, 0},
		{"but of the same user", "1 7 70009 a, 2 8 6014 a", []string{"0 1 70009 a", "1 2 6014 a ↳0"}, 0},
		{"not of others on a server", "1 - 70009 a, 2 - 6014 b, 3 - 6014 -", []string{"0 1 70009 a", "0 2 6014 ×2 b"}, 0},
		{"not above its cause", "1 7 6014 -, 2 7 70009 -", []string{"0 1 6014", "0 2 70009"}, 1},
		{"within five minutes", "1 7 70009 -, 301 7 6014 -", []string{"0 1 70009", "0 301 6014 ↳0"}, 0},
		{"not after them", "1 7 70009 -, 302 7 6014 -", []string{"0 1 70009", "0 302 6014"}, 0},
		{"counted from the end of the cause", "1 7 70009 -, 50 7 70009 -, 350 7 6014 -", []string{"0 1 70009 ×2", "0 350 6014 ↳0"}, 0},
		{"the nearest cause", "1 7 70009 -, 2 7 70001 -, 3 7 6014 -", []string{"0 1 70009", "0 2 70001", "0 3 6014 ↳1"}, 1},
		{"the worst first", "1 7 20009 -, 2 7 70009 -", []string{"0 1 20009", "0 2 70009"}, 1},
		{"the earliest of equals", "1 7 70009 -, 100 7 70009 -", []string{"0 1 70009", "0 100 70009"}, 0},
		{"a code before an event", "1 7 dns_failed -, 2 7 20009 -", []string{"0 1 dns_failed", "0 2 20009"}, 1},
		{"an event alone", "1 7 login_ok a, 2 7 dns_failed -", []string{"0 1 login_ok a", "0 2 dns_failed"}, 1},
		{"no time, no order", "- 7 70009 -, - 7 6014 -", []string{"0 - 70009", "0 - 6014"}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, got := collect(timeline.Options{}, steps("x", strings.Split(tc.log, ", ")...))
			if diff := cmp.Diff(tc.want, lines(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Cause != tc.cause {
				t.Errorf("first cause %d, want %d", got.Cause, tc.cause)
			}
			followers := make([]int, len(got.Rows))
			for _, r := range got.Rows {
				if r.Follows >= 0 {
					followers[r.Follows]++
				}
			}
			for i, r := range got.Rows {
				if r.Followers != followers[i] {
					t.Errorf("row %d has %d followers, want %d", i, r.Followers, followers[i])
				}
			}
		})
	}
}
