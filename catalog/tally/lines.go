package tally

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// maxLine bounds a line of a partial, in bytes; the longest that a full code needs is shorter.
const maxLine = 8 << 20

// A lineWriter writes the lines of a partial, and their count and digest at the end.
type lineWriter struct {
	w     io.Writer
	buf   bytes.Buffer
	json  *json.Encoder
	sum   hash.Hash
	lines int
	err   error
}

func newLineWriter(w io.Writer) *lineWriter {
	l := &lineWriter{w: w, sum: sha256.New()}
	l.json = newEncoder(&l.buf)
	return l
}

// newEncoder returns the encoder whose bytes are the canonical ones.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func (l *lineWriter) write(v any) {
	if l.err != nil {
		return
	}
	l.buf.Reset()
	if l.err = l.json.Encode(v); l.err != nil {
		return
	}
	if l.buf.Len() > maxLine {
		l.err = fmt.Errorf("partial: line %d would have %d bytes, at most %d can be read back", l.lines+1, l.buf.Len(), maxLine)
		return
	}
	l.lines++
	l.sum.Write(l.buf.Bytes())
	_, l.err = l.w.Write(l.buf.Bytes())
}

func (l *lineWriter) end() error {
	l.write(endLine{l.lines, hex.EncodeToString(l.sum.Sum(nil))})
	return l.err
}

// A lineReader reads the lines of a partial. Whoever takes a line adds it to sum, unless it is
// the last one, which tells the sum.
type lineReader struct {
	r      *bufio.Reader
	line   []byte // the present one, with its end; valid until the next
	lines  int    // read so far
	failed bool   // r did, so nothing is known of the rest
	sum    hash.Hash
}

// next reads a line.
func (l *lineReader) next() error {
	l.line = l.line[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		if l.line = append(l.line, part...); len(l.line) > maxLine {
			return fmt.Errorf("partial, line %d: longer than %d bytes", l.lines+1, maxLine)
		}
		switch {
		case err == nil:
			l.lines++
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("partial is cut short after %d lines", l.lines)
		case !errors.Is(err, bufio.ErrBufferFull):
			l.failed = true
			return err
		}
	}
}

// last makes sure that nothing follows.
func (l *lineReader) last() error {
	switch _, err := l.r.ReadByte(); {
	case err == nil:
		return fmt.Errorf("partial, line %d: something follows the last line", l.lines)
	case !errors.Is(err, io.EOF):
		l.failed = true
		return err
	}
	return nil
}
