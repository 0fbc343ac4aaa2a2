package rules_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// related are codes that the catalog puts into chains.
var related = []int{9508, 9519, 6014, 70001, 6206, 9520, 9514, 10023, 20003}

func drawLog(t *rapid.T) []tally.Finding {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) tally.Finding {
		f := tally.Finding{Code: rapid.SampledFrom(related).Draw(t, "code"), Family: catalog.Server}
		if e, _ := catalog.Builtin().Resolve(f.Code); e != nil {
			f.Family = e.Family
		}
		f.Source, f.Text = "app.log", "text"
		f.Time = noon.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "minute")) * time.Minute)
		if id := rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(t, "user"); id != "" {
			f.Fields = tally.Fields{{Key: tally.KeyUser, Value: id}}
		}
		return f
	}), 0, 60).Draw(t, "log")
}

// Verdicts over pieces that travelled as partials are those over the whole.
func TestVerdictsOfPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := tally.New(tally.Options{})
		parts := []*tally.Tally{tally.New(tally.Options{}), tally.New(tally.Options{})}
		for i, f := range drawLog(t) {
			f.Offset = int64(i)
			whole.Finding(&f)
			rapid.SampledFrom(parts).Draw(t, "part").Finding(&f)
		}
		var b bytes.Buffer
		if err := parts[1].Encode(&b, tally.Header{}); err != nil {
			t.Fatal(err)
		}
		came, _, err := tally.Decode(&b, tally.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := came.Merge(parts[0]); err != nil {
			t.Fatal(err)
		}
		a, z := whole.Summary(), came.Summary()
		want, got := rules.Builtin().Evaluate(a, nil), rules.Builtin().Evaluate(z, nil)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(rules.Explain(a, want), rules.Explain(z, got)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Whatever rules say of each other, every finding is told, by one rule or as a symptom under one.
func TestAnyRulesTellEachFindingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		text.WriteString("rules:\n")
		for i, code := range related {
			list := rapid.SliceOfN(rapid.SampledFrom(related), 0, 3).Draw(t, "explains")
			lines := fmt.Sprintf("    when: {select: {codes: [%d]}, count: %d}\n", code, rapid.IntRange(1, 3).Draw(t, "count"))
			var words []string
			for _, n := range list {
				words = append(words, fmt.Sprint(n))
			}
			if len(words) > 0 {
				lines += "    explains: {codes: [" + strings.Join(words, ", ") + "]}\n"
			}
			if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
				lines += "    fallback: true\n"
			}
			text.WriteString(rule(fmt.Sprint("r", i), lines))
		}
		for _, known := range []string{"true", "false"} {
			text.WriteString(rule("rest-"+known, "    fallback: true\n    when: {select: {known: "+known+"}}"))
		}
		f, err := rules.Parse("r.yaml", []byte(text.String()), catalog.Builtin())
		if err != nil {
			t.Fatal(err)
		}
		set, err := new(rules.Set).Overlay(f)
		if err != nil {
			t.Fatal(err)
		}
		count := tally.New(tally.Options{})
		for i, f := range drawLog(t) {
			f.Offset = int64(i)
			count.Finding(&f)
		}
		sum := count.Summary()
		verdicts := set.Evaluate(sum, nil)
		got, want := map[tally.Key]int64{}, map[tally.Key]int64{}
		for _, c := range append(sum.Codes, sum.Unknown...) {
			want[tally.Key{Family: c.Family, Code: c.Code}] = c.Count
		}
		for _, v := range verdicts {
			for i, k := range v.Codes {
				got[k] += v.Counts[i]
			}
			for _, s := range v.Explains {
				got[s.Key] += s.Explained
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s\n%s", text.String(), diff)
		}
	})
}

// Outcomes of any rules, of more or less than the summary has, never claim more findings than there are.
func TestAnyOutcomes(t *testing.T) {
	base := parse(t, own)
	rapid.Check(t, func(t *rapid.T) {
		set, err := base.Overlay()
		if err != nil {
			t.Fatal(err)
		}
		var outcomes []rules.Outcome
		for _, id := range []string{"call", "no-login", "slow", "expired", "sig", "offline", "rest"} {
			if !rapid.Bool().Draw(t, "timed") {
				continue
			}
			r := set.Rule(id)
			r.When.Within = rules.Duration(time.Minute)
			if rapid.Bool().Draw(t, "by") {
				r.When.By = []string{tally.KeyUser}
			}
			o := rules.Outcome{Rule: r, State: rules.Active, First: noon, Last: noon.Add(time.Hour), Raised: 1, Users: 1}
			for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom(related), 0, 3, rapid.ID[int]).Draw(t, "codes") {
				e, _ := catalog.Builtin().Resolve(code)
				n := int64(rapid.IntRange(1, 5).Draw(t, "n"))
				o.Codes = append(o.Codes, rules.CodeCount{Key: tally.Key{Family: e.Family, Code: code}, Count: n})
				o.Count += n
			}
			o.Groups = []rules.Group{{Key: tally.Fields{{Key: tally.KeyUser, Value: "u"}}, Count: o.Count}}
			o.Episodes = []rules.Episode{{Raised: noon, First: noon, Last: noon, Count: o.Count}}
			outcomes = append(outcomes, o)
		}
		count := tally.New(tally.Options{})
		for i, f := range drawLog(t) {
			f.Offset = int64(i)
			count.Finding(&f)
		}
		sum := count.Summary()
		verdicts := set.Evaluate(sum, outcomes)
		if diff := cmp.Diff(verdicts, set.Evaluate(sum, outcomes)); diff != "" {
			t.Fatal("again:", diff)
		}
		for _, v := range verdicts {
			if v.Count < 1 && v.Raised == 0 || len(v.Codes) != len(v.Counts) || v.Rule != "" && set.Rule(v.Rule).Timed() != (v.Raised > 0) {
				t.Fatalf("impossible verdict: %+v", v)
			}
		}
		x := rules.Explain(sum, verdicts)
		rest := x.Findings
		for _, r := range x.Rest {
			rest += r.Count
		}
		if rest != sum.Totals.Findings || x.Users > max(sum.Totals.Users, 1) {
			t.Fatalf("%d findings: %+v", sum.Totals.Findings, x)
		}
	})
}
