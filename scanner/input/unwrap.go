package input

import (
	"bufio"
	"errors"
	"io"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// unwrap takes the envelope off that carried a text.
func (o *opened) unwrap() {
	b, ok := o.Reader.(*bufio.Reader)
	if !ok {
		b = o.buffer(o.Reader)
		o.Reader = b
	}
	head, err := b.Peek(sniffLen)
	f := envelope.Detect(head, errors.Is(err, io.EOF))
	if f == envelope.None {
		return
	}
	if f != envelope.NewestFirst {
		o.health.Envelope = f.String()
	}
	u := &unwrapped{envelope: envelope.NewReader(f, b), health: &o.health}
	o.Reader, o.beside = u, u.carriers
}

// An unwrapped reader gives the text that an envelope carried.
type unwrapped struct {
	envelope *envelope.Reader
	health   *Health
	told     []envelope.Carrier
	ended    bool
}

// Read implements io.Reader.
func (u *unwrapped) Read(p []byte) (int, error) {
	n, err := u.envelope.Read(p)
	if err != nil && !u.ended {
		u.ended = true
		u.health.report(u.envelope.Report())
	}
	return n, err
}

// carriers implements the type of that name.
func (u *unwrapped) carriers(dst []Carrier) []Carrier {
	u.told = u.envelope.Carriers(u.told[:0])
	for _, c := range u.told {
		dst = append(dst, Carrier{Off: c.Off, Time: c.Time, Host: c.Host, Stamp: c.Stamp})
	}
	return dst
}
