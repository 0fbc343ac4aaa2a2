package tally_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// small makes every bound so low that random input passes it.
var small = tally.Bounds{Pool: 5, Users: 4, Buckets: 3, Names: 3, Events: 3, Pieces: 4096, Sessions: 4}

var header = tally.Header{Tool: "imtriage test", Digests: tally.Digests{Catalog: "12ab"}}

// An op is one call of a tally: one member is set.
type op struct {
	finding *tally.Finding
	mark    *tally.Mark
	piece   *tally.Piece
}

func apply(t *tally.Tally, ops []op) error {
	for _, o := range ops {
		switch {
		case o.finding != nil || o.mark != nil:
			if err := t.Recorded(o.finding, o.mark); err != nil {
				return err
			}
		case o.piece != nil:
			if err := t.Piece(*o.piece); err != nil {
				return err
			}
		}
	}
	return nil
}

var (
	epoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

	times = rapid.OneOf(
		rapid.Just(time.Time{}),
		rapid.Map(rapid.IntRange(0, 40), func(n int) time.Time { return epoch.Add(time.Duration(n) * time.Second / 4) }),
		rapid.Map(rapid.IntRange(0, 2000), func(n int) time.Time { return epoch.Add(time.Duration(n) * time.Minute) }),
		rapid.Map(rapid.IntRange(-400, 400), func(n int) time.Time { return epoch.AddDate(n, n%12, n%28) }),
	)
	codes = rapid.OneOf(
		rapid.SampledFrom([]code{{catalog.SDK, 6206}, {catalog.Server, 70001}, {catalog.Server, 20009}}),
		rapid.Map(rapid.IntRange(120001, 120004), func(n int) code { return code{catalog.Server, n} }),
		rapid.Map(rapid.IntRange(990001, 990008), func(n int) code { return code{catalog.Web, n} }),
	)
	words = rapid.OneOf(
		rapid.SampledFrom([]string{"", "a", "b", "c", "d", "<&>\u2028", "\xff\xfe", "\x00\x1b[0m", "中文", "10.1.2.3:443", "userid:a|usersig=eJwtzM0Kg0AYheF7mfXnOD9"}),
		rapid.String(),
		rapid.Map(rapid.IntRange(1, 3000), func(n int) string { return strings.Repeat("长", n) }),
	)
)

// records are texts of which some name a process.
var records = rapid.OneOf(words, rapid.SampledFrom([]string{"I/imsdk   (    1): TIM: x", "I/imsdk   (    2): TIM: x"}))

type code struct {
	family catalog.Family
	number int
}

func (c code) String() string { return fmt.Sprint(c.family, "/", c.number) }

func findings(rt *rapid.T, source string, off, piece int64) *tally.Finding {
	k := codes.Draw(rt, "key")
	f := &tally.Finding{Code: k.number, Family: k.family, Extractor: "x", Text: records.Draw(rt, "text"), Level: words.Draw(rt, "level")}
	f.Source, f.Offset, f.Piece, f.Line = source, off, piece, off-piece+1
	f.Time, f.TimeGuessed = times.Draw(rt, "time"), rapid.Bool().Draw(rt, "guessed")
	f.Alternatives = rapid.SliceOfN(rapid.SampledFrom(catalog.Families()), 0, 2).Draw(rt, "alternatives")
	for _, key := range []string{tally.KeyAPI, tally.KeyHost, tally.KeyUser, tally.KeyVersion, "x_free"} {
		if rapid.Bool().Draw(rt, key) {
			f.Fields = append(f.Fields, tally.Field{Key: key, Value: words.Draw(rt, "value")})
		}
	}
	return f
}

// traces draws a banner or a login.
func traces(rt *rapid.T, source string, off int64) *tally.Mark {
	m := &tally.Mark{Event: rapid.SampledFrom([]string{tally.MarkSession, tally.MarkLogin}).Draw(rt, "event")}
	m.Source, m.Offset = source, off
	m.Time, m.TimeGuessed = times.Draw(rt, "time"), rapid.Bool().Draw(rt, "guessed")
	for _, key := range []string{tally.KeyDevice, tally.KeyPID, tally.KeyAppID, tally.KeyUser, tally.KeyVersion} {
		value := words
		if key == tally.KeyPID {
			value = rapid.SampledFrom([]string{"", "1", "2", "4294967295", "4294967296", "x"})
		}
		m.Fields = append(m.Fields, tally.Field{Key: key, Value: value.Draw(rt, "value")})
	}
	m.Text = records.Draw(rt, "text")
	return m
}

