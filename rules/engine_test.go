package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// An event is a record that a test writes in short: "0s kicked user=a", "1m 6014 user=b cost_ms=12".
func event(s *rules.Recorder, line string, at int) *tally.Record {
	words := strings.Fields(line)
	r := &tally.Record{Place: tally.Place{Source: "app.log", Offset: int64(at)}}
	if words[0] != "-" {
		var d rules.Duration
		if words[0] != "0s" {
			if err := d.UnmarshalText([]byte(words[0])); err != nil {
				panic(err)
			}
		}
		r.Time = noon.Add(time.Duration(d))
	}
	var fields tally.Fields
	for _, w := range words[2:] {
		k, v, _ := strings.Cut(w, "=")
		fields = append(fields, tally.Field{Key: k, Value: v})
	}
	var code int
	var value func(string) string
	if _, err := fmt.Sscan(words[1], &code); err == nil {
		f := &tally.Finding{Place: r.Place, Code: code, Fields: fields}
		e := catalog.Builtin().Find(code)
		if len(e) == 0 {
			f.Family = catalog.SDK
		} else {
			f.Entry, f.Family = e[0], e[0].Family
		}
		r.Key = tally.Key{Family: f.Family, Code: code}
		r.Selections = append(r.Selections, s.Finding(f)...)
		value = f.Value
	} else {
		m := &tally.Mark{Place: r.Place, Event: words[1], Fields: fields}
		r.Event = m.Event
		r.Selections = append(r.Selections, s.Mark(m)...)
		value = m.Value
	}
	for _, k := range s.Keys(r.Selections) {
		if v := value(k); v != "" {
			r.Values = append(r.Values, tally.Value{Key: k, Text: v, Hash: hash(v)})
		}
	}
	if u := fields.Get(tally.KeyUser); u != "" {
		r.User = hash(u)
	}
	return r
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range []byte(s) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// run lets an engine judge events up to the end of the log.
func run(s *rules.Set, o rules.EngineOptions, events []string, end time.Duration) *rules.Engine {
	x, e := s.NewRecorder(), rules.NewEngine(s, o)
	for i, line := range events {
		e.Add(event(x, line, i))
	}
	e.Close(noon.Add(end))
	return e
}

// episodesOf returns the episodes of all rules.
func episodesOf(s *rules.Set, events []string, end time.Duration) (out []rules.Episode) {
	for _, o := range run(s, rules.EngineOptions{}, events, end).Outcomes() {
		out = append(out, o.Episodes...)
	}
	return out
}

// short writes an episode as "1m-6m 3 user=a": raised, cleared, count, group.
func short(p rules.Episode) string {
	text := since(p.Raised) + "-"
	if !p.Cleared.IsZero() {
		text += since(p.Cleared)
	}
	text += fmt.Sprintf(" %d", p.Count)
	for _, f := range p.Group {
		text += " " + f.Key + "=" + f.Value
	}
	return text
}

func since(t time.Time) string { return rules.Duration(t.Sub(noon)).String() }

func TestTimedConditions(t *testing.T) {
	for _, tc := range []struct {
		name   string
		when   string
		events string
		end    time.Duration
		want   []string
	}{
		{
			name: "count by user", when: "{select: {codes: [6206]}, by: [user], within: 5m, count: 3}",
			events: "0s 6206 user=a\n1m 6206 user=a\n1m 6206 user=b\n4m 6206 user=a\n5m 6206 user=a\n6m 6206 user=b",
			end:    time.Hour,
			want:   []string{"4m-6m 4 user=a"},
		},
		{
			name: "the far end of a window is outside", when: "{select: {codes: [6206]}, within: 5m, count: 2}",
			events: "0s 6206\n5m 6206\n9m59s 6206", end: time.Hour,
			want: []string{"9m59s-10m 2"},
		},
		{
			name: "silence", when: "{select: {events: [connected]}, within: 10m, count: '< 1'}",
			events: "0s connected\n5m connected\n30m connected", end: time.Hour,
			want: []string{"15m-30m 0", "40m- 0"},
		},
		{
			name: "no silence between records a window apart", when: "{select: {events: [connected]}, within: 10m, count: '< 1'}",
			events: "0s connected\n10m connected\n20m connected", end: 20 * time.Minute,
		},
		{
			name: "distinct", when: "{select: {codes: [6206]}, by: [host], within: 10m, distinct: {field: user, bound: 2}}",
			events: "0s 6206 host=h user=a\n1m 6206 host=h user=a\n2m 6206 host=h user=b\n3m 6206 host=i user=c", end: time.Hour,
			want: []string{"2m-11m 3 host=h"},
		},
		{
			name: "ratio", when: "{select: {codes: [6206]}, within: 10m, ratio: {of: {codes: [6206], events: [login_ok]}, bound: 50%, min: 4}}",
			events: "0s login_ok\n1m 6206\n2m login_ok\n3m 6206\n4m login_ok", end: time.Hour,
			want: []string{"3m-4m 2", "10m-11m 2"},
		},
		{
			name: "sum, average, percentile: average", when: "{select: {codes: [6206]}, within: 10m, count: 2, average: {field: cost_ms, bound: '> 100'}}",
			events: "0s 6206 cost_ms=300\n1m 6206 cost_ms=50ms\n2m 6206 cost_ms=10", end: time.Hour,
			want: []string{"1m-10m 3"},
		},
		{
			name: "percentile", when: "{select: {codes: [6206]}, within: 10m, count: 3, percentile: {field: cost_ms, p: 50, bound: 20}}",
			events: "0s 6206 cost_ms=10\n1m 6206 cost_ms=20\n2m 6206 cost_ms=900\n3m 6206", end: time.Hour,
			want: []string{"2m-10m 3"},
		},
		{
			name: "sequence", when: "{by: [user], within: 5m, sequence: [{select: {events: [kicked]}}, {select: {codes: [6014]}, not: {events: [login_ok]}}]}",
			events: "0s kicked user=a\n1m kicked user=b\n2m login_ok user=b\n3m 6014 user=a\n3m 6014 user=b\n4m 6014 user=a", end: time.Hour,
			want: []string{"3m-8m 2 user=a"},
		},
		{
			name: "two of three", when: "{within: 5m, at_least: 2, of: [{select: {codes: [6012]}}, {select: {codes: [9519]}, count: 2}, {select: {events: [dns_failed]}}]}",
			events: "0s 6012\n1m 9519\n2m 9519\n10m dns_failed", end: time.Hour,
			want: []string{"2m-5m 3"},
		},
		{
			name: "without", when: "{select: {events: [disconnected]}, by: [user], within: 1m, without: {select: {events: [connected]}}}",
			events: "0s disconnected user=a\n30s connected user=a\n1m disconnected user=b\n5m disconnected user=a", end: 5*time.Minute + 30*time.Second,
			want: []string{"2m-3m 1 user=b"},
		},
		{
			name: "first seen", when: "{select: {classes: [fatal]}, first_seen: {field: code, learn: 1h}}",
			events: "0s 70009\n1h 70009\n2h 60020\n2h 60020", end: 3 * time.Hour,
			want: []string{"2h-3h 1 code=server/60020"},
		},
		{
			name: "clear when seen counts anew", when: "{select: {codes: [6206]}, by: [user], within: 1h, count: 2}\n    clear: {seen: {events: [login_ok]}}",
			events: "0s 6206 user=a\n1m 6206 user=a\n2m login_ok user=a\n3m 6206 user=a\n2h 6206 user=a\n2h 6206 user=a", end: 24 * time.Hour,
			want: []string{"1m-2m 2 user=a", "2h- 2 user=a"},
		},
		{
			name: "raise at three, clear below two", when: "{select: {codes: [6206]}, within: 10m, count: 3}\n    clear: {below: 2}",
			events: "0s 6206\n1m 6206\n2m 6206\n11m 6206", end: time.Hour,
			want: []string{"2m-12m 4"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := parse(t, "rules:\n"+rule("x", "    when: "+tc.when+"\n"))
			var got []string
			for _, e := range episodesOf(s, strings.Split(tc.events, "\n"), tc.end) {
				got = append(got, short(e))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
