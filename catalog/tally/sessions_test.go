package tally_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/tally"
)

// banner is that of process pid, 0 for one that does not say it; one byte of the log is a second.
func banner(off int64, pid int, fields ...tally.Field) *tally.Mark {
	m := &tally.Mark{Event: tally.MarkSession, Text: "TIM: ======  SDK APP ID:  1400000123"}
	m.Source, m.Offset, m.Time = "app.log", off, epoch.Add(time.Duration(off-70)*time.Second)
	m.Fields = slices.Concat(fields, tally.Fields{{Key: tally.KeyAppID, Value: "1400000123"}, {Key: tally.KeyVersion, Value: "8.0.5903"}})
	if pid > 0 {
		m.Fields = append(m.Fields, tally.Field{Key: tally.KeyPID, Value: fmt.Sprint(pid)})
	}
	return m
}

func login(off int64, pid int, name string) *tally.Mark {
	m := banner(off, 0)
	m.Event, m.Text, m.Fields = tally.MarkLogin, line(pid), tally.Fields{user(name)}
	return m
}

// line is a record of process pid, 0 for one that does not say it.
func line(pid int) string {
	if pid == 0 {
		return "|error_code:6206"
	}
	return fmt.Sprintf("TIM: 2026-03-01 12:00:00.000 E %d--1056966976|-login.cpp:313 |error_code:6206", pid)
}

// record is a finding of process pid.
func record(off int64, pid int, fields ...tally.Field) *tally.Finding {
	f := finding("sdk", 6206, 0, fields...)
	f.Offset, f.Text = off, line(pid)
	return f
}

func TestSessions(t *testing.T) {
	type ops = []op
	mark := func(m *tally.Mark) op { return op{mark: m} }
	found := func(f *tally.Finding) op { return op{finding: f} }
	tests := []struct {
		name string
		ops  ops
		// want lists pid, user and last second of each session; fields lists user and version of each sample.
		want, fields []string
	}{
		{"none", ops{mark(login(5, 1, "a")), found(record(6, 1))}, nil, []string{" "}},
		{"nobody logs in", ops{mark(banner(1, 1)), found(record(6, 1))}, []string{"1  1"}, []string{" 8.0.5903"}},
		{"one user", ops{mark(banner(1, 1)), mark(login(5, 1, "a")), found(record(6, 1))}, []string{"1 a 5"}, []string{"a 8.0.5903"}},
		{"the record knows better", ops{mark(banner(1, 1)), mark(login(5, 1, "a")), found(record(6, 1, user("b")))}, []string{"1 a 5"}, []string{"b 8.0.5903"}},
		{"above the banner", ops{mark(banner(7, 1)), mark(login(8, 1, "a")), found(record(6, 1))}, []string{"1 a 8"}, []string{" "}},
		{"no process in the record", ops{mark(banner(1, 1)), mark(login(5, 1, "a")), found(record(6, 0))}, []string{"1 a 5"}, []string{" "}},
		{"a field names the process", ops{mark(banner(1, 1)), mark(login(5, 1, "a")), found(record(6, 0, tally.Field{Key: tally.KeyPID, Value: "1"}))}, []string{"1 a 5"}, []string{"a 8.0.5903"}},
		{"no process in the login", ops{mark(banner(1, 1)), mark(login(5, 0, "a")), found(record(6, 1))}, []string{"1  1"}, []string{" 8.0.5903"}},
		{"no process in the banner", ops{mark(banner(1, 0)), mark(login(5, 3, "a")), found(record(6, 1))}, []string{"0 a 5"}, []string{"a 8.0.5903"}},
		{"two processes", ops{
			mark(banner(1, 1)), mark(banner(2, 2)), mark(login(3, 2, "b")), mark(login(4, 1, "a")), found(record(5, 2)), found(record(6, 1)), found(record(7, 3)),
		}, []string{"1 a 4", "2 b 3"}, []string{"b 8.0.5903", "a 8.0.5903", " "}},
		{"started again", ops{
			mark(banner(1, 1)), mark(login(2, 1, "a")), found(record(3, 1)), mark(banner(4, 1)), found(record(5, 1)),
		}, []string{"1 a 2", "1  4"}, []string{"a 8.0.5903", " 8.0.5903"}},
		{"ended by one that does not say which", ops{
			mark(banner(1, 1)), mark(login(2, 1, "a")), mark(banner(4, 0)), mark(login(5, 1, "b")), found(record(6, 1)),
		}, []string{"1 a 2", "0 b 5"}, []string{"b 8.0.5903"}},
		{"another user logs in", ops{
			mark(banner(1, 1)), found(record(2, 1)), mark(login(3, 1, "a")), found(record(4, 1)), mark(login(5, 1, "b")), found(record(6, 1)),
		}, []string{"1 b 5"}, []string{" 8.0.5903", "a 8.0.5903", "b 8.0.5903"}},
		{"before the only user logs in", ops{mark(banner(1, 1)), found(record(2, 1)), mark(login(3, 1, "a"))}, []string{"1 a 3"}, []string{"a 8.0.5903"}},
		{"logins left out", ops{
			mark(banner(1, 1)), mark(login(2, 1, "a")), mark(login(3, 1, "b")), found(record(4, 1)), mark(login(5, 1, "c")),
			found(record(6, 1)), mark(login(7, 1, "d")), mark(login(8, 1, "e")), found(record(9, 1)),
		}, []string{"1 e 8"}, []string{"b 8.0.5903", " 8.0.5903", "e 8.0.5903"}},
		{"banners left out", ops{
			mark(banner(1, 1)), mark(banner(2, 2)), mark(banner(4, 1)), mark(login(5, 1, "a")), found(record(6, 1)), mark(banner(7, 3)), mark(banner(8, 4)),
		}, []string{"1  1", "2  2", "3  7", "4  8"}, []string{" "}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			x := tally.New(tally.Options{Samples: 9}.Within(small))
			slices.Reverse(tc.ops)
			if err := apply(x, tc.ops); err != nil {
				t.Fatal(err)
			}
			s := x.Summary()
			var got, fields []string
			for _, one := range s.Inputs[0].Sessions {
				got = append(got, fmt.Sprintf("%d %s %d", one.PID, one.User, 70+int(one.Last.Sub(epoch).Seconds())))
			}
			for _, c := range s.Codes {
				for _, sample := range c.Samples {
					fields = append(fields, sample.Fields.Get(tally.KeyUser)+" "+sample.Fields.Get(tally.KeyVersion))
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("sessions: %s", diff)
			}
			if diff := cmp.Diff(tc.fields, fields); diff != "" {
				t.Errorf("samples: %s", diff)
			}
			if s.Totals.Users > 1 || slices.ContainsFunc(s.Marks, func(m tally.MarkCount) bool { return m.Event == tally.MarkSession }) {
				t.Errorf("joined users or banners are counted: %+v %+v", s.Totals, s.Marks)
			}
		})
	}
}

