package scanner

import (
	"fmt"

	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// Slow lists the specs that run some ten times slower than others, with the reason: a pattern for which there is
// no automaton, or whose groups are unclear on a sample, so that package regexp has to find them. The path of
// a problem is the spec's name and key. What is found does not depend on it.
func (x *Extractor) Slow() []Problem {
	var out []Problem
	w := newWorker(x)
	for i := range x.specs {
		s := &x.specs[i]
		for _, p := range []struct {
			key string
			*pattern
		}{{"pattern", s.re}, {"before", s.before}, {"unless", s.unless}} {
			if p.pattern == nil {
				continue
			}
			if _, err := p.automaton(); err != nil {
				out = append(out, Problem{s.Name + "." + p.key, "runs slow: " + err.Error()})
			}
		}
		if sample, unclear := w.unclear(i); unclear {
			out = append(out, Problem{s.Name + ".pattern", fmt.Sprintf(
				`runs slow on %q: a group could begin or end in more than eight places at once; say more closely what stands before it, such as (?:\w+ )* instead of .*`, sample)})
		}
	}
	return out
}

// unclear returns a sample of a spec on which its automaton needs the help of package regexp.
func (w *worker) unclear(spec int) (sample string, ok bool) {
	s := &w.x.specs[spec]
	for _, sample := range s.Samples {
		b := []byte(sample.Line)
		w.hits = w.x.set.Append(w.hits[:0], b, 0, len(b))
		for _, h := range w.hits {
			for _, n := range w.x.sharers[h.Lit].specs {
				if n != spec || s.re.prog() == nil {
					continue
				}
				if _, r := w.run.machine(s.re).Match(s.window(b, h.Pos)); r == automaton.Unsure {
					return sample.Line, true
				}
			}
		}
	}
	return "", false
}
