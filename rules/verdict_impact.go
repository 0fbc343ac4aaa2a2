package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// An Impact says what the codes of a verdict hit besides its users, and whether the users are hit alike.
type Impact struct {
	Hosts, APIs, Versions, Platforms, Devices Spread

	// TopUser counts the findings of the user whom most of them name; 0 if that is not known exactly.
	// TopShare is its part of all findings of the verdict, from 0 to 1.
	TopUser  int64
	TopShare float64
	// Concentration says what that means; "" where it is not known or the findings are few.
	Concentration Concentration
}

// A Spread is the values of one field, by count, then name; of each code at most 256 are known.
type Spread struct {
	Names []tally.NameCount
	// Sampled is set where only samples are counted, as of the sessions that they fall into.
	Sampled bool
}

// A Concentration says whether one user has most of the findings.
type Concentration string

// The concentrations.
const (
	OneUser  Concentration = "one_user"  // one of several users has most of them
	OnlyUser Concentration = "only_user" // one user has, but the log names hardly anybody else
	Spreads  Concentration = "spread"    // nobody stands out
)

// A concentration is told from so many findings on, and of so great a part of them that one user has.
const (
	concentrated     = 20
	concentratedPart = 0.6
	severalUsers     = 3 // that a log names
)

// impact tells what the items of a candidate hit.
func (e *evaluation) impact(c *candidate, v *Verdict) Impact {
	var samples []tally.Sample
	counted := map[string]map[string]int64{}
	for _, i := range c.about {
		code := e.items[i].code
		if code == nil {
			continue
		}
		samples = append(samples, code.Samples...)
		for key, list := range map[string][]tally.NameCount{tally.KeyHost: code.Hosts, tally.KeyAPI: code.APIs, tally.KeyVersion: code.Versions} {
			for _, n := range list {
				if counted[key] == nil {
					counted[key] = map[string]int64{}
				}
				counted[key][n.Name] += n.Count
			}
		}
	}
	spread := func(key string) Spread {
		if names := counted[key]; names != nil {
			return Spread{Names: ranked(names)}
		}
		names := map[string]int64{}
		for i := range samples {
			if value := samples[i].Fields.Get(key); value != "" {
				names[value]++
			}
		}
		return Spread{ranked(names), len(names) > 0}
	}
	out := Impact{
		Hosts: spread(tally.KeyHost), APIs: spread(tally.KeyAPI), Versions: spread(tally.KeyVersion),
		Platforms: spread(tally.KeyPlatform), Devices: spread(tally.KeyDevice),
	}
	e.concentrate(&out, c, v)
	return out
}

// ranked lists counted names by count, then name.
func ranked(names map[string]int64) []tally.NameCount {
	var out []tally.NameCount
	for name, n := range names {
		out = append(out, tally.NameCount{Name: name, Count: n})
	}
	slices.SortFunc(out, func(a, b tally.NameCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name))
	})
	return out
}

// concentrate finds out whether one user has most of the findings. It can be known where the verdict is about whole
// codes, or where an outcome has a group for each user.
func (e *evaluation) concentrate(out *Impact, c *candidate, v *Verdict) {
	all := v.findings()
	var top, named int64
	exact := false
	switch o := c.outcome; {
	case o != nil && slices.Equal(c.rule.When.By, []string{tally.KeyUser}) && len(v.Marks) == 0 && len(o.Groups) > 0:
		top, named, exact = o.Groups[0].Count, all, true
	case e.whole(c, all):
		top, named, exact = e.sum.TopUser(v.Codes...)
	}
	if !exact || top == 0 || all == 0 {
		return
	}
	out.TopUser, out.TopShare = top, float64(top)/float64(all)
	switch {
	case all < concentrated:
	case out.TopShare >= concentratedPart && e.sum.Totals.Users < severalUsers:
		out.Concentration = OnlyUser
	case out.TopShare >= concentratedPart:
		out.Concentration = OneUser
	case v.Users > 1 && 2*named >= all:
		out.Concentration = Spreads
	}
}

// whole reports whether so many findings are all there are of the codes of a candidate.
func (e *evaluation) whole(c *candidate, findings int64) bool {
	for _, i := range c.about {
		if e.items[i].code != nil {
			findings -= e.items[i].code.Count
		}
	}
	return findings == 0
}
