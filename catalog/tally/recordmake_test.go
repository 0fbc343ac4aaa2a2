package tally_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

func TestNewRecord(t *testing.T) {
	r := redactor(t, redact.Options{Key: []byte("k")})
	text := strings.Repeat("长", 200)
	f := finding("server", 70001, time.Second, user("alice_raw"))
	f.Entry = catalog.Builtin().Lookup("server", 70001)
	f.Text, f.Level, f.TimeGuessed, f.Piece = "alice_raw:"+text, strings.Repeat("E", 40), true, 1
	f.Source = "app\xff.log"
	f.Detail = func(f *tally.Finding) {
		f.Fields = append(f.Fields, tally.Field{Key: tally.KeyAPI, Value: "login?usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0q"}, tally.Field{Key: "x_peer", Value: "with alice_raw"})
	}
	keys := []string{"category", "x_peer", "code", "topic", tally.KeyHost, tally.KeyAPI, "class", "source", "extractor"}
	got := tally.NewRecord(f, []uint16{2, 5}, keys, r).Clone()
	want := &tally.Record{
		Place: tally.Place{
			Time: epoch.Add(time.Second), TimeGuessed: true, Source: `app\xff.log`, Offset: 1, Piece: 1, Line: 3, Column: 7,
		},
		Key: tally.Key{Family: "server", Code: 70001}, Selections: []uint16{2, 5}, User: r.UserKey("alice_raw"),
		Level: strings.Repeat("E", 32), Text: r.User("alice_raw") + ":" + text[:95*len("长")], // 299 bytes: no half rune
		Values: []tally.Value{
			{Key: "category", Text: f.Entry.Category(), Hash: r.UserKey(f.Entry.Category())},
			{Key: "x_peer", Text: "with " + r.User("alice_raw"), Hash: r.UserKey("with alice_raw")},
			{Key: "code", Text: "server/70001", Hash: r.UserKey("server/70001")},
			{Key: "topic", Text: string(f.Entry.Topic), Hash: r.UserKey(string(f.Entry.Topic))},
			{Key: "api", Text: "login?usersig=[usersig]", Hash: r.UserKey("login?usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0q")},
			{Key: "class", Text: f.Entry.Class.String(), Hash: r.UserKey(f.Entry.Class.String())},
			{Key: "source", Text: `app\xff.log`, Hash: r.UserKey("app\xff.log")},
			{Key: "extractor", Text: "imsdk", Hash: r.UserKey("imsdk")},
			{Key: "user", Text: r.User("alice_raw"), Hash: r.UserKey("alice_raw")},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNewMarkRecord(t *testing.T) {
	m := &tally.Mark{Event: tally.MarkKicked, Text: "text", Place: tally.Place{Source: "app.log", Offset: 7}}
	m.Detail = func(m *tally.Mark) {
		m.Time, m.Level, m.Fields = time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC), "I", tally.Fields{user("u")}
	}
	var r *redact.Redactor
	want := &tally.Record{
		Place: tally.Place{Time: time.Unix(0, 0).UTC(), Source: "app.log", Offset: 7}, Event: tally.MarkKicked, Selections: []uint16{0},
		User: r.UserKey("u"), Level: "I", Text: "text",
		Values: []tally.Value{{Key: "user", Text: "u", Hash: r.UserKey("u")}, {Key: "event", Text: "kicked", Hash: r.UserKey("kicked")}, {Key: "text", Text: "text", Hash: r.UserKey("text")}},
	}
	if diff := cmp.Diff(want, tally.NewMarkRecord(m, []uint16{0}, []string{"code", "user", "event", "text"}, nil)); diff != "" {
		t.Error(diff)
	}
}

// TestRecordIsCopied overwrites the buffer that the strings of a finding lie in.
func TestRecordIsCopied(t *testing.T) {
	var got *tally.Record
	var before string
	buffer := tally.Unsafe([]byte("in the reader's buffer"), func(s string) {
		f := finding("sdk", 6206, time.Second, host(s))
		f.Source, f.Level, f.Text, f.Family = s, s, s, catalog.Family(s)
		selections := []uint16{1}
		got = tally.NewRecord(f, selections, []string{tally.KeyHost}, redactor(t, redact.Options{}))
		selections[0] = 2
		before = fmt.Sprintf("%#v", got.Clone())
	})
	for i := range buffer {
		buffer[i] = 'x'
	}
	if diff := cmp.Diff(before, fmt.Sprintf("%#v", got.Clone())); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkNewRecord makes the record of an ordinary line.
func BenchmarkNewRecord(b *testing.B) {
	r, err := redact.New(redact.Options{Key: []byte("secret")})
	if err != nil {
		b.Fatal(err)
	}
	s := newFeed(16, true)
	b.ReportAllocs()
	for b.Loop() {
		tally.NewRecord(s.next(), []uint16{1}, []string{tally.KeyAPI, tally.KeyUser}, r)
	}
}
