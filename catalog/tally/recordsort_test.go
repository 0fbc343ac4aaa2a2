package tally

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSortStamps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		stamps := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(1_772_366_400_000, 1_772_366_500_000), rapid.Int64Range(0, lastStamp))
		var list []stampAt
		for i, ns := range rapid.SliceOfN(stamps, 0, 200).Draw(rt, "stamps") {
			list = append(list, stampAt{ns, uint32(i)})
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b stampAt) int { return cmp.Compare(a.ns, b.ns) })
		if diff := gocmp.Diff(want, sortStamps(list, make([]stampAt, len(list))), gocmp.AllowUnexported(stampAt{})); diff != "" {
			rt.Error(diff)
		}
	})
}

// FuzzRecordParser: whatever bytes a record is read from, nothing breaks and nothing large is made.
func FuzzRecordParser(f *testing.F) {
	known := terms{}
	good := Record{Event: "kicked", Key: Key{"sdk", -6206}, Selections: []uint16{1, 65535}, User: 1 << 63, Level: "E", Text: "text"}
	good.Values = []Value{{"api", "login", 1}, {"user", "u", 1 << 63}}
	good.Piece, good.Line, good.Column = 1<<40, -1, 7
	body := string(known.record(nil, &good))
	f.Add(body)
	for i := range body {
		f.Add(body[:i])
		f.Add(body[:i] + "\xff" + body[i+1:])
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := recordParser{terms: &known, s: s}
		r := p.record()
		if len(r.Values) > len(s) || len(r.Selections) > len(s) || len(r.Text)+len(r.Level)+len(r.Event) > len(s) {
			t.Errorf("%d bytes become %+v", len(s), r)
		}
		if diff := gocmp.Diff(&good, r); s == body && (diff != "" || p.bad || p.s != "") {
			t.Error(diff, p.bad, p.s)
		}
		if !p.bad && s == body[:len(s)%len(body)] {
			t.Errorf("%d of %d bytes are taken for a record", len(s), len(body))
		}
	})
}
