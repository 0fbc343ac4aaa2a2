package gate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/gate"
	"github.com/imtriage/imtriage/rules"
)

// summary holds the codes with a count each; 88001 is unknown.
func summary(counts map[int]int64) *tally.Summary {
	sum := &tally.Summary{}
	for _, n := range []int{70009, 70001, -20009, 20009, 70169, 60007, 30539, 88001} {
		if counts[n] == 0 {
			continue
		}
		c := tally.Code{Code: n, Count: counts[n], Class: catalog.Error}
		if e, _ := catalog.Builtin().Resolve(n); e != nil {
			c.Entry, c.Class, c.Topic, c.Family = e, e.Class, e.Topic, e.Family
			sum.Codes = append(sum.Codes, c)
		} else {
			sum.Unknown = append(sum.Unknown, c)
		}
	}
	return sum
}

func TestCheck(t *testing.T) {
	everything := map[int]int64{70009: 2, 70001: 1, -20009: 3, 20009: 4, 70169: 5, 60007: 6, 30539: 7, 88001: 8}
	for _, tc := range []struct {
		name    string
		on, off []string
		count   int64
		found   map[int]int64
		other   int64
		want    []string
		reached bool
	}{
		{name: "nothing is asked", found: everything},
		{name: "fatal", on: []string{"fatal"}, found: everything, want: []string{"70009 ×2 (fatal)"}, reached: true},
		{name: "a class takes worse ones", on: []string{"error"}, found: everything, want: []string{"70009 ×2 (error)", "70001 ×1 (error)", "88001 ×8 (error)"}, reached: true},
		{name: "the wrong key stops, a time-out does not", on: []string{"fatal", "topic:auth"}, found: map[int]int64{70169: 9, 60007: 9, -20009: 9}},
		{name: "sign", on: []string{"code:-20009"}, found: everything, want: []string{"-20009 ×3 (code:-20009)"}, reached: true},
		{name: "sign of the twin", on: []string{"code:20009"}, found: map[int]int64{-20009: 3}},
		{name: "unknown", on: []string{"unknown"}, found: everything, want: []string{"88001 ×8 (unknown)"}, reached: true},
		{name: "retry", on: []string{"retry:after_login"}, found: map[int]int64{70001: 1}, want: []string{"70001 ×1 (retry:after_login)"}, reached: true},
		{name: "off wins", on: []string{"error"}, off: []string{"topic:auth", "unknown"}, found: everything},
		{name: "too few", on: []string{"fatal"}, count: 3, found: everything, want: []string{"70009 ×2 (fatal)"}},
		{name: "verdict", on: []string{"verdict"}, found: everything, want: []string{"verdict expired"}, reached: true},
		{name: "numbers beyond count are unknown", on: []string{"unknown"}, other: 9, want: []string{"other unknown codes ×9 (unknown)"}, reached: true},
		{name: "and of class error", on: []string{"warning"}, other: 9, want: []string{"other unknown codes ×9 (warning)"}, reached: true},
		{name: "which is not fatal", on: []string{"fatal"}, other: 9},
		{name: "off wins over them too", on: []string{"error"}, off: []string{"unknown"}, other: 9},
		{name: "another verdict", on: []string{"verdict:other"}, found: everything},
	} {
		t.Run(tc.name, func(t *testing.T) {
			on, err := gate.Parse(tc.on)
			if err != nil {
				t.Fatal(err)
			}
			off, err := gate.Parse(tc.off)
			if err != nil {
				t.Fatal(err)
			}
			sum := summary(tc.found)
			sum.UnknownOther = tc.other
			g := &gate.Gate{On: on, Off: off, Count: tc.count}
			got := g.Check(sum, []rules.Verdict{{Rule: "expired"}})
			if d := cmp.Diff(tc.want, got.Reasons); d != "" {
				t.Errorf("reasons (-want +got):\n%s", d)
			}
			if got.Reached != tc.reached {
				t.Errorf("reached is %v, want %v", got.Reached, tc.reached)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for word, want := range map[string]string{
		"fatl": `did you mean "fatal"`, "topic:atuh": `did you mean "auth"`, "retry:bakoff": `did you mean "backoff"`,
		"code:x": `"x" is not a code`, "": "an empty condition", " ": "an empty condition", "code:0": "code 0 is success", "code:-0": "code 0 is success", "fatal:x": "unknown gate",
	} {
		if _, err := gate.Parse([]string{"fatal", word}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", word, err, want)
		}
	}
}
