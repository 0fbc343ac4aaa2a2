package tally

// Record keeps a record for whoever reads the tally later, see [Options.Records]. It says nothing of
// what is counted: the finding or mark is delivered besides. An error means that it could not be
// written.
func (t *Tally) Record(r *Record) error {
	if t.records == nil {
		return nil
	}
	return t.records.Add(r)
}

// EachRecord calls f for the records in their order, as [Records.Each] does. Lines count from where
// the input begins, and are 0 where an earlier piece of it is missing.
func (t *Tally) EachRecord(f func(*Record) error) error {
	if t.records == nil {
		return nil
	}
	return t.records.Each(func(r *Record) error {
		if r.Piece, r.Line = t.joined(r.Source, r.Piece, r.Line); r.Piece != 0 {
			r.Line = 0
		}
		return f(r)
	})
}

// mergeRecords adds the records of o, which may have been made with less redaction.
func (t *Tally) mergeRecords(o *Tally) error {
	if t.records == nil || o.records == nil || t.records == o.records {
		return nil
	}
	return o.records.Each(func(r *Record) error {
		r.resettle(t.kept.redactor)
		return t.records.Add(r)
	})
}
