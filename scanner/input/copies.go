package input

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// MayCopy reports whether two names are those of a file and of its packed copy, such as app.log.1 and app.log.1.gz.
func MayCopy(name, other string) bool {
	return name != other && unpackedName(name) == unpackedName(other)
}

// Copies reports whether the text of a part is that of another one, or the beginning of it if the part is damaged: who
// is stopped while packing a file leaves both.
func Copies(ctx context.Context, p, of Part, o Options) bool {
	w := newWalker(ctx, o, nil)
	theirs, closeTheirs, err := w.textOf(&of)
	if err != nil {
		return false
	}
	defer closeTheirs()
	ours, closeOurs, err := w.textOf(&p)
	if err != nil {
		return false
	}
	defer closeOurs()
	a, b := make([]byte, sniffLen), make([]byte, sniffLen)
	for some := false; ; some = true {
		n, err := io.ReadFull(ours, a)
		if m, _ := io.ReadFull(theirs, b[:n]); m < n || !bytes.Equal(a[:n], b[:n]) {
			return false
		}
		switch {
		case err == nil:
			continue
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			more, _ := io.ReadFull(theirs, b[:1])
			return more == 0
		}
		return some || n > 0
	}
}

// textOf returns the text of a part; of an archive there is none, which is an [*UnreadableError].
func (w *walker) textOf(p *Part) (io.Reader, func(), error) {
	s, done, err := w.part(p)
	if err != nil {
		return nil, nil, err
	}
	o, err := w.opener(p.Name).open(s, 0)
	if err != nil {
		done()
		return nil, nil, err
	}
	leave := func() {
		o.close()
		done()
	}
	if o.archive != nil {
		leave()
		return nil, nil, &UnreadableError{Kind: o.archive.name}
	}
	return o.Reader, leave, nil
}
