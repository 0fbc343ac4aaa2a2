package follow

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func TestFromTheEnd(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	r.append("app.log", "old\nold\nbegun, ")
	r.pass(time.Second)
	r.append("app.log", "and ended\n")
	r.want = append(r.want, "begun, and ended")
	r.poll()
	r.append("late.log", r.lines(10)) // what comes later is read from its start
	r.poll()
	r.check(true)
}

// Five hundred files, some of which are rotated and some come late.
func TestManyFiles(t *testing.T) {
	r := newRig(t, Options{NoTail: true, FromStart: true}, "logs/*.log")
	r.ok(os.Mkdir(r.path("logs"), 0o700))
	name := func(i int) string { return fmt.Sprintf("logs/f%03d.log", i) }
	for i := range 480 {
		r.append(name(i), r.lines(2))
	}
	r.pass(2 * time.Second)
	for i := range 500 {
		if i%10 == 0 && i < 480 {
			r.append(name(i), r.lines(1))
			r.rename(name(i), name(i)+".1")
		}
		r.append(name(i), r.lines(3))
	}
	r.pass(grace)
	r.check(false)
	if n := len(r.f.Status()); n != 500 {
		t.Errorf("%d files are followed", n)
	}
}

// A file under two names is one source, and so is a link to it.
func TestOneFileTwoNames(t *testing.T) {
	r := newRig(t, Options{NoTail: true, FromStart: true}, "*.log", "app.log", "sub")
	r.ok(os.Mkdir(r.path("sub"), 0o700))
	r.append("app.log", r.lines(10))
	r.ok(os.Symlink(r.path("app.log"), r.path("link.log")))
	r.ok(os.Link(r.path("app.log"), r.path("sub/hard.log")))
	r.pass(3 * time.Second)
	r.check(true)
}

// Another log beside a followed one is not a part of it, though its name begins alike.
func TestNeighbours(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	other := []string{"app.log.wf", "app-error.log", "apple.log", "app.log.1.gz", "app.log.tmp"}
	for _, name := range other {
		r.append(name, "not ours\n")
	}
	r.append("app.log", "")
	r.pass(time.Second)
	for range 3 {
		r.append("app.log", r.lines(10))
		for _, name := range other {
			r.append(name, "not ours\n")
		}
		shift(r)
		r.ok(os.Rename(r.path("app.log.wf"), r.path("app.log.wf.1")))
		r.append("app.log.wf", "not ours\n")
		r.append("app.log", r.lines(10))
		r.pass(10 * time.Second)
	}
	r.check(true)
}

func TestUTF16(t *testing.T) {
	units := utf16.Encode([]rune("登录失败 code: 6206 Ċ\n第二行\n")) // Ċ is U+010A: its bytes hold a line feed
	for _, tc := range []struct {
		name, mark string
		high, low  int
	}{
		{"little-endian", "\xff\xfe", 1, 0}, {"big-endian", "\xfe\xff", 0, 1}, {"little-endian without a mark", "", 1, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := []byte(tc.mark)
			all := units
			if tc.mark == "" {
				all = append(utf16.Encode([]rune("login failed, as it begins with\n")), units...)
			}
			for _, u := range all {
				var b [2]byte
				b[tc.high], b[tc.low] = byte(u>>8), byte(u)
				text = append(text, b[:]...)
			}
			r := newRig(t, Options{NoTail: true}, "app.log")
			r.pass(time.Second)
			var got strings.Builder
			look := func() {
				r.clock = r.clock.Add(time.Second)
				r.f.Poll(t.Context(), func(p Piece) {
					got.Write(p.Data)
					if linesEnd(p.Data, p.Position.w.Enc) != len(p.Data) {
						t.Errorf("a piece is cut inside a line: %q", p.Data)
					}
				})
			}
			step := 3
			if tc.mark == "" {
				step = 40 // it shows by its zeros
			}
			for from := 0; from < len(text); from += step {
				r.append("app.log", string(text[from:min(len(text), from+step)]))
				look()
			}
			if got.String() != string(text) {
				t.Errorf("got %q, want %q", got.String(), text)
			}
			if lines := r.f.Status()[0].Lines; lines != int64(2+len(all)/len(units)-1) && tc.mark != "" {
				t.Errorf("%d lines are counted", lines)
			}
		})
	}
}

func TestPermissions(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("root reads everything: the open never fails")
	}
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.append("app.log", r.lines(1))
	r.want = nil
	r.pass(time.Second)
	r.append("app.log", r.lines(1))
	r.ok(os.Chmod(r.path("app.log"), 0)) // what is open stays readable
	r.pass(time.Second)
	r.rename("app.log", "app.log.1")
	r.append("app.log", r.lines(3))
	r.ok(os.Chmod(r.path("app.log"), 0))
	r.pass(time.Minute)
	if s := r.f.Status()[0]; os.Getuid() != 0 && (s.State != Failing || !strings.Contains(s.Problem, "permission denied")) {
		t.Errorf("the status is %+v", s)
	}
	r.ok(os.Chmod(r.path("app.log"), 0o600))
	r.pass(grace)
	r.check(true)
	if s := r.f.Status()[0]; s.State != Live || s.Problem != "" {
		t.Errorf("the status is %+v", s)
	}
}

func TestStatusOfWhatIsNotThere(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "none.log", "*.none", "folder.d")
	r.ok(os.MkdirAll(r.path("folder.d/deep"), 0o700))
	r.pass(time.Second)
	var got []string
	for _, s := range r.f.Status() {
		got = append(got, strings.TrimPrefix(s.Path, r.dir+"/")+" "+string(s.State))
	}
	if want := "[none.log waiting *.none waiting folder.d waiting]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWrongOptions(t *testing.T) {
	for _, o := range []Options{{}, {Paths: []string{"a"}}, {Paths: []string{"-"}, Now: time.Now}, {Paths: []string{"[a"}, Now: time.Now}} {
		if _, err := New(o); err == nil || strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%+v: error %v", o, err)
		}
	}
}

// A file that was born after the last look for new ones is read before the end.
func TestFinishFindsNewFiles(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	r.append("old.log", "not ours\n")
	r.pass(time.Second)
	r.append("app.log", r.lines(20))
	r.f.Finish(r.take)
	r.check(true)
}

// What a file held before it was copied and truncated is read at the end, too, though its predecessor was still waited for.
func TestFinishReadsCopies(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.pass(time.Second)
	r.append("app.log", r.lines(10))
	r.poll()
	r.rename("app.log", "app.log.1")
	r.append("app.log", r.lines(20))
	r.pass(300 * time.Millisecond)
	r.rename("app.log.1", "app.log.2")
	r.copyFile("app.log", "app.log.1")
	r.ok(os.Truncate(r.path("app.log"), 0))
	r.f.Finish(r.take)
	r.check(true)
}
