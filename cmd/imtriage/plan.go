package main

import (
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/gate"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// A plan is what the options mean: everything parsed, loaded and checked before the first input
// is opened.
type plan struct {
	lang      catalog.Lang
	catalog   *catalog.Catalog
	rules     *rules.Set
	ownRules  bool // some of them are the user's
	extractor *scanner.Extractor
	redactor  *redact.Redactor
	filter    *filter
	gate      *gate.Gate
	targets   []target
	zone      *time.Location
	inputs    scanner.Inputs
	foreign   bool // the records were made by other rules and say nothing to these
}

func (a *app) plan(o *options) (p *plan, err error) {
	var extractorErr error
	p = &plan{}
	if p.lang, err = o.language(); err != nil {
		return nil, err
	}
	if p.targets, err = o.targets(); err != nil {
		return nil, err
	}
	if p.inputs, err = o.inputFlags.compile(a); err != nil {
		return nil, err
	}
	p.zone = p.inputs.Zone
	if o.progress != "auto" && o.progress != "always" && o.progress != "never" {
		return nil, usage("", "--progress: %q is not auto, always or never", o.progress)
	}
	if o.jobs < 0 {
		return nil, usage("", "--jobs: %d is negative", o.jobs)
	}
	if o.samples < 0 {
		return nil, usage("", "--samples: %d is negative", o.samples)
	}
	p.inputs.Jobs = o.jobs
	if p.redactor, err = o.redactFlags.compile(); err != nil {
		return nil, err
	}
	if p.gate, err = o.gateFlags.compile(); err != nil {
		return nil, err
	}
	if p.catalog, err = o.loadCatalog(); err != nil {
		return nil, err
	}
	extractor := meanwhile(func() (*scanner.Extractor, error) { return o.loadExtractor(p.catalog) })
	p.rules, err = o.loadRules(p.catalog)
	p.extractor, extractorErr = extractor()
	if err != nil {
		return nil, err
	}
	p.rules = p.rules.At(p.inputs.Now)
	p.ownRules = len(o.rules) > 0
	if err := knownVerdicts(p.gate, p.rules); err != nil {
		return nil, err
	}
	if extractorErr != nil {
		return nil, extractorErr
	}
	p.filter, err = o.filterFlags.compile(p.catalog, p.inputs.Now, p.zone)
	return p, err
}

// meanwhile begins f, and returns what waits for its end.
func meanwhile[T any](f func() (T, error)) func() (T, error) {
	var (
		v    T
		err  error
		done = make(chan struct{})
	)
	go func() {
		defer close(done)
		v, err = f()
	}()
	return func() (T, error) {
		<-done
		return v, err
	}
}

// partial reports whether a partial is to be written.
func (p *plan) partial() bool {
	return slices.ContainsFunc(p.targets, func(t target) bool { return t.name == formatPartial })
}

// tallyOptions are those of every tally of the run.
func (p *plan) tallyOptions(samples int) tally.Options {
	if samples == 0 {
		samples = -1 // none was asked for; 0 would be the default
	}
	return tally.Options{Catalog: p.catalog, Samples: samples, Redactor: p.redactor}
}
