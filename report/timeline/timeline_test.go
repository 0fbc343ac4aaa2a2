package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

var epoch = time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)

// A step is one record of a log: "second pid what user", with - for what a record does not say. What is a code or an
// event.
func steps(source string, list ...string) (out []any) {
	for i, s := range list {
		var at, pid, what, user string
		if n, err := fmt.Sscan(s, &at, &pid, &what, &user); n != 4 {
			panic(err)
		}
		place := tally.Place{Source: source, Offset: int64(i * 100), Line: int64(i + 1), Column: 1}
		if at != "-" {
			d, err := time.ParseDuration(at + "s")
			if err != nil {
				panic(err)
			}
			place.Time = epoch.Add(d)
		}
		var fields tally.Fields
		if pid != "-" {
			fields = append(fields, tally.Field{Key: tally.KeyPID, Value: pid})
		}
		if user != "-" {
			fields = append(fields, tally.Field{Key: tally.KeyUser, Value: user})
		}
		code := 0
		if n, _ := fmt.Sscan(what, &code); n == 0 {
			out = append(out, &tally.Mark{Place: place, Event: what, Fields: fields, Text: s})
			continue
		}
		f := &tally.Finding{Place: place, Code: code, Family: catalog.SDK, Fields: fields, Text: s}
		if f.Entry, _ = catalog.Builtin().Resolve(code, catalog.SDK, catalog.Server); f.Entry != nil {
			f.Family = f.Entry.Family
		}
		out = append(out, f)
	}
	return out
}

// collect makes the timeline of what logs hold, one after the other.
func collect(o timeline.Options, logs ...[]any) (*timeline.Collector, *timeline.Timeline) {
	c := timeline.New(o)
	for _, log := range logs {
		for _, x := range log {
			switch x := x.(type) {
			case *tally.Finding:
				f := *x
				c.Finding(&f, true)
			case *tally.Mark:
				m := *x
				c.Mark(&m, true)
			}
		}
	}
	t := c.Timeline()
	return c, t
}

// lines writes rows as "session second what ×count user ↳follows".
func lines(t *timeline.Timeline) (out []string) {
	for i := range t.Rows {
		r := &t.Rows[i]
		s := fmt.Sprint(r.Session, " ")
		if r.Time.IsZero() {
			s += "-"
		} else {
			s += fmt.Sprint(r.Time.Sub(epoch).Seconds())
		}
		s += " " + r.Event
		if r.Event == "" {
			s += fmt.Sprint(r.Code)
		}
		if r.Count > 1 {
			s += fmt.Sprint(" ×", r.Count)
		}
		switch {
		case r.User != "":
			s += " " + r.User
		case r.Users > 0:
			s += fmt.Sprint(" ", r.Users, " users")
		}
		if r.Follows >= 0 {
			s += fmt.Sprint(" ↳", r.Follows)
		}
		out = append(out, s)
	}
	return out
}

