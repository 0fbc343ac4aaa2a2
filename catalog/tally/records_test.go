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

// list returns what Each gives.
func list(t rapid.TB, records *tally.Records) (out []tally.Record) {
	t.Helper()
	if err := records.Each(func(r *tally.Record) error {
		out = append(out, *r.Clone())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func drawRecord(rt *rapid.T) tally.Record {
	r := tally.Record{Level: words.Draw(rt, "level"), Text: words.Draw(rt, "text"), User: rapid.Uint64().Draw(rt, "user")}
	r.Time = rapid.SampledFrom([]time.Time{{}, epoch, epoch.Add(1), epoch.Add(time.Hour), time.Unix(0, 0).UTC()}).Draw(rt, "time")
	r.TimeGuessed = rapid.Bool().Draw(rt, "guessed")
	r.Source = rapid.SampledFrom([]string{"", "a.log", "b.log", "目录/c.log"}).Draw(rt, "source")
	r.Offset = rapid.OneOf(rapid.Int64Range(0, 5), rapid.Int64()).Draw(rt, "offset")
	r.Piece, r.Line, r.Column = rapid.Int64().Draw(rt, "piece"), rapid.Int64().Draw(rt, "line"), rapid.IntRange(0, 1<<40).Draw(rt, "column")
	if rapid.Bool().Draw(rt, "mark") {
		r.Event = rapid.SampledFrom([]string{"kicked", "x_\x00"}).Draw(rt, "event")
	} else {
		k := codes.Draw(rt, "key")
		r.Key = tally.Key{Family: k.family, Code: k.number * rapid.SampledFrom([]int{1, -1}).Draw(rt, "sign")}
	}
	r.Selections = rapid.SliceOfN(rapid.Uint16(), 0, 3).Draw(rt, "selections")
	for range rapid.IntRange(0, 3).Draw(rt, "values") {
		key := rapid.OneOf(rapid.SampledFrom([]string{"user", "api", "code"}), rapid.String()).Draw(rt, "key")
		r.Values = append(r.Values, tally.Value{Key: key, Text: words.Draw(rt, "value"), Hash: rapid.Uint64().Draw(rt, "hash")})
	}
	return r
}

// inOrder sorts records as they are promised, and takes out those that are the same.
func inOrder(in []tally.Record) []tally.Record {
	out := slices.Clone(in)
	identity := func(a, b tally.Record) int {
		if c := a.Compare(b.Place); c != 0 {
			return c
		}
		return slices.Compare([]string{a.Event, string(a.Family), fmt.Sprintf("%020d", a.Code+1e9)}, []string{b.Event, string(b.Family), fmt.Sprintf("%020d", b.Code+1e9)})
	}
	slices.SortStableFunc(out, identity)
	return slices.CompactFunc(out, func(a, b tally.Record) bool { return identity(a, b) == 0 })
}

// TestRecordsAreSorted holds all ways through memory and disk against sorting a list.
func TestRecordsAreSorted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		in := rapid.SliceOfN(rapid.Custom(drawRecord), 0, 60).Draw(rt, "records")
		want := inOrder(in) // no two are the same but for what is beside their place, so sameness is checked below
		disk := &memoryDisk{}
		for name, o := range map[string]tally.RecordsOptions{"memory": {}, "disk": {Memory: 1, Spill: disk.spill}, "both": {Memory: 3000, Spill: disk.spill}} {
			s := tally.NewRecords(o)
			for i := range in {
				if err := s.Add(&in[i]); err != nil {
					rt.Fatal(err)
				}
				if i == len(in)/2 {
					list(rt, s)
				}
			}
			if int(s.Len()) != len(in) {
				rt.Errorf("%s: %d records, want %d", name, s.Len(), len(in))
			}
			for range 2 {
				got := list(rt, s)
				places := func(list []tally.Record) (out []string) {
					for _, r := range list {
						out = append(out, fmt.Sprint(r.Time, r.Source, r.Offset, r.Event, r.Key))
					}
					return out
				}
				if diff := cmp.Diff(places(want), places(got)); diff != "" {
					rt.Fatalf("%s: %s", name, diff)
				}
				for _, r := range got {
					if !slices.ContainsFunc(in, func(x tally.Record) bool { return cmp.Equal(x, r, cmpopts.EquateEmpty()) }) {
						rt.Fatalf("%s: nobody added %+v", name, r)
					}
				}
			}
			if err := s.Close(); err != nil {
				rt.Error(err)
			}
			if n := len(disk.open()); n > 0 {
				rt.Errorf("%s: %d files stay open", name, n)
			}
		}
	})
}

// TestSameRecordOnce adds one record with different texts: which one stays is no matter of order.
func TestSameRecordOnce(t *testing.T) {
	a, b := tally.Record{Text: "a", Key: tally.Key{Family: "sdk", Code: 1}}, tally.Record{Text: "b", Key: tally.Key{Family: "sdk", Code: 1}}
	for _, o := range []tally.RecordsOptions{{}, {Memory: 1, Spill: new(memoryDisk).spill}} {
		for _, order := range [][]tally.Record{{a, b, a}, {b, a}, {b, b, a}} {
			s := tally.NewRecords(o)
			for i := range order {
				if err := s.Add(&order[i]); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff([]tally.Record{a}, list(t, s)); diff != "" {
				t.Error(diff)
			}
		}
	}
}
