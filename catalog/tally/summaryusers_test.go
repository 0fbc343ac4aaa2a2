package tally_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

// TestUserCountsAgainstModel compares who met what, over any merge, with the plainest way to count it.
func TestUserCountsAgainstModel(t *testing.T) {
	numbers := []int{6206, 6014, 70001}
	rapid.Check(t, func(rt *rapid.T) {
		o := tally.Options{Samples: -1}.Within(small)
		parts := []*tally.Tally{tally.New(o), tally.New(o)}
		counts := map[int]map[string]int64{}
		for range rapid.IntRange(0, 30).Draw(rt, "findings") {
			number := rapid.SampledFrom(numbers).Draw(rt, "code")
			id := rapid.SampledFrom([]string{"", "a", "b", "c", "d", "e", "f"}).Draw(rt, "user")
			f := finding("sdk", number, time.Second)
			if id != "" {
				f.Fields = tally.Fields{user(id)}
				if counts[number] == nil {
					counts[number] = map[string]int64{}
				}
				counts[number][id]++
			}
			rapid.SampledFrom(parts).Draw(rt, "part").Finding(f)
		}
		s := mergeAll(t, rt, parts, func(x *tally.Tally) *tally.Tally { return decode(t, encode(t, x), o) }).Summary()
		checkTop(rt, s, counts, numbers[0])
		checkTop(rt, s, counts, numbers...)
		checkMet(rt, s, counts, numbers[0], numbers[1])
		checkMet(rt, s, counts, numbers[0], numbers[1:]...)
	})
}

func keysOf(numbers []int) []tally.Key {
	var keys []tally.Key
	for _, n := range numbers {
		keys = append(keys, tally.Key{Family: "sdk", Code: n})
	}
	return keys
}

func joinedCounts(counts map[int]map[string]int64, numbers []int) (joined map[string]int64, exact bool) {
	joined, exact = map[string]int64{}, true
	for _, n := range numbers {
		exact = exact && len(counts[n]) <= small.Users
		for id, c := range counts[n] {
			joined[id] += c
		}
	}
	return joined, exact && len(joined) <= small.Users
}

func checkTop(rt *rapid.T, s *tally.Summary, counts map[int]map[string]int64, numbers ...int) {
	joined, exact := joinedCounts(counts, numbers)
	var top, named int64
	for _, n := range joined {
		top, named = max(top, n), named+n
	}
	if !exact {
		top, named = 0, 0
	}
	gotTop, gotNamed, gotExact := s.TopUser(keysOf(numbers)...)
	if gotTop != top || gotNamed != named || gotExact != exact {
		rt.Errorf("top user of %v: %d of %d, exact %v, want %d of %d, %v", numbers, gotTop, gotNamed, gotExact, top, named, exact)
	}
}

func checkMet(rt *rapid.T, s *tally.Summary, counts map[int]map[string]int64, number int, others ...int) {
	by, exact := joinedCounts(counts, others)
	var want tally.Meeting
	for id, n := range counts[number] {
		want.Named += n
		want.Users++
		if by[id] > 0 {
			want.Met += n
			want.Both++
		}
	}
	if exact = exact && len(counts[number]) <= small.Users; !exact {
		want = tally.Meeting{}
	}
	got, gotExact := s.Met(tally.Key{Family: "sdk", Code: number}, keysOf(others)...)
	if got != want || gotExact != exact {
		rt.Errorf("%d with %v: %+v, exact %v, want %+v, %v", number, others, got, gotExact, want, exact)
	}
}

