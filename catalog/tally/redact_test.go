package tally_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

func redactor(t *testing.T, o redact.Options) *redact.Redactor {
	t.Helper()
	r, err := redact.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNothingRawLeaves(t *testing.T) {
	r := redactor(t, redact.Options{Key: []byte("k")})
	x := tally.New(tally.Options{Redactor: r})
	f := finding("sdk", 6206, time.Second, tally.Field{Key: tally.KeyMessage, Value: "alice_raw is offline"}, user("alice_raw"), tally.Field{Key: "x_note", Value: "see alice_raw"})
	f.Text = "userid:alice_raw|phone 13800138000"
	x.Finding(f)
	x.Mark(banner(0, 1, tally.Field{Key: tally.KeyDevice, Value: "13800138000"}))
	x.Session(login(0, 1, "alice_raw"))
	partial := encode(t, x)
	summary := fmt.Sprintf("%+v", x.Summary().Codes[0].Samples) + fmt.Sprintf("%+v", x.Summary().Inputs)
	for name, text := range map[string]string{"partial": partial, "summary": summary} {
		for _, raw := range []string{"alice_raw", "13800138000"} {
			if strings.Contains(text, raw) {
				t.Errorf("%s: %s in %s", name, raw, text)
			}
		}
		if !strings.Contains(text, r.User("alice_raw")) {
			t.Errorf("%s: no pseudonym in %s", name, text)
		}
	}
	if again := encode(t, decode(t, partial, tally.Options{Redactor: r})); again != partial {
		t.Error(cmp.Diff(partial, again))
	}
}

// TestLessRedactedJoins brings what was counted with less redaction into a tally with more.
func TestLessRedactedJoins(t *testing.T) {
	o := tally.Options{Redactor: redactor(t, redact.Options{Redact: []redact.Kind{redact.Host}})}
	secrets := []string{"alice_raw", "13800138000", "203.0.113.41", "chat-01", "bob@example.com", "eJwtzMsKgkAYBeB3"}
	f := finding("sdk", 6206, time.Second,
		tally.Field{Key: tally.KeyAPI, Value: "http://203.0.113.41/v4?usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0q"},
		host("chat-01.corp.example.com:443"), tally.Field{Key: tally.KeyMessage, Value: "alice_raw is offline"},
		user("alice_raw"), tally.Field{Key: tally.KeyVersion, Value: "usersig=eJwtzMsKgkAYBeB3-dcl4zRXoU0q"}, tally.Field{Key: "x_note", Value: "mail bob@example.com"},
	)
	f.Text = "userid:alice_raw|phone 13800138000 at 203.0.113.41:8080"
	later := *f
	later.Time, later.Offset = f.Time.Add(time.Second), 2
	traces := []*tally.Mark{banner(0, 1, tally.Field{Key: tally.KeyDevice, Value: "13800138000"}), login(1, 1, "alice_raw")}
	want := tally.New(o)
	want.Finding(f)
	want.Mark(traces[0])
	want.Mark(traces[1])
	want.Finding(&later)

	for name, less := range map[string]*redact.Redactor{
		"nil": nil, "off": redactor(t, redact.Options{Off: true}),
		"revealed": redactor(t, redact.Options{Reveal: []redact.Kind{redact.User, redact.Phone, redact.IP, redact.Email, redact.UserSig}}),
	} {
		raw := tally.New(tally.Options{Redactor: less})
		raw.Finding(f)
		raw.Mark(traces[0])
		raw.Mark(traces[1])
		partial := encode(t, raw)
		for _, secret := range secrets {
			if !strings.Contains(partial, secret) {
				t.Fatalf("%s: no %s to be hidden in %s", name, secret, partial)
			}
		}
		decoded, merged := decode(t, partial, o), tally.New(o)
		if err := merged.Merge(raw); err != nil {
			t.Fatal(err)
		}
		for way, x := range map[string]*tally.Tally{"decoded": decoded, "merged": merged} {
			t.Run(name+" "+way, func(t *testing.T) {
				x.Finding(&later) // its names are the same ones
				for _, text := range []string{encode(t, x), fmt.Sprintf("%+v", x.Summary())} {
					for _, secret := range secrets {
						if strings.Contains(text, secret) {
							t.Errorf("%s in %s", secret, text)
						}
					}
				}
				if diff := cmp.Diff(want.Summary(), x.Summary(), summaries); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(encode(t, want), encode(t, x)); diff != "" {
					t.Error(diff)
				}
			})
		}
		if again := encode(t, raw); again != partial {
			t.Errorf("%s: Merge changed its argument: %s", name, cmp.Diff(partial, again))
		}
	}
}

// TestCutsStayRedacted moves what is redacted over the bounds at which texts are cut: half a
// pseudonym behind a key would be one more user the next time.
func TestCutsStayRedacted(t *testing.T) {
	o := tally.Options{Redactor: redactor(t, redact.Options{Redact: []redact.Kind{redact.Host}})}
	for _, tail := range []string{"userid:al|userid:bo|x", " 203.0.113.41.5.6.7", "phone:13800138000", ` "Text":"hello"`, "host=a.example.com", "登录 userid:al|"} {
		for room := range 40 {
			fill := func(limit int) string { return strings.Repeat("-", limit-room) + tail }
			f := finding("sdk", 6206, time.Second,
				tally.Field{Key: tally.KeyAPI, Value: fill(128)}, tally.Field{Key: tally.KeyMessage, Value: fill(512)}, user("al"))
			f.Text = fill(4096)
			x := tally.New(o)
			x.Finding(f)
			once := encode(t, x)
			if twice := encode(t, decode(t, once, o)); twice != once {
				t.Fatalf("%q %d bytes before the bound: %s", tail, room, cmp.Diff(once, twice))
			}
			if s := x.Summary().Codes[0]; len(s.Samples[0].Text) < 4096-64 || len(s.APIs[0].Name) < 128-96 {
				t.Errorf("%q %d bytes before the bound: cut to %d and %d bytes", tail, room, len(s.Samples[0].Text), len(s.APIs[0].Name))
			}
		}
	}
}

// TestLessRedactedInAnyTree holds the law for parts that were made without redaction.
func TestLessRedactedInAnyTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := options(rt)
		off := o
		off.Redactor = nil
		var partials []string
		for group := range slices.Chunk(append(groups(rt), nil), 3) {
			x := fresh(off)
			if err := apply(x, slices.Concat(group...)); err != nil {
				t.Fatal(err)
			}
			partials = append(partials, encode(t, x))
		}
		join := func() *tally.Tally {
			var parts []*tally.Tally
			for _, text := range partials {
				parts = append(parts, decode(t, text, o))
			}
			return mergeAll(t, rt, parts, func(x *tally.Tally) *tally.Tally { return decode(t, encode(t, x), o) })
		}
		same(t, rt, join(), join())
	})
}

// TestRedactTwice: a record that was redacted stays as it is. That is why one round does where
// nothing had to be cut.
func TestRedactTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := options(rt).Redactor
		f := findings(rt, "a.log", 0, 0)
		f.Text += rapid.SampledFrom([]string{"", " userid:a", "a b c", "host=d.example.com"}).Draw(rt, "tail")
		text, fields := tally.Redact(r, f.Text, f.Fields)
		again, same := tally.Redact(r, text, fields)
		if diff := cmp.Diff(text, again) + cmp.Diff(fields, same); diff != "" {
			rt.Error(diff)
		}
	})
}
