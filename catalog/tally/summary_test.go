package tally_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

func finding(family catalog.Family, number int, at time.Duration, fields ...tally.Field) *tally.Finding {
	f := &tally.Finding{Family: family, Code: number, Fields: fields, Text: "text", Extractor: "imsdk", Level: "E"}
	f.Source, f.Offset, f.Line, f.Column = "app.log", int64(at/time.Second), 3, 7
	if at > 0 {
		f.Time = epoch.Add(at)
	}
	return f
}

func user(id string) tally.Field { return tally.Field{Key: tally.KeyUser, Value: id} }
func host(h string) tally.Field  { return tally.Field{Key: tally.KeyHost, Value: h} }

func TestSummary(t *testing.T) {
	x := tally.New(tally.Options{Samples: 1})
	for _, f := range []*tally.Finding{
		finding("sdk", 6206, 2*time.Second, host("h2"), user("alice")),
		finding("sdk", 6206, time.Second, host("h1"), user("bob")),
		finding("sdk", 6206, 61*time.Second, host("h1"), user("alice")),
		finding("server", 120007, 3*time.Second, user("carol")),
		finding("web", 990001, 0, user("alice")),
	} {
		x.Finding(f)
	}
	x.Finding(&tally.Finding{Family: "sdk", Code: 6206, Alternatives: []catalog.Family{"web", "push"}, Text: "no time", Place: tally.Place{Source: "b.log"}})
	for _, m := range []tally.Mark{
		{Event: tally.MarkOK},
		{Event: tally.MarkOK},
		{Event: tally.MarkKicked, Place: tally.Place{Time: epoch}},
		{Event: tally.MarkKicked},
	} {
		x.Mark(&m)
	}
	if err := x.Piece(tally.Piece{Source: "app.log", Kind: "gzip", End: 1000, Lines: 20, Complete: true, Notes: []string{"n2", "n1"}}); err != nil {
		t.Fatal(err)
	}
	sdk, custom := catalog.Builtin().Lookup("sdk", 6206), catalog.Builtin().Lookup("server", 120007)
	sample := func(f *tally.Finding) []tally.Sample {
		return []tally.Sample{{
			Source: f.Source, Line: f.Line, Column: f.Column, Offset: f.Offset, Time: f.Time,
			Level: f.Level, Text: f.Text, Extractor: f.Extractor, Fields: f.Fields,
		}}
	}
	at := func(s int) time.Time { return epoch.Add(time.Duration(s) * time.Second) }
	histogram := func(seconds ...int) tally.Histogram {
		h := tally.Histogram{Step: time.Second}
		for _, s := range seconds {
			h.Buckets = append(h.Buckets, tally.Bucket{T: at(s), N: 1})
		}
		return h
	}
	withNoTime := func(h tally.Histogram) tally.Histogram { h.NoTime = 1; return h }
	want := &tally.Summary{
		Inputs: []tally.Input{
			{Name: "app.log", Kind: "gzip", Bytes: 1000, Lines: 20, Findings: 5, Complete: true, Notes: []string{"n1", "n2"}},
			{Name: "b.log", Findings: 1, Problem: "no part of it was read to its end"},
		},
		Totals:     tally.Totals{Inputs: 2, Bytes: 1000, Lines: 20, Findings: 6, OK: 2, Marks: 2, Codes: 3, Unknown: 1, Users: 3},
		Classes:    []tally.ClassCount{{Class: catalog.Fatal}, {Class: catalog.Error, Findings: 1, Codes: 1}, {Class: catalog.Warning}, {Class: catalog.Info}},
		Categories: []tally.CategoryCount{{Category: sdk.Category(), Findings: 4, Codes: 1}, {Category: custom.Category(), Findings: 1, Codes: 1}, {Category: "web/unknown", Findings: 1, Codes: 1}},
		Topics:     []tally.TopicCount{{Topic: sdk.Topic, Findings: 4, Codes: 1}, {Topic: custom.Topic, Findings: 1, Codes: 1}},
		Marks:      []tally.MarkCount{{Event: tally.MarkKicked, Count: 2, First: epoch, Last: epoch}},
		Codes: []tally.Code{
			{
				Code: 6206, Family: "sdk", Entry: sdk, Category: sdk.Category(), Topic: sdk.Topic, Class: sdk.Class, Count: 4, First: at(1), Last: at(61), Users: 2,
				Histogram: withNoTime(histogram(1, 2, 61)), Hosts: []tally.NameCount{{Name: "h1", Count: 2}, {Name: "h2", Count: 1}},
				Samples:      []tally.Sample{{Source: "b.log", Text: "no time"}},
				Alternatives: []catalog.Family{"push", "web"},
			},
			{
				Code: 120007, Family: "server", Entry: custom, Category: custom.Category(), Topic: custom.Topic, Class: custom.Class, Count: 1, First: at(3), Last: at(3), Users: 1,
				Histogram: histogram(3), Samples: sample(finding("server", 120007, 3*time.Second, user("carol"))),
			},
		},
		Unknown: []tally.Code{{
			Code: 990001, Family: "web", Category: "web/unknown", Class: catalog.Error, Count: 1, Users: 1,
			Histogram: tally.Histogram{Step: time.Second, NoTime: 1}, Samples: sample(finding("web", 990001, 0, user("alice"))),
		}},
	}
	for i, c := range want.Classes {
		for _, e := range []*catalog.Entry{sdk, custom} {
			if e.Class == c.Class {
				want.Classes[i].Codes++
				want.Classes[i].Findings += map[*catalog.Entry]int64{sdk: 4, custom: 1}[e]
			}
		}
	}
	got := x.Summary()
	if diff := cmp.Diff(want, got, summaries); diff != "" {
		t.Error(diff)
	}
	for _, tc := range []struct {
		keys []tally.Key
		want int
	}{
		{nil, 0},
		{[]tally.Key{{Family: "sdk", Code: 6206}}, 2},
		{[]tally.Key{{Family: "sdk", Code: 6206}, {Family: "web", Code: 990001}}, 2},
		{[]tally.Key{{Family: "sdk", Code: 6206}, {Family: "server", Code: 120007}, {Family: "app", Code: 1}}, 3},
	} {
		if n, approx := got.UsersOf(tc.keys...); n != tc.want || approx {
			t.Errorf("users of %v: %d, approximate %v, want %d", tc.keys, n, approx, tc.want)
		}
	}
}