// TestSampleLengthensSession: what is seen last of a session may be a sample.
func TestSampleLengthensSession(t *testing.T) {
	x := tally.New(tally.Options{})
	x.Mark(banner(70, 1, tally.Field{Key: tally.KeyPlatform, Value: "iOS"}, tally.Field{Key: tally.KeyDevice, Value: "d"}))
	late := record(90, 1)
	late.Time = epoch.Add(time.Hour)
	x.Finding(late)
	want := []tally.Session{{
		PID: 1, AppID: "1400000123", Version: "8.0.5903", Platform: "iOS", Device: "d", Offset: 70, Started: epoch, Last: late.Time,
	}}
	got := x.Summary()
	if diff := cmp.Diff(want, got.Inputs[0].Sessions); diff != "" {
		t.Error(diff)
	}
	for key, want := range map[string]string{tally.KeyPlatform: "iOS", tally.KeyDevice: "d", tally.KeyAppID: "1400000123"} {
		if value := got.Codes[0].Samples[0].Fields.Get(key); value != want {
			t.Errorf("%s of the sample is %q, want %q", key, value, want)
		}
	}
}

// TestSessionsAreBounded: what is left out is said, and what is kept does not claim to know it.
func TestSessionsAreBounded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, some := tally.New(tally.Options{Samples: 64}), tally.New(tally.Options{Samples: 64}.Within(small))
		banners := 0
		for off := range rapid.Int64Range(0, 40).Draw(rt, "length") {
			pid := rapid.IntRange(0, 2).Draw(rt, "pid")
			one := op{finding: record(off, pid)}
			switch rapid.IntRange(0, 2).Draw(rt, "kind") {
			case 0:
				one, banners = op{mark: banner(off, pid)}, banners+1
			case 1:
				one = op{mark: login(off, pid, rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "user"))}
			}
			for _, x := range []*tally.Tally{all, some} {
				if err := apply(x, []op{one}); err != nil {
					t.Fatal(err)
				}
			}
		}
		want, got := all.Summary(), some.Summary()
		for i, in := range got.Inputs {
			if said := slices.Contains(in.Notes, fmt.Sprintf("%d sessions of the SDK between the first and the last ones are left out", banners-small.Sessions)); said != (banners > small.Sessions) {
				rt.Errorf("%d banners with the notes %q", banners, in.Notes)
			}
			for _, one := range in.Sessions {
				j := slices.IndexFunc(want.Inputs[i].Sessions, func(o tally.Session) bool { return o.Offset == one.Offset })
				if j < 0 {
					rt.Fatalf("no session at %d", one.Offset)
				}
				full := want.Inputs[i].Sessions[j]
				if one.User != "" && one.User != full.User {
					rt.Errorf("user %s at %d, want %s", one.User, one.Offset, full.User)
				}
				if diff := cmp.Diff(full, one, cmpopts.IgnoreFields(tally.Session{}, "User", "Last")); diff != "" {
					rt.Error(diff)
				}
			}
		}
		for i, c := range got.Codes {
			for j, sample := range c.Samples {
				for _, f := range sample.Fields {
					if full := want.Codes[i].Samples[j].Fields.Get(f.Key); f.Value != full {
						rt.Errorf("%s of the record at %d is %q, want %q", f.Key, sample.Offset, f.Value, full)
					}
				}
			}
		}
	})
}
