package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

func redactor(t testing.TB) *redact.Redactor {
	t.Helper()
	r, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRedacted: raw ids go in, none comes out, but from Seen; a pseudonym asks for whom it stands.
func TestRedacted(t *testing.T) {
	r := redactor(t)
	log := steps("x", "1 7 session u_alpha", "2 7 login_ok u_alpha", "3 7 9508 u_alpha", "4 8 9508 u_beta")
	log[0].(*tally.Mark).Fields = append(log[0].(*tally.Mark).Fields, tally.Field{Key: tally.KeyDevice, Value: "B7D28FF9-E983"})
	for _, ask := range []string{"u_alpha", r.User("u_alpha")} {
		c, got := collect(timeline.Options{Users: []string{ask}, Redactor: r}, log)
		if said := fmt.Sprintf("%+v", *got); len(got.Rows) != 3 || strings.Contains(said, "u_alpha") || strings.Contains(said, "B7D28") {
			t.Errorf("%s: %s", ask, said)
		}
		if s := got.Sessions[0]; s.User != r.User("u_alpha") || !strings.HasPrefix(s.Device, "device-") || !s.Banner || s.PID != 7 {
			t.Errorf("session %+v", s)
		}
		if len(c.Missing()) > 0 {
			t.Errorf("%s is missing", ask)
		}
	}
}

func TestSeen(t *testing.T) {
	log := steps("x", "1 - 6014 b", "2 - ok c", "3 - ok c", "4 - 6014 a", "5 - ok d", "6 - 6014 -")
	c, got := collect(timeline.Options{Users: []string{"c", "nobody", "user-00000000"}}, log)
	seen, more := c.Seen()
	if diff := cmp.Diff([]timeline.User{{"c", 2}, {"a", 1}, {"b", 1}, {"d", 1}}, seen); diff != "" || more {
		t.Errorf("more %v, (-want +got):\n%s", more, diff)
	}
	if missing := c.Missing(); !slices.Equal(missing, []string{"nobody", "user-00000000"}) {
		t.Errorf("missing %q", missing)
	}
	if len(got.Rows) > 0 || got.OK != 2 || got.Cause != -1 {
		t.Errorf("%d rows, %d with code 0", len(got.Rows), got.OK)
	}
}

func TestSeenIsBounded(t *testing.T) {
	c := timeline.New(timeline.Options{Users: []string{"x"}})
	for i := range 20_000 {
		c.Finding(&tally.Finding{Code: 6014, Fields: tally.Fields{{Key: tally.KeyUser, Value: fmt.Sprint("u", i)}}}, true)
	}
	if seen, more := c.Seen(); len(seen) != 1<<14 || !more {
		t.Errorf("%d users, more %v", len(seen), more)
	}
}

// TestNotShown: what a filter leaves out still tells who is logged in.
func TestNotShown(t *testing.T) {
	c := timeline.New(timeline.Options{Users: []string{"a"}})
	for i, x := range steps("x", "1 7 login_ok a", "2 7 9508 -", "3 8 9508 b") {
		switch x := x.(type) {
		case *tally.Mark:
			c.Mark(x, false)
		case *tally.Finding:
			c.Finding(x, i == 1)
		}
	}
	got := c.Timeline()
	if diff := cmp.Diff([]string{"0 2 9508"}, lines(got)); diff != "" || got.Filtered != 1 || got.Sessions[0].User != "a" {
		t.Errorf("%d filtered, session %+v, (-want +got):\n%s", got.Filtered, got.Sessions, diff)
	}
}

// TestKeepsNothing: strings of what was delivered change behind its back.
func TestKeepsNothing(t *testing.T) {
	want, _ := collect(timeline.Options{Users: []string{"alice"}}, steps("x", "1 7 session -", "2 7 login_ok alice", "3 7 x_made_up -", "4 7 9508 bob"))
	c := timeline.New(timeline.Options{Users: []string{"alice"}})
	for _, x := range steps("x", "1 7 session -", "2 7 login_ok alice", "3 7 x_made_up -", "4 7 9508 bob") {
		var lent [][]byte
		lend := func(s string) string {
			if s == "" {
				return ""
			}
			b := []byte(s)
			lent = append(lent, b)
			return unsafe.String(&b[0], len(b))
		}
		switch x := x.(type) {
		case *tally.Mark:
			x.Source, x.Event, x.Text, x.Fields = lend(x.Source), lend(x.Event), lend(x.Text), lendFields(x.Fields, lend)
			c.Mark(x, true)
		case *tally.Finding:
			x.Source, x.Text, x.Fields = lend(x.Source), lend(x.Text), lendFields(x.Fields, lend)
			c.Finding(x, true)
		}
		for _, b := range lent {
			copy(b, strings.Repeat("#", len(b)))
		}
	}
	got := c.Timeline()
	if said := fmt.Sprintf("%+v", *got); strings.Contains(said, "#") || len(got.Rows) != 4 {
		t.Errorf("%s", said)
	}
	seen, _ := c.Seen()
	wantSeen, _ := want.Seen()
	if diff := cmp.Diff(wantSeen, seen); diff != "" || len(c.Missing()) > 0 {
		t.Errorf("missing %q, (-want +got):\n%s", c.Missing(), diff)
	}
}

func lendFields(f tally.Fields, lend func(string) string) tally.Fields {
	out := slices.Clone(f)
	for i := range out {
		out[i].Key, out[i].Value = lend(out[i].Key), lend(out[i].Value)
	}
	return out
}

// FuzzTimeline holds what every timeline keeps to, of any records.
func FuzzTimeline(f *testing.F) {
	f.Add([]byte("\x01\x12\x23\x34\x45\x56\x67\x78\x89\x9a\xab\xbc\xcd\xde\xef"), byte(0))
	f.Add([]byte("\x00\x00\x03\x30\x11\x13\x52\x07\x70\x91\xff\x10\x20\x30\x40\x50\x60"), byte(1))
	f.Fuzz(func(t *testing.T, data []byte, o byte) {
		if len(data) > 400 {
			return
		}
		whats := []string{"6014", "70009", "9508", "1", "login_ok", "session", "ok", "dns_failed"}
		logs, total := map[string][]string{}, int64(0)
		for i := 0; i+1 < len(data); i += 2 {
			a, b := data[i], data[i+1]
			at := fmt.Sprint(i * int(a&7))
			if a&8 > 0 {
				at = "-"
			}
			source := fmt.Sprint("in", a>>4&1)
			logs[source] = append(logs[source], fmt.Sprintf("%s %s %s %s", at, []string{"-", "7", "8", "0"}[b&3], whats[b>>2&7], []string{"-", "a", "b", "c"}[a>>6]))
			if whats[b>>2&7] != "ok" {
				total++
			}
		}
		options := timeline.Options{Rows: int(o >> 1)}
		if o&1 > 0 {
			options.Users = []string{"a", "b"}
		}
		_, got := collect(options, steps("in0", logs["in0"]...), steps("in1", logs["in1"]...))
		held := got.LeftRecords
		for i := range got.Rows {
			r := &got.Rows[i]
			held += r.Count
			if r.Count < 1 || r.Last.Before(r.Time) || r.Session >= len(got.Sessions) || r.Follows >= i || r.Users > int(r.Count) {
				t.Errorf("row %d of %+v", i, *r)
			}
			if r.Follows >= 0 && got.Rows[r.Follows].Time.After(r.Time) {
				t.Errorf("row %d follows from a later one", i)
			}
		}
		if held != got.Records || got.Records > total || len(options.Users) == 0 && got.Records != total {
			t.Errorf("%d records of %d, the rows hold %d", got.Records, total, held)
		}
		if got.Gap >= len(got.Rows) || got.Gap >= 0 && got.LeftRows == 0 || got.LeftRows < 0 || got.Cause >= len(got.Rows) {
			t.Errorf("gap at %d of %d rows, %d left out, cause %d", got.Gap, len(got.Rows), got.LeftRows, got.Cause)
		}
	})
}
