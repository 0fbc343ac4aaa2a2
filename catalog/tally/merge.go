package tally

import "fmt"

// Merge adds the counts of o, which stays as it is and shares nothing with t afterwards. If the
// two keep different numbers of samples, the smaller one holds. The redactor of t works on what
// comes from o too.
//
// It is an error, and nothing is added, if both counted the same part of an input. It is one too if
// the records of o could not be read or written; then t is worth nothing any more.
func (t *Tally) Merge(o *Tally) error {
	joined := make(map[string]pieces)
	for name, from := range o.inputs {
		if in := t.inputs[name]; in != nil {
			list, err := t.extended(name, in.pieces, from.pieces)
			if err != nil {
				return err
			}
			joined[name] = list
		} else {
			joined[name] = append(pieces(nil), from.pieces...)
		}
	}
	if err := t.mergeRecords(o); err != nil {
		return err
	}
	if o.samples < t.samples {
		t.samples = o.samples
		t.eachCode(func(c *code) { c.samples.lower(t.samples) })
	}
	o.eachCode(func(from *code) {
		if c := t.code(from.key); c != nil {
			c.merge(from, &t.kept)
			return
		}
		t.unknownOther += from.count
		t.otherUsers.merge(&from.users)
	})
	t.unknownOther += o.unknownOther
	t.otherUsers.merge(&o.otherUsers)
	t.marks.merge(&o.marks)
	for name, from := range o.inputs {
		in := t.input(name)
		in.merge(from, t.caps, &t.kept)
		t.settle(in, joined[name])
	}
	return nil
}

// extended returns the pieces of an input with more of them, or an error that names the input.
func (t *Tally) extended(source string, have, more pieces) (pieces, error) {
	list := append(make(pieces, 0, len(have)+len(more)), have...)
	for _, p := range more {
		var err error
		if list, err = list.with(p); err != nil {
			return nil, fmt.Errorf("input %q: %w: merge each part once", source, err)
		}
	}
	if len(list) > t.caps.pieces {
		if n := len(list.joined()); n > t.caps.pieces {
			return nil, fmt.Errorf("input %q: %d pieces that do not touch, at most %d are kept: merge neighbours first", source, n, t.caps.pieces)
		}
	}
	return list, nil
}

// settle gives an input its new pieces; too many are joined, and samples rebased first.
func (t *Tally) settle(in *input, list pieces) {
	in.pieces = list
	if len(list) <= t.caps.pieces {
		return
	}
	t.eachCode(func(c *code) {
		for _, s := range c.samples.list {
			if s.source == in.name {
				s.piece, s.line = list.rebase(s.piece, s.line)
			}
		}
	})
	if t.records != nil {
		t.records.rewrite(func(r *Record) {
			if r.Source == in.name {
				r.Piece, r.Line = list.rebase(r.Piece, r.Line)
			}
		})
	}
	in.pieces = list.joined()
}
