package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/imtriage/imtriage/report"
)

// A plainText writes what strangers wrote: byte for byte, but to a terminal only what shows there.
type plainText struct {
	w    io.Writer
	term bool
	rest []byte // of a line that is not whole yet
}

// maxShown bounds the part of a line that waits for its end, in bytes.
const maxShown = 64 << 10

// Write implements [io.Writer].
func (t *plainText) Write(b []byte) (int, error) {
	if !t.term {
		return t.w.Write(b)
	}
	t.rest = append(t.rest, b...)
	lines := bytes.LastIndexByte(t.rest, '\n') + 1
	if lines == 0 && len(t.rest) < maxShown {
		return len(b), nil
	}
	if lines == 0 {
		lines = len(t.rest)
	}
	err := t.show(string(t.rest[:lines]))
	t.rest = t.rest[:copy(t.rest, t.rest[lines:])]
	return len(b), err
}

// Flush shows a last line that has no end.
func (t *plainText) Flush() error {
	err := t.show(string(t.rest))
	t.rest = t.rest[:0]
	return err
}

func (t *plainText) show(text string) error {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		b.WriteString(report.Sanitize(strings.ReplaceAll(body, "\t", "        ")))
		b.WriteString(line[len(body):])
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}
