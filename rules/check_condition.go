package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The bounds of what a timed rule keeps in its state for each group.
const (
	maxCount  = 10_000    // records
	maxParts  = maxStages // of a sequence, or of several
	maxBy     = 5         // fields
	maxFactor = 1_000_000
)

// A fault says what is wrong with a part of a rule; key is its path below the rule, such as
// when.count.
type fault struct{ key, what string }

// faults collects what is wrong with one rule.
type faults []fault

func (f *faults) add(key, format string, args ...any) {
	*f = append(*f, fault{key, fmt.Sprintf(format, args...)})
}

// kinds returns what a condition measures besides the number of records, as keys.
func (c *Condition) kinds() (keys []string) {
	for _, k := range []struct {
		key   string
		given bool
	}{
		{"distinct", c.Distinct != nil},
		{"sum", c.Sum != nil},
		{"average", c.Average != nil},
		{"percentile", c.Percentile != nil},
		{"ratio", c.Ratio != nil},
		{"sequence", c.Sequence != nil},
		{"of", c.Of != nil},
		{"without", c.Without != nil},
		{"spike", c.Spike != nil},
		{"first_seen", c.FirstSeen != nil},
	} {
		if k.given {
			keys = append(keys, k.key)
		}
	}
	return keys
}

// measure returns the measure that the condition has, or nil.
func (c *Condition) measure() *Measure {
	return cmp.Or(c.Distinct, c.Sum, c.Average, c.Percentile)
}

// check finds out whether the parts of a rule that are given go together.
func (r *Rule) check() (f faults) {
	c := &r.When
	kinds := c.kinds()
	for _, k := range kinds[min(1, len(kinds)):] {
		f.add("when."+k, "stands beside %s, want one of them a rule", kinds[0])
	}
	if len(kinds) == 1 {
		c.checkKind(kinds[0], &f)
	}
	c.checkNumbers(r.Timed(), &f)
	if len(c.By) > maxBy {
		f.add("when.by", "%d fields, want at most %d", len(c.By), maxBy)
	}
	for i, name := range c.By {
		if slices.Contains(c.By[:i], name) {
			f.add(at("when.by", i), "%q is given twice", name)
		}
	}
	if r.Explains.joins() {
		f.add("explains", "symptoms are whole codes and events: fields, all, any and not belong under when")
	}
	r.checkEnd(&f)
	return f
}

// checkKind checks what the one kind of condition needs beside it.
func (c *Condition) checkKind(kind string, f *faults) {
	switch kind {
	case "sequence", "of", "without", "spike":
		if c.Within == 0 {
			f.add("when.within", "%s needs a window, such as within: 5m", kind)
		}
		fallthrough
	case "first_seen":
		if !c.Count.IsZero() {
			f.add("when.count", "cannot stand beside %s", kind)
		}
	}
	switch kind {
	case "sequence", "of":
		if n := len(c.Sequence) + len(c.Of); n < 2 || n > maxParts {
			f.add("when."+kind, "want 2 to %d members, got %d", maxParts, n)
		}
		if !c.Select.IsZero() {
			f.add("when.select", "%s says in its members what it is about, leave select out", kind)
		}
		if len(c.Sequence) > 0 && !c.Sequence[0].Not.IsZero() {
			f.add("when.sequence[0].not", "nothing comes before the first member that this could undo")
		}
	case "spike":
		if s := c.Spike; s.Factor != 0 && (s.Factor <= 1 || s.Factor > maxFactor) {
			f.add("when.spike.factor", "want a factor above 1 and up to %d, got %v", maxFactor, s.Factor)
		}
	case "ratio":
		c.checkRatio(f)
	default:
		if m := c.measure(); m != nil && m.Bound.Percent {
			f.add("when."+kind+".bound", "want a number, got the percentage %s", m.Bound)
		}
	}
}

func (c *Condition) checkRatio(f *faults) {
	b := c.Ratio.Bound
	if !b.IsZero() && !b.Percent {
		f.add("when.ratio.bound", "want a percentage such as 5%%, got %s", b)
		return
	}
	for _, l := range b.Limits {
		if l.Value < 0 || l.Value > 100 {
			f.add("when.ratio.bound", "want percentages from 0%% to 100%%, got %s", b)
		}
	}
}

