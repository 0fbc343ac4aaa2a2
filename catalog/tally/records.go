package tally

import (
	"errors"
	"fmt"
	"io"
)

// Records sorts records by place, event, family and code, however many they are. What does not fit
// into its memory is sorted and written out as a run; [Records.Each] merges the runs while it reads
// them. A record that is added twice is kept once.
//
// It is not safe for concurrent use.
type Records struct {
	spill  func() (Spill, error)
	memory int
	buffer recordBuffer
	terms  terms
	runs   []*run // of falling levels
	n      int64
	err    error // the first one; nothing is added or told after it
}

// RecordsOptions say where records go.
type RecordsOptions struct {
	// Memory is how many bytes are held before a run is written out; 0 stands for 8 MiB.
	Memory int
	// Spill returns an empty place for a run. Nil: everything is held in memory.
	Spill func() (Spill, error)
}

// A Spill holds one run. What is written is not redacted: a place that others could read has to hide
// it from them. It is written from its beginning to its end, then read several times, and
// closed when it is not needed any more; a temporary file is one.
type Spill interface {
	io.ReadWriteSeeker
	io.Closer
}

const (
	defaultMemory = 8 << 20
	// mergeWidth is how many runs of one level become one of the next: of 15 in each of four levels
	// a terabyte is sorted, and fewer than 64 files are open.
	mergeWidth = 16
)

// NewRecords returns an empty Records. Whoever gave it a place to spill closes it.
func NewRecords(o RecordsOptions) *Records {
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	return &Records{spill: o.Spill, memory: o.Memory, buffer: newRecordBuffer(o.Memory)}
}

// Add adds a record, of which it keeps nothing: what it needs it copies. An error means that a run
// could not be written; it is that of all later calls too.
func (s *Records) Add(r *Record) error {
	if s.err != nil {
		return s.err
	}
	s.buffer.add(r, &s.terms)
	s.n++
	if s.spill != nil && s.buffer.bytes > s.memory {
		s.err = s.flush()
	}
	return s.err
}

// Len returns how many records were added, each time that one was.
func (s *Records) Len() int64 { return s.n }

// Each calls f for every record, in order, and stops with its error. A record is valid until f
// returns, which may change it; whoever keeps it keeps a [Record.Clone]. Each may be called several
// times, also when more were added, but not by f, which adds nothing either.
func (s *Records) Each(f func(*Record) error) error {
	if s.err != nil {
		return s.err
	}
	s.buffer.sort(&s.terms)
	sources, err := s.sources(0)
	if err != nil {
		return err
	}
	sources = append(sources, s.buffer.reader(&s.terms))
	return mergeRecords(sources, f)
}

// Close gives up all records and their places.
func (s *Records) Close() error {
	err := s.drop(0)
	s.buffer, s.n = newRecordBuffer(s.memory), 0
	if s.err == nil {
		s.err = errors.New("records: closed")
	}
	return err
}

// flush writes what is held as a run, and makes one of many runs.
func (s *Records) flush() error {
	s.buffer.sort(&s.terms)
	if err := s.write(0, s.buffer.write); err != nil {
		return err
	}
	s.buffer.reset()
	for s.wide() {
		if err := s.merge(len(s.runs) - mergeWidth); err != nil {
			return err
		}
	}
	return nil
}

// wide reports whether the last runs have to become one.
func (s *Records) wide() bool {
	n := len(s.runs)
	return n >= mergeWidth && s.runs[n-mergeWidth].level == s.runs[n-1].level
}

// merge makes one run of those from the i-th on.
func (s *Records) merge(i int) error {
	sources, err := s.sources(i)
	if err != nil {
		return err
	}
	err = s.write(s.runs[i].level+1, func(w *runWriter) error {
		if err := mergeRecords(sources, w.add); err != nil {
			return err
		}
		return w.flush()
	})
	if err != nil {
		return err
	}
	merged := s.runs[len(s.runs)-1]
	s.runs = s.runs[:len(s.runs)-1]
	err = s.drop(i)
	s.runs = append(s.runs, merged)
	return err
}

// sources returns readers of the runs from the i-th on.
func (s *Records) sources(i int) ([]recordSource, error) {
	var out []recordSource
	for _, r := range s.runs[i:] {
		in, err := r.reader(&s.terms)
		if err != nil {
			return nil, spilled(err)
		}
		out = append(out, in)
	}
	return out, nil
}

// write makes a new run.
func (s *Records) write(level int, fill func(*runWriter) error) error {
	to, err := s.spill()
	if err != nil {
		return spilled(err)
	}
	r := &run{spill: to, level: level}
	if err := fill(&runWriter{run: r, terms: &s.terms}); err != nil {
		return errors.Join(err, to.Close())
	}
	s.runs = append(s.runs, r)
	return nil
}

// drop closes the runs from the i-th on.
func (s *Records) drop(i int) error {
	var errs []error
	for _, r := range s.runs[i:] {
		errs = append(errs, r.spill.Close())
	}
	s.runs = s.runs[:i]
	if err := errors.Join(errs...); err != nil {
		return spilled(err)
	}
	return nil
}

// rewrite changes all records in a way that leaves their order alone.
func (s *Records) rewrite(change func(*Record)) {
	if s.err != nil || s.n == 0 {
		return
	}
	to := NewRecords(RecordsOptions{s.memory, s.spill})
	err := s.Each(func(r *Record) error {
		change(r)
		return to.Add(r)
	})
	if err != nil {
		s.err = errors.Join(err, to.Close())
		return
	}
	to.n = s.n
	if err := s.drop(0); err != nil {
		to.err = err
	}
	*s = *to
}

// spilled says of an error where it comes from.
func spilled(err error) error { return fmt.Errorf("records on disk: %w", err) }
