package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// batch is the wiring of a batch run: sources → scanner → filter → tally, records and stream → rules →
// report.
func (a *app) batch(ctx context.Context, o *options, p *plan, paths []string) (err error) {
	var header tally.Header
	if p.partial() { // its digests take as long as a few megabytes of a log
		if header, err = p.header(o); err != nil {
			return err
		}
	}
	sources := p.inputs.Expand(paths)
	if err := p.filter.settle(ctx, sources); err != nil {
		return err
	}
	a.out.outlive(p)
	records := newRecords()
	defer func() { err = cmp.Or(err, records.Close()) }()
	counting := p.tallyOptions(o.samples)
	counting.Records = records
	t := tally.New(counting)
	sink := &batchSink{filter: p.filter, tally: t, recorder: newRecorder(p.rules, p.redactor)}
	progress, done := a.progress(o)
	scanErr, writeErr := a.streaming(p.targets, func(w io.Writer) error {
		defer done()
		if w != nil {
			sink.stream = report.NewNDJSON(w, p.redactor)
		}
		s := scanner.Scanner{Extractor: p.extractor, Jobs: o.jobs, SumOK: sink.sumsOK(), Progress: progress}
		return s.Scan(ctx, sources, sink)
	})
	interrupted := ctx.Err() != nil && errors.Is(scanErr, context.Canceled)
	if !interrupted {
		if err := cmp.Or(writeErr, scanErr); err != nil {
			return err
		}
	}
	err = a.conclude(o, p, t, header)
	if sink.left > 0 {
		a.note("filters left out %s", counted(sink.left, "finding"))
	}
	if interrupted {
		return interruption(writeErr, err)
	}
	return err
}

// streaming runs scan with the stream of the ndjson target, or with none. Trouble with the scan is
// no trouble with the file, which is kept: what it holds was found.
func (a *app) streaming(targets []target, scan func(io.Writer) error) (scanErr, writeErr error) {
	for _, t := range targets {
		if t.name == formatNDJSON {
			writeErr = a.write(t, func(w io.Writer) error {
				buf := bufio.NewWriterSize(w, 64<<10)
				scanErr = scan(buf)
				return buf.Flush()
			})
			return scanErr, writeErr
		}
	}
	return scan(nil), nil
}

// interruption is the error of an interrupted run, with what else went wrong. A mere exit code or
// a reader who left with us is not worth a word.
func interruption(others ...error) error {
	errs := []error{errors.New("interrupted: the report covers what was read until then")}
	for _, err := range others {
		exit, ok := errors.AsType[*exitError](err)
		if !errors.Is(err, errReaderGone) && (!ok || exit.err != nil) {
			errs = append(errs, err)
		}
	}
	return &exitError{code: exitInterrupt, err: errors.Join(errs...)}
}

// conclude writes the reports of a tally, under the header of a partial, and decides the exit code.
func (a *app) conclude(o *options, p *plan, t *tally.Tally, header tally.Header) error {
	sum := t.Summary()
	verdicts, err := a.judge(p, t, sum)
	if err != nil {
		return err
	}
	return a.report(o, p, t, sum, verdicts, header)
}

// report writes the reports of what was found and judged, and decides the exit code.
func (a *app) report(o *options, p *plan, t *tally.Tally, sum *tally.Summary, verdicts []rules.Verdict, header tally.Header) error {
	r := report.New(sum, verdicts, reportOptions(p.lang))
	if err := a.writeReports(p.targets, r, t, header, o.verbose); err != nil {
		return err
	}
	for _, in := range sum.Inputs {
		if !in.Complete {
			a.warn("%s: %s", in.Name, in.Problem)
		}
	}
	if gate := p.gate.Check(sum, verdicts); gate.Reached {
		a.warn("gate reached: %s", strings.Join(gate.Reasons, ", "))
		return &exitError{code: o.gateExit}
	}
	if r.Incomplete > 0 && !o.allowIncomplete {
		return &exitError{code: exitIncomplete}
	}
	return nil
}

// A batchSink counts what passes the filter, records what timed rules want of it, and streams it.
type batchSink struct {
	filter   *filter
	tally    *tally.Tally
	recorder *recorder      // nil: none
	stream   *report.NDJSON // nil: none
	left     int64          // findings that the filter left out
}

// sumsOK reports whether nothing looks at single results with code 0.
func (s *batchSink) sumsOK() bool {
	return s.filter.open && !s.recorder.listens(tally.MarkOK)
}

// Finding implements [scanner.Sink].
func (s *batchSink) Finding(f *tally.Finding) error {
	if !s.filter.finding(f) {
		s.left++
		return nil
	}
	s.tally.Finding(f)
	if r := s.recorder.finding(f); r != nil {
		if err := s.tally.Record(r); err != nil {
			return err
		}
	}
	if s.stream == nil {
		return nil
	}
	return s.stream.Finding(f)
}

// Mark implements [scanner.Sink].
func (s *batchSink) Mark(m *tally.Mark) error {
	if !s.filter.mark(m) {
		s.tally.Session(m)
		return nil
	}
	s.tally.Mark(m)
	if r := s.recorder.mark(m); r != nil {
		return s.tally.Record(r)
	}
	return nil
}

// Piece implements [scanner.Sink].
func (s *batchSink) Piece(p tally.Piece) error { return s.tally.Piece(p) }