// TestUserCountsUnknown is what cannot be told: of estimates, of plain data, of codes that are not there.
func TestUserCountsUnknown(t *testing.T) {
	x := tally.New(tally.Options{Samples: -1})
	for i := range 1025 {
		x.Finding(finding("sdk", 6206, time.Second, user(fmt.Sprint("u", i))))
	}
	x.Finding(finding("sdk", 6014, time.Second, user("u1")))
	few, many, none := tally.Key{Family: "sdk", Code: 6014}, tally.Key{Family: "sdk", Code: 6206}, tally.Key{Family: "sdk", Code: 1}
	s := x.Summary()
	for _, tc := range []struct {
		name  string
		s     *tally.Summary
		code  tally.Key
		by    tally.Key
		exact bool
	}{
		{"estimate", s, few, many, false},
		{"of an estimate", s, many, few, false},
		{"nobody met what is not there", s, few, none, true},
		{"nothing of what is not there", s, none, few, true},
		{"plain data", &tally.Summary{}, few, none, false},
	} {
		if m, exact := tc.s.Met(tc.code, tc.by); exact != tc.exact || m.Met != 0 {
			t.Errorf("%s: %+v, exact %v, want %v", tc.name, m, exact, tc.exact)
		}
	}
	if _, _, exact := s.TopUser(few, many); exact {
		t.Error("the top user of an estimate is exact")
	}
	if top, named, exact := s.TopUser(few); top != 1 || named != 1 || !exact {
		t.Errorf("top user %d of %d, exact %v", top, named, exact)
	}
	if _, _, exact := new(tally.Summary).TopUser(few); exact {
		t.Error("the top user of plain data is exact")
	}
}

// TestHit finds the user of a sample among those whom another code hit, revealed or not, before and after a journey.
func TestHit(t *testing.T) {
	hidden, err := redact.New(redact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*redact.Redactor{"hidden": hidden, "shown": nil} {
		o := tally.Options{Redactor: r}
		x := tally.New(o)
		x.Finding(finding("sdk", 6206, time.Second, user("alice")))
		x.Finding(finding("sdk", 6206, 2*time.Second, user("user-0a0b0c0d")))
		for i, id := range []string{"alice", "bob", "user-0a0b0c0d"} {
			x.Finding(finding("sdk", 6014, time.Duration(i+1)*time.Second, user(id)))
		}
		x.Finding(finding("sdk", 6014, 4*time.Second))
		for _, s := range []*tally.Summary{x.Summary(), decode(t, encode(t, x), o).Summary()} {
			var got []bool
			i := slices.IndexFunc(s.Codes, func(c tally.Code) bool { return c.Code == 6014 })
			for j := range s.Codes[i].Samples {
				got = append(got, s.Hit(&s.Codes[i].Samples[j], tally.Key{Family: "sdk", Code: 6206}))
			}
			if diff := cmp.Diff([]bool{true, false, true, false}, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			if s.Hit(&s.Codes[i].Samples[0], tally.Key{Family: "sdk", Code: 1}) || new(tally.Summary).Hit(&s.Codes[i].Samples[0], tally.Key{Family: "sdk", Code: 6206}) {
				t.Errorf("%s: hit by what is not there", name)
			}
		}
	}
}

// TestLineOf rebases the lines of places that no sample stands at.
func TestLineOf(t *testing.T) {
	x := tally.New(tally.Options{})
	for _, p := range []tally.Piece{{Source: "a", End: 10, Lines: 3}, {Source: "a", Off: 10, End: 20, Lines: 2}, {Source: "b", Off: 10, End: 20, Lines: 2}} {
		if err := x.Piece(p); err != nil {
			t.Fatal(err)
		}
	}
	s := x.Summary()
	for _, tc := range []struct {
		place tally.Place
		want  int64
	}{
		{tally.Place{Source: "a", Offset: 4, Line: 2}, 2},
		{tally.Place{Source: "a", Offset: 14, Piece: 10, Line: 2}, 5},
		{tally.Place{Source: "b", Offset: 14, Piece: 10, Line: 2}, 0},
		{tally.Place{Source: "c", Offset: 14, Line: 2}, 2},
	} {
		if got := s.LineOf(tc.place); got != tc.want {
			t.Errorf("%+v: line %d, want %d", tc.place, got, tc.want)
		}
	}
	if got := new(tally.Summary).LineOf(tally.Place{Line: 2}); got != 0 {
		t.Errorf("plain data: line %d", got)
	}
}
