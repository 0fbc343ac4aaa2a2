package main

import (
	"bytes"
	"errors"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// grant does what signals asked for.
func (w *watch) grant() {
	if w.reloadAsked.Swap(false) {
		if err := w.reload(); err != nil {
			w.app.complain(err, "everything goes on as it was")
		}
	}
	if w.reportAsked.Swap(false) {
		sum := w.summary()
		r := report.New(sum, w.verdicts(sum), reportOptions(w.plan.lang))
		w.fail(w.app.writeReports(w.plan.targets, r, w.tally, w.header, w.o.verbose))
	}
}

// restoredEngine goes on with an engine; under other rules it begins anew.
func (w *watch) restoredEngine(state []byte, notify func(rules.Transition)) (*rules.Engine, error) {
	o := rules.EngineOptions{Lateness: lateness, Notify: notify}
	e, err := rules.RestoreEngine(w.plan.rules, o, state)
	if errors.Is(err, rules.ErrOtherRules) {
		if notify != nil {
			w.app.note("the rules have changed: those that look at times begin anew")
		}
		return rules.NewEngine(w.plan.rules, o), nil
	}
	return e, err
}

// reload reads catalog, rules, extractors and configuration again and keeps what was counted. Files that are
// being read keep their extractors; rules that look at times go on if none has changed.
func (w *watch) reload() error {
	p, err := w.app.plan(&w.o.options)
	if err != nil {
		return err
	}
	header, err := p.header(&w.o.options)
	if err != nil {
		return err
	}
	w.tellPieces()
	var b bytes.Buffer
	if err := w.tally.Encode(&b, header); err != nil {
		return err
	}
	t, _, err := tally.Decode(&b, p.tallyOptions(w.o.samples))
	if err != nil {
		return err
	}
	judge, err := w.judge.State()
	if err != nil {
		return err
	}
	teller, err := w.teller.State()
	if err != nil {
		return err
	}
	was := w.header
	w.plan, w.header, w.tally, w.fresh = p, header, t, true
	w.closeSegment(was) // the next one is counted by others
	if w.judge, err = w.restoredEngine(judge, nil); err != nil {
		return err
	}
	if w.teller, err = w.restoredEngine(teller, w.turn); err != nil {
		return err
	}
	w.recorder, w.maker = newRecorder(p.rules, p.redactor), alert.NewMaker(p.catalog)
	w.scanner = &scanner.Scanner{Extractor: p.extractor}
	w.live.Reload(p.catalog, p.rules)
	w.app.note("catalog, rules and extractors were read again")
	return nil
}
