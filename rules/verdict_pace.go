package rules

import (
	"cmp"
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Loop is one user who meets the same code again and again faster than the catalog allows a retry. It is a least
// number: the tally knows how often a user met a code, but not when; what it may claim follows from
// the histogram. A user who runs several devices, and a server that acts as one user, look the same.
type Loop struct {
	tally.Key
	Times  int64         // at least, by one user
	Within time.Duration // at most
	Retry  catalog.Retry // what the catalog says of the code
}

// A Peak is the busiest bucket of a rate-limited code.
type Peak struct {
	tally.Key
	API      string // "" if findings name several, or none
	Findings int64  // refused in the bucket
	Within   time.Duration
	Limit    *catalog.Limit // documented for the code; nil for none
}

// A pace is how many findings of one user make a loop, and how short the pauses between them are on
// average.
type pace struct {
	times int64
	pause time.Duration
}

// paceOf returns the pace that is too fast for an answer to "may I retry?".
func paceOf(r catalog.Retry) (pace, bool) {
	switch r {
	case catalog.RetryNo, catalog.RetryAfterFix:
		return pace{10, time.Minute}, true
	case catalog.RetryBackoff:
		return pace{20, 5 * time.Second}, true
	}
	return pace{}, false
}

func (p pace) exceeded(times int64, within time.Duration) bool {
	return times >= p.times && within <= time.Duration(times-1)*p.pause
}

// loop returns the longest loop that can be seen in any of the codes, or nil.
func (e *evaluation) loop(c *candidate, codes []tally.Key) *Loop {
	var best *Loop
	offer := func(code *tally.Code, times int64, within time.Duration) {
		if p, ok := paceOf(code.Entry.Retry); ok && p.exceeded(times, within) && (best == nil || times > best.Times) {
			best = &Loop{tally.Key{Family: code.Family, Code: code.Code}, times, within, code.Entry.Retry}
		}
	}
	for _, key := range codes {
		code := e.codeOf(key)
		if code == nil || code.Entry == nil {
			continue
		}
		if o := c.outcome; o != nil && len(o.Codes) == 1 && len(o.Marks) == 0 && slices.Equal(c.rule.When.By, []string{tally.KeyUser}) {
			for _, ep := range o.Episodes {
				offer(code, ep.Count, ep.Last.Sub(ep.First))
			}
		}
		top, _, exact := e.sum.TopUser(key)
		if !exact || code.First.IsZero() {
			continue
		}
		// What others, or findings without a time, cannot account for is the user's.
		h := &code.Histogram
		offer(code, top-h.NoTime, code.Last.Sub(code.First))
		for _, b := range h.Buckets {
			offer(code, b.N-(code.Count-top), min(h.Step, code.Last.Sub(code.First)))
		}
	}
	return best
}

// peak returns the busiest bucket of the most frequent rate limit among codes, or nil.
func (e *evaluation) peak(codes []tally.Key) *Peak {
	for _, key := range codes {
		code := e.codeOf(key)
		if code == nil || code.Topic != catalog.Rate || len(code.Histogram.Buckets) == 0 {
			continue
		}
		busiest := slices.MaxFunc(code.Histogram.Buckets, func(a, b tally.Bucket) int { return cmp.Compare(a.N, b.N) })
		p := &Peak{Key: key, Findings: busiest.N, Within: code.Histogram.Step}
		if len(code.APIs) == 1 && code.APIs[0].Count == code.Count {
			p.API = code.APIs[0].Name
		}
		if code.Entry != nil {
			for j := range code.Entry.Limits {
				if l := &code.Entry.Limits[j]; l.Max > 0 && perTime(l.Unit) {
					p.Limit = l
					break
				}
			}
		}
		if p.Findings < 2 || p.Limit == nil && p.Within > time.Minute {
			return nil
		}
		return p
	}
	return nil
}

// perTime reports whether a limit of that unit bounds how often something may be done.
func perTime(unit string) bool {
	return unit == "per_second" || unit == "per_minute" || unit == "per_day"
}
