package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// evidence picks the earliest samples of codes. Those that raised a timed rule go before others, which must lie in
// one of its episodes.
func (e *evaluation) evidence(c *candidate, codes []tally.Key) []tally.Sample {
	var all []tally.Sample
	for _, i := range c.about {
		code := e.items[i].code
		if code == nil || !slices.Contains(codes, e.items[i].key()) {
			continue
		}
		for _, s := range code.Samples {
			if c.outcome == nil && !e.left(i, &s) {
				continue
			}
			if c.outcome == nil || c.outcome.tells(&s, code) {
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, compareSamples)
	if c.outcome == nil {
		return all[:min(len(all), maxEvidence)]
	}
	var out []tally.Sample
	add := func(s tally.Sample) {
		again := slices.ContainsFunc(out, func(o tally.Sample) bool { return o.Source == s.Source && o.Offset == s.Offset })
		if len(out) < maxEvidence && !again {
			out = append(out, s)
		}
	}
	for i := range c.outcome.Evidence {
		r := &c.outcome.Evidence[i]
		at := slices.IndexFunc(all, func(s tally.Sample) bool { return s.Source == r.Source && s.Offset == r.Offset })
		if at >= 0 { // it has more fields and text than a record
			add(all[at])
		} else {
			add(e.sample(r))
		}
	}
	for _, s := range all {
		add(s)
	}
	slices.SortStableFunc(out, compareSamples)
	return out
}

// tells reports whether a sample of a code lies in an episode, by time and by group.
func (o *Outcome) tells(s *tally.Sample, code *tally.Code) bool {
	return !s.Time.IsZero() && slices.ContainsFunc(o.Episodes, func(p Episode) bool {
		return !s.Time.Before(p.First) && !s.Time.After(p.Last) &&
			!slices.ContainsFunc(p.Group, func(f tally.Field) bool { return valueOf(s, code, f.Key) != f.Value })
	})
}

// valueOf returns what a sample of a code has under a key, as [tally.Finding.Value] does.
func valueOf(s *tally.Sample, code *tally.Code, key string) string {
	f := tally.Finding{
		Place: tally.Place{Source: s.Source}, Code: code.Code, Family: code.Family, Entry: code.Entry,
		Level: s.Level, Fields: s.Fields, Extractor: s.Extractor, Text: s.Text,
	}
	return f.Value(key)
}

// left reports whether a sample is of what no cause explains of an item.
func (e *evaluation) left(i int, s *tally.Sample) bool {
	it := &e.items[i]
	return it.folded == 0 || s.Fields.Get(tally.KeyUser) != "" && !e.sum.Hit(s, it.by...)
}

// compareSamples orders samples by time, those without one last, source and offset.
func compareSamples(a, b tally.Sample) int {
	return cmp.Or(compareTimes(a.Time, b.Time), strings.Compare(a.Source, b.Source), cmp.Compare(a.Offset, b.Offset))
}

// sample shows a record as a sample, with those of its values that are fields.
func (e *evaluation) sample(r *tally.Record) tally.Sample {
	s := tally.Sample{
		Source: r.Source, Line: e.sum.LineOf(r.Place), Column: r.Column, Offset: r.Offset,
		Time: r.Time, TimeGuessed: r.TimeGuessed, Level: r.Level, Text: r.Text,
	}
	for _, v := range r.Values {
		switch {
		case v.Key == tally.DerivedExtractor:
			s.Extractor = v.Text
		case !slices.Contains(tally.DerivedKeys(), v.Key):
			s.Fields = append(s.Fields, tally.Field{Key: v.Key, Value: v.Text})
		}
	}
	slices.SortFunc(s.Fields, func(a, b tally.Field) int { return strings.Compare(a.Key, b.Key) })
	return s
}
