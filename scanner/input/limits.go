package input

import (
	"fmt"
	"io"
)

// Limits bound what an input may unfold to. Zero fields take the defaults.
type Limits struct {
	Depth   int   // containers in each other, compressors included
	Ratio   int64 // decoded bytes for each compressed one, of a stream that gave more than 16 MiB
	Bytes   int64 // decoded from one input, with what its archives are spooled to
	Members int   // members of all archives of one input
}

// The defaults of [Limits].
const (
	DefaultDepth   = 8
	DefaultRatio   = 1000 // of logs 10 to 50 is common, deflate ends at 1032
	DefaultBytes   = 1 << 40
	DefaultMembers = 1_000_000
)

const (
	// freeBytes is what a stream may give whatever it is made of.
	freeBytes = 16 << 20
	// freeTotal is what an input may give so: archives in archives multiply without any stream being suspicious.
	freeTotal = 1 << 30
)

func (l Limits) orDefaults() Limits {
	if l.Depth == 0 {
		l.Depth = DefaultDepth
	}
	if l.Ratio == 0 {
		l.Ratio = DefaultRatio
	}
	if l.Bytes == 0 {
		l.Bytes = DefaultBytes
	}
	if l.Members == 0 {
		l.Members = DefaultMembers
	}
	return l
}

// damage is an error that tells people what is wrong with the bytes. The innermost one is passed on by
// everything that reads through it.
type damage struct{ text string }

func (e *damage) Error() string { return e.text }

func damaged(format string, args ...any) error { return &damage{fmt.Sprintf(format, args...)} }

// A meter counts what the decompressors of an input gave, of all streams in each other.
type meter struct {
	limits  Limits
	decoded int64
	size    func() int64 // of the input, as far as it was read
	over    error        // ends the whole input
}

// spend counts the cost of n bytes, and returns how many of them are within the limits, with an error if that
// are not all.
func (m *meter) spend(n int, cost int64) (int, error) {
	before := m.decoded
	m.decoded += cost
	switch {
	case m.decoded > m.limits.Bytes:
		m.decoded = m.limits.Bytes + 1
		m.over = damaged("stopped after %d decoded bytes, raise --max-bytes to read on", m.limits.Bytes)
		n = int(min(int64(n), max(0, m.limits.Bytes-before)))
	case m.decoded > freeTotal && m.decoded/m.limits.Ratio > m.size():
		m.over = m.errRatio(m.decoded)
	}
	return n, m.over
}

func (m *meter) errRatio(decoded int64) error {
	return damaged("more than %d times its compressed size, as a bomb is: stopped after %d decoded bytes, raise --max-ratio to read on", m.limits.Ratio, decoded)
}

// A layer is a decompressor at work, held to the limits.
type layer struct {
	kind  string
	dec   io.Reader
	took  func() int64 // compressed bytes so far
	meter *meter
	out   int64
	err   error // sticky: what lies above may ask again
}

// Read implements io.Reader. An error beside io.EOF is a *damage, or one of the context.
func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.dec.Read(p)
	if err != nil {
		l.err = explain(l.kind, l.out+int64(n), err)
	}
	n, err = l.meter.spend(n, int64(n))
	l.out += int64(n)
	switch {
	case err != nil:
		l.err = err
	case l.out > freeBytes && l.out/l.meter.limits.Ratio > l.took():
		l.err = l.meter.errRatio(l.out)
	}
	return n, l.err
}