// checkNumbers checks how often and for whom.
func (c *Condition) checkNumbers(timed bool, f *faults) {
	n := c.Count
	switch {
	case n.IsZero():
	case n.Percent:
		f.add("when.count", "want a number, got the percentage %s; share and ratio take percentages", n)
	case n.rising() && n.Limits[0].Value < 1:
		f.add("when.count", "want at least 1, got %s", n)
	case !n.rising() && c.Within == 0:
		f.add("when.within", "an upper bound of count needs a window, such as within: 5m")
	}
	if !n.possible() {
		f.add("when.count", "no number is %s", n)
	}
	if timed {
		c.checkCaps(f)
	}
	if c.AtLeast > 0 && c.AtLeast > len(c.Of) {
		f.add("when.at_least", "want at most %d, the number of members of of, got %d", len(c.Of), c.AtLeast)
	}
	if c.Share > 0 && timed {
		f.add("when.share", "is taken over the whole log and does not go with times, groups and fields: use ratio")
	}
	if c.Users > 0 && timed {
		f.add("when.users", "is taken over the whole log and does not go with times, groups and fields: use distinct: {field: user, bound: %d}", c.Users)
	}
	if len(c.Select.Events) == 0 || c.Select.picksFindings() || c.Select.joins() {
		return
	}
	const unfit = "is counted over findings, but only events are selected"
	if c.Share > 0 {
		f.add("when.share", unfit)
	}
	if c.Users > 0 {
		f.add("when.users", unfit)
	}
}

// checkCaps checks the numbers that the state of a timed rule grows with.
func (c *Condition) checkCaps(f *faults) {
	count := func(key string, b Bound) {
		if !b.Percent && b.ceiling() > maxCount+1 {
			f.add(key, "a rule that looks at times, groups or fields counts to %d, got %s", maxCount, b)
		}
	}
	whole := func(key string, n int) {
		if n > maxCount {
			f.add(key, "a rule that looks at times, groups or fields counts to %d, got %d", maxCount, n)
		}
	}
	count("when.count", c.Count)
	if c.Distinct != nil {
		count("when.distinct.bound", c.Distinct.Bound)
	}
	for i := range c.Of {
		whole(at("when.of", i, "count"), c.Of[i].Count)
	}
}

// checkEnd checks what says when a rule is over and how often it is told.
func (r *Rule) checkEnd(f *faults) {
	if !r.Timed() {
		const unfit = "needs a rule that looks at times, groups or fields, such as one with within: 5m"
		if r.Clear.Below > 0 || r.Clear.After > 0 || !r.Clear.Seen.IsZero() {
			f.add("clear", unfit)
		}
		if r.Cooldown.Time > 0 {
			f.add("cooldown", unfit)
		}
		return
	}
	below := r.Clear.Below
	switch kinds := r.When.kinds(); {
	case below == 0:
	case r.When.Within == 0:
		f.add("clear.below", "the number of records falls in a window only, such as within: 5m")
	case len(kinds) > 0 && slices.Contains([]string{"sequence", "of", "without", "first_seen"}, kinds[0]):
		f.add("clear.below", "%s is not raised by a number of records, use seen or after", kinds[0])
	case r.When.Count.rising() && below > int64(r.When.Count.least()):
		f.add("clear.below", "%d ends at once what %d records raise", below, r.When.Count.least())
	}
}

// possible reports whether any number from 0 on, up to the largest that is named and one beyond, passes.
func (b Bound) possible() bool {
	if b.IsZero() || b.Holds(0) {
		return true
	}
	for _, l := range b.Limits {
		for _, n := range []float64{l.Value - 1, l.Value - 0.5, l.Value, l.Value + 0.5, l.Value + 1} {
			if n >= 0 && b.Holds(n) {
				return true
			}
		}
	}
	return false
}

// tell reports the faults of a rule, but for those that may come of what could not be read.
func (p *parser) tell(path string, f faults) {
	whole := p.readable(path + ".when")
	for _, e := range f {
		alone := strings.HasPrefix(e.key, "when.") && !slices.Contains([]string{"when.within", "when.share", "when.users"}, e.key)
		if p.readable(path+"."+e.key) && (alone || whole) {
			p.fail(path+"."+e.key, "%s", e.what)
		}
	}
}
