package xlog

import (
	"bytes"
	"errors"
	"io"
)

// maxClogRatio bounds how a .clog file may swell beyond maxText. Each line of one costs a flush, so logs stay far
// below.
const maxClogRatio = 200

// A ClogReader gives the text of a .clog file as LiteAV and the IM SDK for HarmonyOS write them: a single
// raw deflate stream that is flushed after each line, and not finished.
type ClogReader struct {
	stream inflateStream
	input  io.Reader
	buf    []byte
	text   []byte // in buf, to be read
	line   []byte // in buf behind text, the beginning of a line
	err    error
	report Report
}

// NewClogReader returns a reader of the text of r. Nothing is read before the first Read.
func NewClogReader(r io.Reader) *ClogReader {
	c := &ClogReader{input: r}
	c.stream.openReader(r)
	return c
}

// Read implements io.Reader. Of a damaged file it gives the whole lines before the damage. The error of the input
// comes behind all text that could be had.
func (c *ClogReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(c.text) == 0 {
		if c.err != nil {
			return 0, c.err
		}
		c.advance()
		c.report.TextBytes += int64(len(c.text))
		c.report.PayloadBytes = c.stream.position()
	}
	n := copy(p, c.text)
	c.text = c.text[n:]
	return n, nil
}

// Close implements io.Closer. There is nothing to be let go of.
func (c *ClogReader) Close() error { return nil }

// Report says what was read so far, as if the file were a single block.
func (c *ClogReader) Report() Report { return c.report.clone() }

// advance decodes on. The beginning of a line is held back as long as there is room for more of it: it is
// not text if the stream turns out to be damaged.
func (c *ClogReader) advance() {
	if c.buf == nil {
		c.buf = make([]byte, streamRoom)
		c.report.Blocks, c.report.Intact = 1, 1
	}
	held := copy(c.buf, c.line)
	n, err := c.stream.Read(c.buf[held:])
	text := c.buf[:held+n]
	c.text, c.line = text, nil
	switch {
	case err == nil:
		size := c.report.TextBytes + int64(len(text))
		if size > maxText && size > maxClogRatio*c.stream.position() {
			c.report.Stopped = 1
			c.fail(text)
			return
		}
		if cut := bytes.LastIndexByte(text, '\n') + 1; cut > 0 || len(text) < len(c.buf) {
			c.text, c.line = text[:cut], text[cut:]
		}
	case errors.Is(err, errCorrupt):
		c.fail(text)
	case errors.Is(err, io.ErrUnexpectedEOF):
		c.err = io.EOF
	case errors.Is(err, io.EOF):
		c.skip()
	default:
		c.err = err
	}
}

// fail ends a stream that is damaged, or not a log.
func (c *ClogReader) fail(text []byte) {
	c.text = savedLines(text)
	c.report.Intact, c.report.Broken = 0, 1
	c.report.FirstBroken = c.stream.position()
	c.report.SalvagedBytes = c.report.TextBytes + int64(len(c.text))
	c.skip()
}

// skip counts what lies behind the stream.
func (c *ClogReader) skip() {
	from := c.stream.position()
	rest := int64(len(c.stream.src)) + c.stream.base - from
	if c.stream.more != nil {
		n, err := io.Copy(io.Discard, c.input)
		rest += n
		c.err = err
	}
	if rest > 0 {
		c.report.skip(from, from+rest)
	}
	if c.err == nil {
		c.err = io.EOF
	}
}
