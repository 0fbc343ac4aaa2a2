package rules

import (
	"cmp"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An Explanation says how much of a summary specific rules account for. Each finding counts once.
type Explanation struct {
	Findings    int64   // that a specific verdict is about or explains
	Share       float64 // of them in all findings, from 0 to 1
	Causes      int     // specific verdicts that are about any
	Users       int     // distinct ones of these findings
	UsersApprox bool    // the number is an estimate, or a least one

	// Rest are the codes of the other findings: by count, then family and code. RestOther counts those of
	// numbers that the summary does not keep apart.
	Rest      []CodeCount
	RestOther int64
}

// Explain sums up verdicts over the summary that they were reached by. Where two timed rules are about parts of one
// code, only the larger part is sure to be explained, and counts.
func Explain(sum *tally.Summary, verdicts []Verdict) Explanation {
	var out Explanation
	told := make(map[tally.Key]*toldCode)
	at := func(k tally.Key) *toldCode {
		if told[k] == nil {
			told[k] = new(toldCode)
		}
		return told[k]
	}
	least := 0
	for i := range verdicts {
		v := &verdicts[i]
		if v.Fallback {
			continue
		}
		if len(v.Codes) > 0 {
			out.Causes++
		}
		timed := v.Raised > 0
		for j, k := range v.Codes {
			t := at(k)
			if timed {
				t.timed = max(t.timed, v.Counts[j])
			} else {
				t.own = max(t.own, v.Counts[j])
			}
		}
		if timed {
			least = max(least, v.Users)
		}
		for _, s := range v.Explains {
			if s.Event == "" {
				at(s.Key).folded += s.Explained
			}
		}
	}
	var whole []tally.Key
	for _, list := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range list {
			k := tally.Key{Family: list[i].Family, Code: list[i].Code}
			n := int64(0)
			if t := told[k]; t != nil {
				n = min(max(t.folded+t.own, t.timed), list[i].Count)
			}
			out.Findings += n
			switch rest := list[i].Count - n; {
			case rest > 0:
				out.Rest = append(out.Rest, CodeCount{k, rest})
			case n > 0:
				whole = append(whole, k)
			}
		}
	}
	slices.SortFunc(out.Rest, func(a, b CodeCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), compareKeys(a.Key, b.Key)) })
	out.RestOther = sum.UnknownOther
	if all := sum.Totals.Findings; all > 0 {
		out.Share = float64(out.Findings) / float64(all)
	}
	if len(whole) > 0 {
		out.Users, out.UsersApprox = sum.UsersOf(whole...)
	}
	if out.Users < least {
		out.Users, out.UsersApprox = least, true
	}
	return out
}

// A toldCode counts which findings of a code verdicts tell.
type toldCode struct {
	folded int64 // under a cause
	own    int64 // of the rest
	timed  int64 // by the timed rule that has most
}
