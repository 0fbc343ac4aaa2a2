package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/report"
)

// The forms in which results of tests are written.
var testFormats = []string{"text", "json", "junit"}

// testOutput says where the results of tests go.
type testOutput struct{ formats []string }

func (o *testOutput) flag(f *pflag.FlagSet) {
	f.StringArrayVarP(&o.formats, "format", "f", nil, "output `NAME[=FILE]`, may be repeated: "+strings.Join(testFormats, " ")+" (default text)")
}

// targets parses the formats. Where all go to files the text is shown besides: whoever has a report
// written for a machine still wants to see what failed.
func (o *testOutput) targets() (out []target, err error) {
	shown := false
	files := make(map[string]bool)
	for _, spec := range o.formats {
		one := oneFormat{spec: spec, names: testFormats}
		t, err := one.target()
		switch {
		case err != nil:
			return nil, err
		case t.file == "" && shown:
			return nil, usage("give all but one a file: -f junit=rules.xml", "several formats cannot share standard output")
		case t.file == "":
			shown = true
		case files[filepath.Clean(t.file)]:
			return nil, usage("", "two formats cannot share the file %s", t.file)
		default:
			files[filepath.Clean(t.file)] = true
		}
		out = append(out, t)
	}
	if !shown {
		out = append(out, target{name: "text"})
	}
	return out, nil
}

// writeTests writes the results in one form.
func writeTests(w io.Writer, format string, tests []ruleTest) error {
	switch format {
	case "json":
		return testsJSON(w, tests)
	case "junit":
		return testsJUnit(w, tests)
	}
	for i := range tests {
		t := &tests[i]
		if len(t.faults) == 0 {
			continue
		}
		if _, err := fmt.Fprintln(w, report.Sanitize(fmt.Sprintf("FAIL %s: %s: %s", t.file, t.name(), strings.Join(t.faults, "; ")))); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, summed(tests))
	return err
}

func testsJSON(w io.Writer, tests []ruleTest) error {
	type jsonTest struct {
		File   string   `json:"file"`
		Rule   string   `json:"rule"`
		Name   string   `json:"name"`
		Passed bool     `json:"passed"`
		Faults []string `json:"faults,omitempty"`
	}
	doc := struct {
		Schema string     `json:"schema"`
		Total  int        `json:"total"`
		Failed int        `json:"failed"`
		Tests  []jsonTest `json:"tests"`
	}{Schema: "imtriage.rules-test/1", Total: len(tests)}
	for i := range tests {
		t := &tests[i]
		if len(t.faults) > 0 {
			doc.Failed++
		}
		doc.Tests = append(doc.Tests, jsonTest{t.file, t.rule, t.test.Name, len(t.faults) == 0, t.faults})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

// testsJUnit writes a suite for each file and a case for each test. No durations are given: the same
// tests give the same bytes.
func testsJUnit(w io.Writer, tests []ruleTest) error {
	suites := junit.Testsuites{Name: "imtriage rules test"}
	for len(tests) > 0 {
		file := tests[0].file
		n := slices.IndexFunc(tests, func(t ruleTest) bool { return t.file != file })
		if n < 0 {
			n = len(tests)
		}
		suites.AddSuite(testSuite(len(suites.Suites), tests[:n]))
		tests = tests[n:]
	}
	if _, err := io.WriteString(w, xmlHead); err != nil {
		return err
	}
	return suites.WriteXML(w)
}

// testSuite makes the suite of one file. What a user wrote may hold what XML must not.
func testSuite(id int, tests []ruleTest) junit.Testsuite {
	file := report.Sanitize(tests[0].file)
	suite := junit.Testsuite{Name: file, File: file, ID: id, Time: "0"}
	for i := range tests {
		t := &tests[i]
		c := junit.Testcase{Classname: t.rule, Name: report.Sanitize(t.test.Name)}
		if len(t.faults) > 0 {
			var lines []string
			for _, fault := range t.faults {
				lines = append(lines, report.Sanitize(fault))
			}
			c.Failure = &junit.Result{Message: strings.Join(lines, "; "), Type: "want", Data: strings.Join(lines, "\n")}
		}
		suite.AddTestcase(c)
	}
	return suite
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
