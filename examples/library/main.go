// Command library prints a Markdown report of the logs named on the command line.
package main

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// counter is a scanner.Sink that counts.
type counter struct{ *tally.Tally }

func (c counter) Finding(f *tally.Finding) error { c.Tally.Finding(f); return nil }
func (c counter) Mark(m *tally.Mark) error       { c.Tally.Mark(m); return nil }

// must ends the program on an error.
func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func main() {
	redactor := must(redact.New(redact.Options{}))
	t := tally.New(tally.Options{Redactor: redactor})
	sources := scanner.Inputs{Now: time.Now()}.Expand(os.Args[1:])
	s := scanner.Scanner{Extractor: must(scanner.NewExtractor(catalog.Builtin()))}
	if err := s.Scan(context.Background(), sources, counter{t}); err != nil {
		log.Fatal(err)
	}
	sum := t.Summary()
	r := report.New(sum, rules.Builtin().Evaluate(sum, nil), report.Options{Lang: catalog.EN})
	if err := must(report.Find("markdown")).Write(os.Stdout, r, report.Style{}); err != nil {
		log.Fatal(err)
	}
}
