package input

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// maxSpoolMemory is how much of what must be read in any order a walk keeps in memory, in bytes.
const maxSpoolMemory = 16 << 20

// spool reads an archive to its end and puts it where it can be read in any order: small ones in memory, others in
// a file without a name. Damage of what it comes in is damage of the archive. The error is that of the context.
func (w *walker) spool(a *archive) (done func(), err error) {
	var mem bytes.Buffer
	n, err := io.Copy(&mem, io.LimitReader(a.Reader, w.memory+1))
	if n <= w.memory || err != nil {
		w.memory -= n
		a.stream = stream{at: bytes.NewReader(mem.Bytes()), size: n}
		return func() { w.memory += n }, w.spooled(a, err)
	}
	f, err := os.CreateTemp("", "imtriage-")
	if err != nil {
		a.stream = stream{at: bytes.NewReader(mem.Bytes()), size: n}
		return func() {}, w.spooled(a, err)
	}
	// Without a name it goes with the process, however that ends. Where a file in use keeps its name, done takes it.
	left := os.Remove(f.Name())
	done = func() {
		f.Close()
		if left != nil {
			_ = os.Remove(f.Name())
		}
	}
	room := w.meter.limits.Bytes
	size, err := io.Copy(f, io.LimitReader(io.MultiReader(&mem, a.Reader), room+1))
	if err == nil && size > room {
		err = damaged("stopped after %d bytes were spooled, raise --max-bytes to read on", room)
	}
	a.stream = stream{at: f, size: size}
	return done, w.spooled(a, err)
}

// spooled takes note of what stopped a copy.
func (w *walker) spooled(a *archive, err error) error {
	if stop := w.ctx.Err(); stop != nil {
		return stop
	}
	if _, told := errors.AsType[*damage](err); err != nil && !told {
		err = damaged("the archive cannot be spooled: %s", reason(err))
	}
	if err != nil {
		a.health.fail(err.Error())
	}
	return nil
}
