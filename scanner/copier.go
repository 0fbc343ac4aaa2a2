package scanner

import (
	"bytes"
	"io"
	"time"
)

// A Copier is a Receiver that writes the decoded text of inputs, one after the other: as it is, or the records of a span
// of time. A record without a time of its own has that of the one above it; where there is none either, it is left out
// of a span. The first error of the writer is that of Block.
type Copier struct {
	W            io.Writer
	Since, Until time.Time // zero: no bound; Until itself is left out
	// OfEnd, if set, is told how each input ended, unless that was for W.
	OfEnd func(Input, Health)

	in     *Input
	within bool // the last line was
	failed bool // W did
}

// Begin implements [Receiver].
func (c *Copier) Begin(in Input) { c.in, c.within = &in, false }

// Block implements [Receiver].
func (c *Copier) Block(b *Block) error {
	if b.Free != nil {
		defer b.Free()
	}
	if c.Since.IsZero() && c.Until.IsZero() {
		return c.write(b.Buf[b.From:b.To])
	}
	times := newClock(c.in, b.Buf, carried{list: b.Carriers, base: b.Off})
	text := b.Buf[:b.To]
	from := b.From // of the lines that are within, to be written at once
	for pos := b.From; pos < b.To; {
		next := lineAfter(text, pos)
		if c.within = c.of(&times, b, pos, next); !c.within {
			if err := c.write(text[from:pos]); err != nil {
				return err
			}
			from = next
		}
		pos = next
	}
	return c.write(text[from:])
}

func (c *Copier) write(b []byte) error {
	_, err := c.W.Write(b)
	c.failed = err != nil
	return err
}

// lineAfter returns where the line behind the one at pos begins.
func lineAfter(buf []byte, pos int) int {
	if i := bytes.IndexByte(buf[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(buf)
}

// of reports whether the line buf[lo:hi] is within the span.
func (c *Copier) of(times *clock, b *Block, lo, hi int) bool {
	if lo > 0 && b.Buf[lo-1] != '\n' {
		return c.within // the line goes on from the block before
	}
	s, ok := findStamp(b.Buf[lo:hi])
	if !ok && len(b.Carriers) == 0 {
		return c.within
	}
	t, _ := times.when(lo, lo, s, ok)
	return !t.IsZero() && !t.Before(c.Since) && (c.Until.IsZero() || t.Before(c.Until))
}

// End implements [Receiver].
func (c *Copier) End(h Health) {
	if c.OfEnd != nil && !c.failed {
		c.OfEnd(*c.in, h)
	}
}
