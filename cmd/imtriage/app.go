package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

// version is set by the linker for releases.
var version = ""

// An app is the program with its surroundings, so that tests can give it others.
type app struct {
	in    io.Reader
	out   *stdoutWriter
	err   io.Writer
	env   func(string) (string, bool)
	now   func() time.Time
	local *time.Location

	outTerm, errTerm bool // is it a terminal?
	width            int  // of the terminal, 0 if unknown
}

// Exit codes, a contract of the README.
const (
	exitClean      = 0
	exitGate       = 1 // the gate was reached, a test failed
	exitUsage      = 2 // usage, configuration, catalog, rules, unknown code, foreign partial
	exitIncomplete = 3 // a named input is missing, unreadable or damaged
	exitInterrupt  = 130
)

// An exitError ends the program with a code. Its message, if it has one, is shown with a hint.
type exitError struct {
	code int
	err  error
	hint string
}

func (e *exitError) Error() string {
	if e.err == nil {
		return "exit " + strconv.Itoa(e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usage makes an error of exit code 2; the hint may be "".
func usage(hint, format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// main runs the command line and returns the exit code. All errors are printed here.
func (a *app) main(ctx context.Context, args []string) int {
	root := a.root()
	parsed := false // cobra is done with the command line
	root.PersistentPreRun = func(*cobra.Command, []string) { parsed = true }
	root.SetArgs(a.dispatch(root, args))
	err := root.ExecuteContext(ctx)
	var exit *exitError
	switch {
	case err == nil, errors.Is(err, errReaderGone):
		return exitClean
	case errors.As(err, &exit):
		if exit.err != nil {
			a.complain(exit.err, exit.hint)
		}
		return exit.code
	}
	hint := ""
	if !parsed {
		hint = "run imtriage --help"
	}
	a.complain(err, hint)
	return exitUsage
}

// complain prints an error for people: every line of it, so that several faults of one file are
// all seen, stripped of what could harm a terminal.
func (a *app) complain(err error, hint string) {
	for line := range strings.SplitSeq(strings.TrimSpace(err.Error()), "\n") {
		fmt.Fprintf(a.err, "imtriage: error: %s\n", report.Sanitize(line))
	}
	if hint != "" {
		fmt.Fprintf(a.err, "imtriage: hint: %s\n", report.Sanitize(hint))
	}
}

// warn prints a line that is not an error.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintf(a.err, "imtriage: warning: %s\n", report.Sanitize(fmt.Sprintf(format, args...)))
}

// note tells something that is neither result nor trouble.
func (a *app) note(format string, args ...any) {
	fmt.Fprintf(a.err, "imtriage: note: %s\n", report.Sanitize(fmt.Sprintf(format, args...)))
}

// buildVersion names the program.
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// reportOptions are those of every report.
func reportOptions(l catalog.Lang) report.Options {
	return report.Options{Lang: l, Tool: report.Tool{Name: "imtriage", Version: buildVersion()}}
}

// style says how text for readers looks on standard output.
func (a *app) style() report.Style {
	s := report.Style{Width: a.width, Borders: a.outTerm, Color: a.outTerm, Zone: a.local}
	if v, ok := a.env("COLUMNS"); ok {
		if n, err := strconv.Atoi(v); err == nil && n > 0 {
			s.Width = n
		}
	}
	if v, _ := a.env("NO_COLOR"); v != "" {
		s.Color = false
	}
	if v, _ := a.env("TERM"); v == "dumb" {
		s.Color, s.Borders = false, false
	}
	if v, ok := a.env("CLICOLOR_FORCE"); ok && v != "0" {
		s.Color = true
	}
	return s
}