// healths draws what a piece may say of how it was read.
func healths(rt *rapid.T) tally.Health {
	if rapid.Bool().Draw(rt, "plain") {
		return tally.Health{}
	}
	counts := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 1<<40))
	return tally.Health{
		Encoding: words.Draw(rt, "encoding"), EncodingGuessed: rapid.Bool().Draw(rt, "guessed"),
		Skipped: counts.Draw(rt, "skipped"), Salvaged: counts.Draw(rt, "salvaged"),
		Encrypted: counts.Draw(rt, "encrypted"), EncryptedBlocks: counts.Draw(rt, "blocks"),
		Keys:     rapid.SliceOfN(words, 0, 6).Draw(rt, "keys"),
		CutLines: counts.Draw(rt, "cut"), TimesGuessed: counts.Draw(rt, "times"),
		Members: counts.Draw(rt, "members"), Passed: counts.Draw(rt, "passed"), Refused: counts.Draw(rt, "refused"),
		Envelope: words.Draw(rt, "envelope"), Reversed: rapid.Bool().Draw(rt, "reversed"), Gaps: counts.Draw(rt, "gaps"),
	}
}

// groups draws pieces of several inputs, each with its findings and some marks. Some pieces are
// missing, so that inputs have gaps.
func groups(rt *rapid.T) [][]op {
	var out [][]op
	for _, source := range []string{"a.log", "b.log", "z\xff.log"} {
		cuts := rapid.SliceOfNDistinct(rapid.Int64Range(0, 60), 0, 5, rapid.ID).Draw(rt, "cuts")
		slices.Sort(cuts)
		for i := 1; i < len(cuts); i++ {
			off, end := cuts[i-1], cuts[i]
			var group []op
			for _, at := range rapid.SliceOfNDistinct(rapid.Int64Range(off, end-1), 0, 8, rapid.ID).Draw(rt, "offsets") {
				group = append(group, op{finding: findings(rt, source, at, off)})
			}
			for range rapid.IntRange(0, 2).Draw(rt, "marks") {
				event := rapid.OneOf(rapid.SampledFrom([]string{tally.MarkOK, tally.MarkLogin, "x", "y", "z"}), words).Draw(rt, "event")
				m := &tally.Mark{Event: event}
				m.Time, m.TimeGuessed = times.Draw(rt, "time"), rapid.Bool().Draw(rt, "guessed")
				m.Offset, m.Piece, m.Line = rapid.Int64Range(off, end-1).Draw(rt, "offset"), off, 1
				m.Source = rapid.SampledFrom([]string{"", source}).Draw(rt, "source")
				group = append(group, op{mark: m})
			}
			for _, at := range rapid.SliceOfN(rapid.Int64Range(off, end-1), 0, 6).Draw(rt, "traces") {
				trace := traces(rt, source, at)
				trace.Piece, trace.Line = off, at-off+1
				group = append(group, op{mark: trace})
			}
			if rapid.IntRange(0, 5).Draw(rt, "missing") > 0 {
				group = append(group, op{piece: &tally.Piece{
					Source: source, Kind: "text", Off: off, End: end, Lines: (end - off) / 2, OK: rapid.Int64Range(0, end-off).Draw(rt, "ok"),
					Complete: rapid.Bool().Draw(rt, "complete"), Problem: words.Draw(rt, "problem"), Notes: []string{words.Draw(rt, "note")},
					Health: healths(rt),
				}})
			}
			out = append(out, group)
		}
	}
	return out
}

// newRecords returns a place for records of which most are written out.
func newRecords() *tally.Records {
	return tally.NewRecords(tally.RecordsOptions{Memory: 1500, Spill: new(memoryDisk).spill})
}

// fresh returns an empty tally with a place for records of its own.
func fresh(o tally.Options) *tally.Tally {
	o.Records = newRecords()
	return tally.New(o)
}

func encode(t testing.TB, x *tally.Tally) string {
	t.Helper()
	var b bytes.Buffer
	if err := x.Encode(&b, header); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func decode(t testing.TB, text string, o tally.Options) *tally.Tally {
	t.Helper()
	o.Records = newRecords()
	x, h, err := tally.Decode(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(header, h); diff != "" {
		t.Fatal(diff)
	}
	return x
}

// summaries lets cmp compare them: entries are shared, and only the fields are data.
var summaries = cmp.Options{
	cmp.Comparer(func(a, b *catalog.Entry) bool { return a == b }),
	cmpopts.IgnoreUnexported(tally.Summary{}),
}
