package rules_test

import (
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// A record is a finding, or a mark if it has an event, of a made-up log. Its place in the list is
// its offset.
type record struct {
	code   int
	family catalog.Family // "": the first sense of the catalog, or server
	event  string
	user   string
	min    int           // minutes after noon; negative: no time
	times  int           // 0: once
	every  time.Duration // between those
	fields tally.Fields  // besides the user
}

// summary counts records.
func summary(log ...record) *tally.Summary {
	t := tally.New(tally.Options{})
	for i, r := range log {
		for n := range max(r.times, 1) {
			place := tally.Place{Source: "app.log", Offset: int64(i*1000 + n), Time: noon.Add(time.Duration(r.min)*time.Minute + time.Duration(n)*r.every)}
			if r.min < 0 {
				place.Time = time.Time{}
			}
			if r.event != "" {
				t.Mark(&tally.Mark{Place: place, Event: r.event})
				continue
			}
			f := tally.Finding{Place: place, Code: r.code, Family: r.family}
			if f.Family == "" {
				f.Family = catalog.Server
				if e, _ := catalog.Builtin().Resolve(r.code); e != nil {
					f.Family = e.Family
				}
			}
			if r.user != "" {
				f.Fields = tally.Fields{{Key: tally.KeyUser, Value: r.user}}
			}
			f.Fields = append(f.Fields, r.fields...)
			t.Finding(&f)
		}
	}
	return t.Summary()
}

// parse reads rules that must be right and puts them on the empty set.
func parse(t testing.TB, text string) *rules.Set {
	t.Helper()
	f, err := rules.Parse("rules.yaml", []byte(text), catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	s, err := new(rules.Set).Overlay(f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rule writes a rule with the given lines besides its texts.
func rule(id, lines string) string {
	return "  - id: " + id + "\n    title: {en: T, zh: 题}\n    remedy: [{owner: operations, do: {en: D, zh: 做}}]\n" + lines + "\n"
}

// indented puts a prefix before each line.
func indented(prefix, lines string) string {
	return prefix + strings.ReplaceAll(lines, "\n", "\n"+prefix)
}

// fired lists the ids of verdicts.
func fired(verdicts []rules.Verdict) []string {
	var ids []string
	for _, v := range verdicts {
		ids = append(ids, v.Rule)
	}
	return ids
}
