package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
)

// output says in which forms a result is written, and where.
type output struct {
	formats []string // NAME or NAME=FILE
	lang    string
	verbose bool
}

func (o *output) flags(f *pflag.FlagSet, lang string) {
	f.StringArrayVarP(&o.formats, "format", "f", nil, "output `NAME[=FILE]`, may be repeated: "+strings.Join(formatNames(), " ")+" (default table)")
	o.langFlag(f, lang)
	f.BoolVarP(&o.verbose, "verbose", "v", false, "show every code with its meaning and fix")
}

func (o *output) langFlag(f *pflag.FlagSet, lang string) {
	f.StringVar(&o.lang, "lang", lang, "language of texts: en or zh")
}

// The streams are written as findings come or as a whole state, so they are no report formats.
const (
	formatNDJSON  = "ndjson"
	formatPartial = "partial"
)

func formatNames() (names []string) {
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return append(names, formatNDJSON, formatPartial)
}

// language returns the language of texts.
func (o *output) language() (catalog.Lang, error) {
	var l catalog.Lang
	if err := l.UnmarshalText([]byte(o.lang)); err != nil {
		return "", usage("", "%v", err)
	}
	return l, nil
}

// A target is one output: a format and where it goes.
type target struct {
	name   string
	format report.Format // zero for the streams
	file   string        // "" for standard output
}

// targets parses the formats, files first. Only one may go to standard output, only one may be
// written as findings come, and no two go to one file.
func (o *output) targets() (out []target, err error) {
	specs := o.formats
	if len(specs) == 0 {
		specs = []string{"table"}
	}
	onStdout, streams := 0, 0
	files := map[string]bool{}
	for _, s := range specs {
		name, file, hasFile := strings.Cut(s, "=")
		t := target{name: name, file: file}
		if hasFile && file == "" {
			return nil, usage("", "format %q: the file name is missing", s)
		}
		if name != formatNDJSON && name != formatPartial {
			if t.format, err = report.Find(name); err != nil {
				return nil, usage(didYouMean(name, formatNames()), "unknown format %q", name)
			}
		}
		if file == "" {
			onStdout++
		} else if path, err := filepath.Abs(file); err != nil {
			return nil, usage("", "format %q: %v", s, err)
		} else if files[path] {
			return nil, usage("", "two formats cannot share the file %s", file)
		} else {
			files[path] = true
		}
		if name == formatNDJSON {
			streams++
		}
		out = append(out, t)
	}
	if streams > 1 {
		return nil, usage("write it once and copy it", "ndjson is written as findings come, and only to one place")
	}
	// What a reader of standard output does is no matter for files.
	slices.SortStableFunc(out, func(a, b target) int { return cmp.Compare(onlyStdout(a), onlyStdout(b)) })
	if onStdout > 1 {
		return nil, usage("give all but one a file: -f json=report.json", "%d formats cannot share standard output", onStdout)
	}
	return out, nil
}

func onlyStdout(t target) int {
	if t.file == "" {
		return 1
	}
	return 0
}

// write hands write the target's stream. A file appears only when it is complete.
func (a *app) write(t target, write func(io.Writer) error) error {
	if t.file == "" {
		return write(a.out)
	}
	if err := replaceFile(t.file, 0o644, write); err != nil {
		return fmt.Errorf("write %s: %w", t.file, reason(err))
	}
	return nil
}

// replaceFile writes a file beside its place and moves it there when it is whole. What is no regular
// file, such as /dev/stderr, is written to directly.
func replaceFile(name string, mode os.FileMode, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = errors.Join(write(f), f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(name)); err == nil { // or a crash of the machine may undo it
		_ = dir.Sync() // not every file system can
		dir.Close()
	}
	return nil
}

// reason takes the name of a temporary file out of an error.
func reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// writeReports writes every target that is made from the whole result.
func (a *app) writeReports(targets []target, r *report.Report, t *tally.Tally, header tally.Header, verbose bool) error {
	style := a.style()
	style.Verbose = verbose
	for _, target := range targets {
		err := error(nil)
		switch target.name {
		case formatNDJSON:
		case formatPartial:
			err = a.write(target, func(w io.Writer) error { return t.Encode(w, header) })
		default:
			s := style
			if target.file != "" {
				s.Color, s.Borders = false, false
			}
			err = a.write(target, func(w io.Writer) error { return target.format.Write(w, r, s) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}
