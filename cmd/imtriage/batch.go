package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
)

// batch is the wiring of a batch run: sources → scanner → filter → tally and stream → report.
func (a *app) batch(ctx context.Context, o *options, paths []string) error {
	p, err := a.plan(o)
	if err != nil {
		return err
	}
	t := tally.New(p.tallyOptions(o.samples))
	sink := &batchSink{filter: p.filter, tally: t}
	scan := func(w io.Writer) error {
		if w != nil {
			sink.stream = report.NewNDJSON(w, p.redactor)
		}
		s := scanner.Scanner{Extractor: p.extractor, Jobs: o.jobs, Progress: a.progress(o)}
		return s.Scan(ctx, p.inputs.Expand(paths), sink)
	}
	err = a.streaming(p.targets, scan)
	interrupted := ctx.Err() != nil && errors.Is(err, context.Canceled)
	if err != nil && !interrupted {
		return err
	}
	if err := a.conclude(o, p, t, p.header(o)); err != nil && !interrupted {
		return err
	}
	if interrupted {
		return &exitError{code: exitInterrupt, err: errors.New("interrupted: the report covers what was read until then")}
	}
	return nil
}

// streaming runs scan with the stream of the ndjson target, or with none.
func (a *app) streaming(targets []target, scan func(io.Writer) error) error {
	for _, t := range targets {
		if t.name == formatNDJSON {
			return a.write(t, func(w io.Writer) error {
				buf := bufio.NewWriterSize(w, 64<<10)
				return errors.Join(scan(buf), buf.Flush())
			})
		}
	}
	return scan(nil)
}

// conclude writes the reports of a tally, under the header of a partial, and decides the exit code.
func (a *app) conclude(o *options, p *plan, t *tally.Tally, header tally.Header) error {
	sum := t.Summary()
	verdicts := p.rules.Evaluate(sum)
	r := report.New(sum, verdicts, report.Options{Lang: p.lang, Tool: report.Tool{Name: "imtriage", Version: buildVersion()}})
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

// A batchSink counts what passes the filter and streams it.
type batchSink struct {
	filter *filter
	tally  *tally.Tally
	stream *report.NDJSON // nil: none
}

// Finding implements [scanner.Sink].
func (s *batchSink) Finding(f *tally.Finding) error {
	if !s.filter.finding(f) {
		return nil
	}
	s.tally.Finding(f)
	if s.stream == nil {
		return nil
	}
	return s.stream.Finding(f)
}

// Mark implements [scanner.Sink].
func (s *batchSink) Mark(m *tally.Mark) error {
	if s.filter.mark(m) {
		s.tally.Mark(m)
	}
	return nil
}

// Piece implements [scanner.Sink].
func (s *batchSink) Piece(p tally.Piece) error { return s.tally.Piece(p) }
