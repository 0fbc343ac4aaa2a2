package tally

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
)

// Summary makes the counts readable. Samples are redacted here; the tally can count on.
func (t *Tally) Summary() *Summary {
	out := &Summary{Marks: t.marks.sorted(), UnknownOther: t.unknownOther}
	sessions := make(map[string][]session, len(t.inputs))
	for name, in := range t.inputs {
		sessions[name] = in.sessions()
	}
	all := users{limit: t.caps.users}
	all.merge(&t.otherUsers)
	sets := make(map[Key]hit)
	t.eachCode(func(c *code) {
		all.merge(&c.users)
		sets[c.key] = hit{c.users.clone(), c.count}
		if code := t.readable(c, sessions); code.Entry != nil {
			out.Codes = append(out.Codes, code)
		} else {
			out.Unknown = append(out.Unknown, code)
		}
	})
	// Only now: a session lasts at least until the last sample in it.
	for _, name := range slices.Sorted(maps.Keys(t.inputs)) {
		out.Inputs = append(out.Inputs, t.inputs[name].summary(sessions[name]))
	}
	slices.SortFunc(out.Codes, compareCodes)
	slices.SortFunc(out.Unknown, compareCodes)
	out.Totals.OK = t.marks.ok
	out.sum(t.marks.other)
	out.Totals.Users, out.Totals.UsersApprox = all.count(out.Totals.Findings)
	out.hits = &hits{sets, t.caps.users, t.kept.redactor}
	joined := make(map[string]pieces, len(t.inputs))
	for name, in := range t.inputs {
		joined[name] = slices.Clone(in.pieces)
	}
	out.lines = func(source string, piece, line int64) int64 {
		if off, line := joined[source].rebase(piece, line); off == 0 {
			return line
		}
		return 0
	}
	return out
}

func compareCodes(a, b Code) int {
	return cmp.Or(
		cmp.Compare(b.Class, a.Class),
		cmp.Compare(b.Count, a.Count),
		cmp.Compare(a.Code, b.Code),
		strings.Compare(string(a.Family), string(b.Family)),
	)
}

// readable joins the state of a code with its entry, and its samples with the sessions of their inputs.
func (t *Tally) readable(c *code, sessions map[string][]session) Code {
	out := Code{
		Code: c.key.Code, Family: c.key.Family, Count: c.count,
		First: fromStamp(c.span.first), Last: fromStamp(c.span.last),
		Histogram: c.hist.summary(), Alternatives: slices.Clone(c.alternatives),
		Hosts: c.hosts.ranked(), APIs: c.apis.ranked(), Versions: c.versions.ranked(),
		Category: string(c.key.Family) + "/unknown", Class: catalog.Error,
	}
	out.Users, out.UsersApprox = c.users.count(c.count)
	if e := t.entry(c.key); e != nil {
		out.Entry, out.Category, out.Topic, out.Class = e, e.Category(), e.Topic, e.Class
	}
	for _, s := range c.samples.list {
		sample := s.evidence(t.kept.redactor)
		off, line := t.rebased(s)
		if sample.Line = line; off != 0 {
			sample.Line = 0
		}
		join(sessions[s.source], &sample)
		out.Samples = append(out.Samples, sample)
	}
	return out
}

// rebased returns the joined piece and the line in it where a sample stands.
func (t *Tally) rebased(s *sample) (off, line int64) { return t.joined(s.source, s.piece, s.line) }

// joined returns the joined piece of an input that a piece lies in, and the line in it.
func (t *Tally) joined(source string, off, line int64) (int64, int64) {
	if in := t.inputs[source]; in != nil {
		return in.pieces.rebase(off, line)
	}
	return off, line
}

// sum fills in everything that is added up from codes, inputs and marks.
func (s *Summary) sum(otherMarks int64) {
	classes := make(map[catalog.Class]ClassCount)
	categories := make(map[string]CategoryCount)
	topics := make(map[catalog.Topic]TopicCount)
	for _, list := range [][]Code{s.Codes, s.Unknown} {
		for _, c := range list {
			s.Totals.Findings += c.Count
			s.Totals.Codes++
			if c.Entry == nil {
				s.Totals.Unknown += c.Count
			}
			class, category, topic := classes[c.Class], categories[c.Category], topics[c.Topic]
			classes[c.Class] = ClassCount{c.Class, class.Findings + c.Count, class.Codes + 1}
			categories[c.Category] = CategoryCount{c.Category, category.Findings + c.Count, category.Codes + 1}
			topics[c.Topic] = TopicCount{c.Topic, topic.Findings + c.Count, topic.Codes + 1}
		}
	}
	s.Totals.Findings += s.UnknownOther
	s.Totals.Unknown += s.UnknownOther
	for _, class := range catalog.Classes() {
		n := classes[class]
		n.Class = class
		if class == catalog.Error {
			n.Findings += s.UnknownOther
		}
		s.Classes = append(s.Classes, n)
	}
	s.Categories = slices.SortedFunc(maps.Values(categories), func(a, b CategoryCount) int {
		return cmp.Or(cmp.Compare(b.Findings, a.Findings), strings.Compare(a.Category, b.Category))
	})
	for _, topic := range catalog.Topics() {
		if n, ok := topics[topic]; ok {
			s.Topics = append(s.Topics, n)
		}
	}
	s.Totals.Inputs = len(s.Inputs)
	for _, in := range s.Inputs {
		s.Totals.Bytes += in.Bytes
		s.Totals.Lines += in.Lines
	}
	s.Totals.Marks = otherMarks
	for _, m := range s.Marks {
		s.Totals.Marks += m.Count
	}
}
