package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/scanner"
)

// spanFlags choose records by their time.
type spanFlags struct{ since, until, last string }

func (o *spanFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&o.since, "since", "", "only from this `time` on: 2026-06-01, 2026-06-01T10:00, RFC 3339, or 2h ago")
	f.StringVar(&o.until, "until", "", "only before this `time`")
	f.StringVar(&o.last, "last", "", "only this `span` before the newest record, such as 2h; reads the inputs twice")
}

func (o *spanFlags) none() bool { return *o == spanFlags{} }

// A timeSpan is what the flags mean, once [timeSpan.settle] has looked at the inputs.
type timeSpan struct {
	since, until time.Time // zero: no bound
	last         time.Duration
}

func (o *spanFlags) compile(now time.Time, zone *time.Location) (s timeSpan, err error) {
	if s.since, err = parseTime(o.since, now, zone); err != nil {
		return s, usage("", "--since: %v", err)
	}
	if s.until, err = parseTime(o.until, now, zone); err != nil {
		return s, usage("", "--until: %v", err)
	}
	if o.since != "" && o.until != "" && !s.since.Before(s.until) {
		return s, usage("", "--since %s is not before --until %s: nothing can pass", o.since, o.until)
	}
	if o.last == "" {
		return s, nil
	}
	if !span.MatchString(o.last) {
		return s, usage("", "--last: %q is not a span such as 90m, 2h or 3d", o.last)
	}
	if s.last, err = parseSpan(o.last); err != nil {
		return s, usage("", "--last: %v", err)
	}
	return s, nil
}

// settle finds out when the span before the newest record of the sources begins.
func (s *timeSpan) settle(ctx context.Context, sources []scanner.Source) error {
	if s.last == 0 {
		return nil
	}
	for _, src := range sources {
		if src.Name() == "-" {
			return usage("save it to a file, or use --since", "--last: standard input cannot be read twice")
		}
	}
	newest, err := scanner.Newest(ctx, sources)
	if err != nil {
		return &exitError{code: exitInterrupt, err: errors.New("interrupted: the newest record is not known yet")}
	}
	if newest.IsZero() {
		return nil
	}
	if from := newest.Add(-s.last); from.After(s.since) {
		s.since = from
	}
	return nil
}

// holds reports whether a record of that time counts; one that has none counts only without bounds.
func (s *timeSpan) holds(t time.Time) bool {
	switch {
	case s.since.IsZero() && s.until.IsZero():
		return true
	case t.IsZero():
		return false
	}
	return !t.Before(s.since) && (s.until.IsZero() || t.Before(s.until))
}
