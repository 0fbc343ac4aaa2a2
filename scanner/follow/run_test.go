package follow

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// A runner is a follower that runs by the real clock; lines come through a channel.
type runner struct {
	*rig
	lines  chan string
	pieces chan Piece
	stop   context.CancelFunc
	done   chan error
}

func run(t *testing.T, o Options, paths ...string) *runner {
	t.Helper()
	r := &runner{rig: newRig(t, o, paths...), lines: make(chan string, 1<<16), pieces: make(chan Piece, 1<<10), done: make(chan error, 1)}
	r.o.Now = time.Now
	r.start()
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() {
		r.done <- r.f.Run(ctx, func(p Piece) {
			r.take(p)
			for _, l := range r.got {
				r.lines <- l
			}
			r.got = r.got[:0]
			if p.End != "" {
				r.pieces <- p
			}
		})
	}()
	return r
}

// await waits until n lines came, or fails when the test's time is over.
func (r *runner) await(n int) {
	r.Helper()
	for range n {
		select {
		case l := <-r.lines:
			r.came(l)
		case <-time.After(30 * time.Second):
			r.Fatalf("waited 30 s for a line; status: %+v", r.f.Status())
		}
	}
}

var errOrder = errors.New("")

func (r *runner) came(l string) {
	r.Helper()
	if len(r.want) == 0 || r.want[0] != l {
		r.Fatalf("%.40q came, %.40q was written%v", l, r.want[:min(1, len(r.want))], errOrder)
	}
	r.want = r.want[1:]
}

func (r *runner) end() {
	r.Helper()
	r.stop()
	if err := <-r.done; err != nil {
		r.Error(err)
	}
	for len(r.lines) > 0 {
		r.came(<-r.lines)
	}
	if len(r.want) > 0 {
		r.Errorf("%d lines did not come, the first is %.40q", len(r.want), r.want[0])
	}
}

func statMayFailAt(t *testing.T, path string) bool {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return statMayFail(f)
}

// At the end of Run everything complete was handed out, and half a line is kept for the next run.
func TestStop(t *testing.T) {
	r := run(t, Options{FromStart: true}, "app.log")
	r.append("app.log", r.rig.lines(1))
	r.await(1)
	r.append("app.log", r.rig.lines(3000)+"half")
	shift(r.rig)
	r.want = append(r.want, "half")
	r.append("app.log", r.rig.lines(500)+"more than")
	r.end()
	positions := r.f.Positions(nil)
	last := positions[len(positions)-1]
	info, err := os.Stat(r.path("app.log"))
	r.ok(err)
	if want := info.Size() - int64(len("more than")); last.Offset() != want || last.Path() != r.path("app.log") {
		t.Errorf("the last position is at %d of %s, want %d", last.Offset(), last.Path(), want)
	}
}

func TestTickSeesWhatWasHandedOut(t *testing.T) {
	var f *Follower
	var handed int64
	ticks := 0
	o := Options{NoTail: true, FromStart: true}
	o.Tick = func() {
		ticks++
		for _, p := range f.Positions(nil) {
			if p.w.Kind == kindFile && p.Offset() != handed {
				t.Errorf("the position is %d, %d bytes were handed out", p.Offset(), handed)
			}
		}
	}
	r := newRig(t, o, "app.log")
	r.o.Now = time.Now
	r.start()
	f = r.f
	text := strings.Repeat("a line of a log\n", 1<<20)
	r.append("app.log", text)
	ctx, stop := context.WithCancel(t.Context())
	err := f.Run(ctx, func(p Piece) {
		handed += int64(len(p.Data))
		if p.Position.Offset() != handed {
			t.Errorf("the position of a piece is %d, %d bytes were handed out", p.Position.Offset(), handed)
		}
		if handed == int64(len(text)) {
			stop()
		}
	})
	if err != nil || ticks < 3 {
		t.Errorf("%d ticks while 16 MiB were read, error %v", ticks, err)
	}
}

func TestPipe(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, tc := range []struct{ name, text, want string }{
		{"lines", "one\ntwo\n", "one\ntwo\n"},
		{"the last line is open", "one\ntwo", "one\ntwo\n"},
		{"a long line", "one\n" + long + "\ntwo\n", "one\n" + long + "\ntwo\n"},
		{"nothing", "", ""},
		{"UTF-16", "\xff\xfea\x00\n\x00\x0a\x01b\x00", "\xff\xfea\x00\n\x00\x0a\x01b\x00\n\x00"},
	} {
		for _, bytewise := range []bool{false, true} {
			t.Run(fmt.Sprint(tc.name, bytewise), func(t *testing.T) {
				var in io.Reader = strings.NewReader(tc.text)
				if bytewise {
					in = &slowly{tc.text}
				}
				f, err := New(Options{Paths: []string{"-"}, Stdin: in, Now: time.Now, LineCap: 1000})
				if err != nil {
					t.Fatal(err)
				}
				var got bytes.Buffer
				var end Ending
				if err := f.Run(t.Context(), func(p Piece) { got.Write(p.Data); end = p.End }); err != nil {
					t.Fatal(err)
				}
				if got.String() != tc.want || end != Closed {
					t.Errorf("got %.80q, %q, want %.80q", got.String(), end, tc.want)
				}
				if s := f.Status()[0]; s.State != Ended || s.Path != "-" {
					t.Errorf("the status is %+v", s)
				}
			})
		}
	}
}

// slowly reads a byte at a time.
type slowly struct{ text string }

func (s *slowly) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	n := copy(p[:1], s.text)
	s.text = s.text[n:]
	return n, nil
}

// Neither goroutines nor descriptors nor memory grow with rotations.
func TestNothingGrows(t *testing.T) {
	r := newRig(t, Options{}, "*.log")
	count := func() int {
		entries, _ := os.ReadDir("/proc/self/fd") // where there is none, goroutines alone are counted
		return len(entries)
	}
	rotate := func(n int) {
		for range n {
			r.append("app.log", r.lines(20))
			r.poll()
			shift(r)
			r.append("app.log", r.lines(1))
			r.pass(7 * time.Second)
		}
		r.pass(20 * time.Second) // tails have ended
	}
	r.pass(time.Second)
	before := goleak.IgnoreCurrent()
	rotate(10)
	files := count()
	rotate(200)
	if more := count(); more > files+2 {
		t.Errorf("after 200 rotations more there are %d descriptors, not %d", more, files)
	}
	goleak.VerifyNone(t, before) // it waits until the library's polls have ended
	r.check(true)
	if s := r.f.Status()[0]; s.Rotations != 210 || s.Lines != 210*21 || s.Lag != 0 {
		t.Errorf("the status is %+v", s)
	}
}
