package main

import (
	"errors"
	"io"
	"slices"
	"syscall"
)

// errReaderGone is the error of a write to standard output when nobody reads it any more, as
// head does after ten lines. A command that has nothing else to do then ends, cleanly.
var errReaderGone = errors.New("standard output: the reader is gone")

// A stdoutWriter is standard output. It tells a reader who goes away from trouble with a file, which may
// be a pipe too.
type stdoutWriter struct {
	w    io.Writer
	gone bool // the reader is
	goOn bool // writes then go nowhere instead of failing
}

// Write implements [io.Writer].
func (s *stdoutWriter) Write(b []byte) (int, error) {
	if !s.gone {
		n, err := s.w.Write(b)
		if !errors.Is(err, syscall.EPIPE) {
			return n, err
		}
		s.gone = true
	}
	if s.goOn {
		return len(b), nil
	}
	return 0, errReaderGone
}

// outlive makes a run go on without its reader if it has files to write or a gate to decide.
func (s *stdoutWriter) outlive(p *plan) {
	s.goOn = len(p.gate.On) > 0 || slices.ContainsFunc(p.targets, func(t target) bool { return t.file != "" })
}
