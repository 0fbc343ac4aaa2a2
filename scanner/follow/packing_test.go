package follow

import (
	"compress/gzip"
	"os"
	"testing"
	"time"
)

// packing leaves a file half packed, as it is while a large one is packed.
func (r *rig) packing(name string) {
	r.Helper()
	text, err := os.ReadFile(r.path(name))
	r.ok(err)
	w := r.open(name+".gz", os.O_TRUNC)
	z := gzip.NewWriter(w)
	_, err = z.Write(text[:len(text)/2])
	r.ok(err)
	r.ok(z.Flush())
}

// What is packed while a run begins, or was packed after it was read to its end, is not read twice.
func TestResumeWhilePacked(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(r *rig)
	}{
		{"known being packed", func(r *rig) {
			r.append("app.log", r.lines(100))
			shift(r)
			r.packing("app.log.1")
			r.append("app.log", r.lines(10))
		}},
		{"unknown being packed", func(r *rig) {
			r.append("app.log", r.lines(100))
			shift(r)
			r.append("app.log", r.lines(100))
			shift(r)
			r.packing("app.log.1")
			r.append("app.log", r.lines(10))
		}},
		{"done packed, time not kept", func(r *rig) {
			r.pack("app.log.1", ".gz")
			r.ok(os.Chtimes(r.path("app.log.1.gz"), time.Now(), time.Now().Add(time.Hour)))
			r.rename("app.log.1.gz", "app.log.2.gz")
			r.append("app.log", r.lines(10))
			r.rename("app.log", "app.log.1")
			r.append("app.log", r.lines(10))
		}},
		{"done being packed", func(r *rig) {
			r.rename("app.log.1", "app.log.2")
			r.packing("app.log.2")
			r.append("app.log", r.lines(10))
			r.rename("app.log", "app.log.1")
			r.append("app.log", r.lines(10))
		}},
	} {
		for _, held := range []int{0, 3} {
			t.Run(tc.name, func(t *testing.T) {
				r := newRig(t, Options{NoTail: true}, "app.log")
				r.pass(time.Second)
				r.append("app.log", r.lines(300))
				r.pass(3 * time.Second)
				shift(r)
				r.append("app.log", r.lines(300))
				r.pass(10 * time.Second)
				r.restartHolding(held, func() { tc.do(r) })
				r.pass(time.Second)
				r.append("app.log", r.lines(10))
				r.pass(grace)
				r.check(false)
			})
		}
	}
}