// TestUsersBeyondTheLimit uses the real bounds: 1,024 users are exact, 1,025 an estimate.
func TestUsersBeyondTheLimit(t *testing.T) {
	for _, n := range []int{1024, 1025, 50000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			x := tally.New(tally.Options{})
			for i := range 2 * n {
				x.Finding(finding("sdk", 6206, time.Second, user(fmt.Sprint("u", i%n))))
			}
			s := x.Summary()
			approx := n > 1024
			if c := s.Codes[0]; c.UsersApprox != approx || math.Abs(float64(c.Users-n)) > 0.03*float64(n) || (!approx && c.Users != n) {
				t.Errorf("%d users, approximate %v, want %d", c.Users, c.UsersApprox, n)
			}
			if s.Totals.Users != s.Codes[0].Users || s.Totals.UsersApprox != approx {
				t.Errorf("totals have %d users, approximate %v", s.Totals.Users, s.Totals.UsersApprox)
			}
		})
	}
}

// TestUsersNeverExceedFindings counts users who each have one finding: half of the estimates of
// such a number are above it.
func TestUsersNeverExceedFindings(t *testing.T) {
	x := tally.New(tally.Options{Samples: -1})
	both := []tally.Key{{Family: "sdk", Code: 6206}, {Family: "server", Code: 70001}, {Family: "sdk", Code: 6206}}
	bounded := 0
	for i := range 2400 {
		x.Finding(finding("sdk", 6206, time.Second, user(fmt.Sprint("a", i))))
		x.Finding(finding("server", 70001, time.Second, user(fmt.Sprint("b", i))))
		if i < 1024 || i%16 > 0 {
			continue
		}
		s := x.Summary()
		for _, c := range s.Codes {
			if int64(c.Users) > c.Count || !c.UsersApprox {
				t.Errorf("%d users, approximate %v, in %d findings", c.Users, c.UsersApprox, c.Count)
			}
			if n, _ := s.UsersOf(tally.Key{Family: c.Family, Code: c.Code}); n != c.Users {
				t.Errorf("UsersOf has %d users, the code %d", n, c.Users)
			}
			if int64(c.Users) == c.Count {
				bounded++
			}
		}
		if n, approx := s.UsersOf(both...); int64(n) > s.Totals.Findings || n != s.Totals.Users || !approx {
			t.Errorf("both codes have %d users, totals %d, in %d findings", n, s.Totals.Users, s.Totals.Findings)
		}
	}
	if bounded < 10 {
		t.Errorf("the bound held %d times: the test shows nothing", bounded)
	}
}

// TestStamps: what a tally keeps in place of 1970 is nobody's business.
func TestStamps(t *testing.T) {
	epoch := time.Unix(0, 0).UTC()
	last := time.Date(2261, 12, 31, 23, 59, 59, 999999999, time.UTC)
	for _, tc := range []struct {
		name     string
		at, want time.Time
	}{
		{"none", time.Time{}, time.Time{}},
		{"1970", epoch, epoch},
		{"1970 elsewhere", epoch.In(time.FixedZone("", 8*3600)), epoch},
		{"before 1970", epoch.Add(-time.Hour), epoch},
		{"a microsecond later", epoch.Add(time.Microsecond), epoch.Add(time.Microsecond)},
		{"after 2261", last.AddDate(50, 0, 0), last},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := tally.New(tally.Options{})
			f := finding("sdk", 6206, 0)
			f.Time = tc.at
			x.Finding(f)
			x.Mark(&tally.Mark{Event: tally.MarkKicked, Place: f.Place})
			for _, s := range []*tally.Summary{x.Summary(), decode(t, encode(t, x), tally.Options{}).Summary()} {
				c, m := s.Codes[0], s.Marks[0]
				got := []time.Time{c.First, c.Last, c.Samples[0].Time, m.First, m.Last}
				if diff := cmp.Diff([]time.Time{tc.want, tc.want, tc.want, tc.want, tc.want}, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestFindingIsCopied overwrites the buffer that a finding's strings would lie in.
func TestFindingIsCopied(t *testing.T) {
	x, y := tally.New(tally.Options{}), tally.New(tally.Options{})
	for i := range 8 {
		buf := strings.Repeat(string(rune('a'+i)), 100)
		x.Finding(finding("sdk", 6206, time.Second, host(buf[:50]), user(buf[50:])))
		aliased := tally.Unsafe([]byte(buf), func(s string) {
			y.Finding(finding("sdk", 6206, time.Second, host(s[:50]), user(s[50:])))
		})
		clear(aliased)
	}
	if diff := cmp.Diff(encode(t, x), encode(t, y)); diff != "" {
		t.Error(diff)
	}
}