func TestRows(t *testing.T) {
	for _, tc := range []struct {
		name string
		logs [][]any
		want []string
	}{
		{"a run", [][]any{steps("a", "1 7 6014 -", "2 7 6014 -", "50 7 6014 -")}, []string{"0 1 6014 ×3"}},
		{"a pause ends it", [][]any{steps("a", "1 7 6014 -", "61 7 6014 -", "122 7 6014 -")}, []string{"0 1 6014 ×2", "0 122 6014"}},
		{"two codes in turn", [][]any{steps("a", "1 7 6014 -", "2 7 9508 -", "3 7 6014 -", "4 7 9508 -")}, []string{"0 1 6014 ×2", "0 2 9508 ×2"}},
		{"a login ends it", [][]any{steps("a", "1 7 6014 -", "2 7 login_ok a", "3 7 6014 -")}, []string{"0 1 6014", "0 2 login_ok a", "0 3 6014"}},
		{"an event alone is a run too", [][]any{steps("a", "1 7 connected -", "2 7 connected -")}, []string{"0 1 connected ×2"}},
		{"each process for itself", [][]any{steps("a", "1 7 6014 -", "2 8 6014 -", "3 7 6014 -")}, []string{"0 1 6014 ×2", "1 2 6014"}},
		{"users of a server", [][]any{steps("a", "1 - 60007 a", "2 - 60007 b", "3 - 60007 a")}, []string{"0 1 60007 ×3 2 users"}},
		{"inputs are mixed by time", [][]any{steps("a", "2 - 6014 -", "4 - 9508 -"), steps("b", "1 - 6014 -", "3 - 9508 -")}, []string{"0 1 6014", "1 2 6014", "0 3 9508", "1 4 9508"}},
		{"without a time", [][]any{
			steps("b", "- - 6014 -", "3 - 9508 -", "- - 10007 -", "5 - 7013 -"), steps("a", "- - 6017 -", "- - 6017 -"), steps("c", "4 - 6206 -"),
		}, []string{"0 - 6014", "0 3 9508", "0 - 10007", "1 4 6206", "0 5 7013", "2 - 6017 ×2"}},
		{"a clock that goes back", [][]any{steps("a", "5 7 6014 -", "3 7 6014 -")}, []string{"0 3 6014", "0 5 6014"}},
		{"a banner", [][]any{steps("a", "1 7 9508 -", "2 7 session -", "3 7 9508 -")}, []string{"0 1 9508", "1 2 session", "1 3 9508"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, got := collect(timeline.Options{}, tc.logs...)
			if diff := cmp.Diff(tc.want, lines(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			slices.Reverse(tc.logs)
			_, again := collect(timeline.Options{}, tc.logs...)
			if diff := cmp.Diff(got, again, cmpopts.IgnoreUnexported(catalog.Entry{})); diff != "" {
				t.Errorf("inputs in another order (-one +other):\n%s", diff)
			}
		})
	}
}

func TestUsers(t *testing.T) {
	for _, tc := range []struct {
		name string
		log  string
		want []string
	}{
		{"named", "1 - 6014 a, 2 - 6014 b, 3 - 60007 a", []string{"0 1 6014 a", "0 3 60007 a"}},
		{"logged in", "1 7 session -, 2 7 login_ok a, 3 7 9508 -, 4 7 10007 b", []string{"0 1 session", "0 2 login_ok a", "0 3 9508", "0 4 10007 b"}},
		{"up to the next login, which is shown", "1 7 login_ok a, 2 7 9508 -, 3 7 login_ok b, 4 7 10007 -", []string{"0 1 login_ok a", "0 2 9508", "0 3 login_ok b"}},
		{"another process", "1 7 login_ok a, 2 8 login_ok b, 3 8 9508 -, 4 7 9508 -", []string{"0 1 login_ok a", "0 4 9508"}},
		{"above the first login", "1 7 6014 -, 2 7 login_ok a", []string{"0 1 6014", "0 2 login_ok a"}},
		{"above the login of another", "1 7 6014 -, 2 7 login_ok b, 3 7 login_ok a", []string{"0 3 login_ok a"}},
		{"nobody could log in", "1 7 session -, 2 7 9508 -, 3 7 70009 a, 4 7 6014 -", []string{"0 1 session", "0 2 9508", "0 3 70009 a", "0 4 6014 ↳2"}},
		{"nor could others", "1 7 session -, 2 7 9508 -, 3 7 70009 a, 4 7 6014 -, 5 7 70009 b", []string{"0 3 70009 a"}},
		{"started again", "1 7 session -, 2 7 login_ok a, 3 7 session -, 4 7 9508 -", []string{"0 1 session", "0 2 login_ok a"}},
		{"an input of nobody else", "1 - 9508 -, 2 - 6014 a, 3 - 2024 -", []string{"0 1 9508", "0 2 6014 a", "0 3 2024"}},
		{"an input of others too", "1 - 9508 -, 2 - 6014 a, 3 - 2024 -, 4 - ok b", []string{"0 2 6014 a"}},
		{"a run of which only some are named", "1 7 70009 -, 2 7 70009 a, 3 7 70009 -", []string{"0 1 70009 ×3 a"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, got := collect(timeline.Options{Users: []string{"a"}}, steps("x", strings.Split(tc.log, ", ")...))
			if diff := cmp.Diff(tc.want, lines(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if missing := c.Missing(); len(missing) > 0 {
				t.Errorf("missing: %q", missing)
			}
			records := int64(0)
			for _, r := range got.Rows {
				records += r.Count
			}
			if got.Records != records || got.LeftRows != 0 || got.LeftRecords != 0 {
				t.Errorf("%d records, %d rows of %d left out; the rows hold %d", got.Records, got.LeftRows, got.LeftRecords, records)
			}
		})
	}
}

// TestBounds: the first and the last rows stay, in whatever order inputs come, and what is left out is counted.
func TestBounds(t *testing.T) {
	var logs [][]any
	for i := range 5 {
		var list []string
		for j := range 20 {
			list = append(list, fmt.Sprintf("%d - %d -", i+10*j, 6014+j%2)) // no two of an input in a row
		}
		logs = append(logs, steps(fmt.Sprint("in", i), list...))
	}
	_, all := collect(timeline.Options{Rows: 1000}, logs...)
	want := lines(all)
	if len(want) == 0 || all.Gap != -1 {
		t.Fatalf("%d rows, gap at %d", len(want), all.Gap)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		r.Shuffle(len(logs), func(i, j int) { logs[i], logs[j] = logs[j], logs[i] })
		_, got := collect(timeline.Options{Rows: 7}, logs...)
		if len(got.Rows) != 7 || got.Gap != 4 || got.LeftRows != int64(len(want)-7) {
			t.Fatalf("%d rows, gap at %d, %d left out of %d", len(got.Rows), got.Gap, got.LeftRows, len(want))
		}
		held := int64(0)
		for i, x := range got.Rows {
			held += x.Count
			from := &all.Rows[i]
			if i >= got.Gap {
				from = &all.Rows[len(all.Rows)-7+i]
			}
			if x.Place != from.Place || x.Count != from.Count {
				t.Errorf("row %d is %+v, want %+v", i, x.Place, from.Place)
			}
		}
		if held+got.LeftRecords != all.Records {
			t.Errorf("%d records are held and %d left out of %d", held, got.LeftRecords, all.Records)
		}
	}
}
