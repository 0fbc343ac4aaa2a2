package tally_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestRunningAgrees: told line by line, sessions are those of a summary, and records fall into the same ones.
func TestRunningAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := tally.New(tally.Options{Samples: 64})
		var running tally.Running
		var sessions []*tally.Session
		ended := map[*tally.Session]bool{}
		versions := map[int64]string{} // of the session of each record, by offset
		for off := range int64(rapid.IntRange(0, 30).Draw(t, "records")) {
			pid := rapid.IntRange(0, 3).Draw(t, "pid")
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				m := banner(off, pid)
				m.Fields[1].Value = fmt.Sprint("8.", off)
				whole.Mark(m)
				s, over := running.Mark(m)
				sessions = append(sessions, s)
				for _, o := range over {
					ended[o] = true
				}
			case 1:
				m := login(off, pid, rapid.SampledFrom([]string{"a", "b"}).Draw(t, "user"))
				whole.Mark(m)
				running.Mark(m)
			default:
				whole.Finding(record(off, pid))
				versions[off] = ""
				if s := running.Of(int64(pid)); s != nil {
					versions[off] = s.Version
					if ended[s] {
						t.Fatalf("%d falls into a session that was over: %+v", off, s)
					}
				}
			}
		}
		sum := whole.Summary()
		if len(sum.Inputs) > 0 {
			var got []tally.Session
			for _, s := range sessions {
				got = append(got, *s)
			}
			ignore := cmpopts.IgnoreFields(tally.Session{}, "Last")
			if diff := cmp.Diff(sum.Inputs[0].Sessions, got, ignore, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("sessions (-whole +running): %s", diff)
			}
		}
		for _, c := range sum.Codes {
			for _, x := range c.Samples {
				if want := x.Fields.Get(tally.KeyVersion); versions[x.Offset] != want {
					t.Fatalf("record %d is of session %q, want %q", x.Offset, versions[x.Offset], want)
				}
			}
		}
	})
}

// TestRunningBounds: processes that never end take no more room than there is.
func TestRunningBounds(t *testing.T) {
	var running tally.Running
	over := 0
	for i := range 5000 {
		_, ended := running.Mark(banner(int64(i), i+1))
		over += len(ended)
	}
	if over != 5000-1024 || running.Of(1) != nil || running.Of(5000) == nil {
		t.Errorf("%d sessions ended, the first one is %+v", over, running.Of(1))
	}
}
