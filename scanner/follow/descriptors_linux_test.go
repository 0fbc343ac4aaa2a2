package follow

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// leave lets the process open n files more, until the test is over or the function that it returns is called.
func leave(t *testing.T, n int) (restore func()) {
	t.Helper()
	var was unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	used := map[int]bool{}
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		_, open := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		used[fd] = err == nil && open == nil
	}
	limit := 0
	for ; n > 0; limit++ {
		if !used[limit] {
			n--
		}
	}
	set := func(l unix.Rlimit) {
		if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &l); err != nil {
			t.Error(err)
		}
	}
	set(unix.Rlimit{Cur: uint64(limit), Max: was.Max})
	restore = func() { set(was) }
	t.Cleanup(restore)
	return restore
}

// waiting counts the files that wait for a descriptor, and checks that all say the same.
func waiting(r *rig) int { r.Helper(); return len(waitingPaths(r)) }

func waitingPaths(r *rig) (paths []string) {
	r.Helper()
	for _, s := range r.f.Status() {
		if s.State != Failing {
			continue
		}
		paths = append(paths, s.Path)
		if s.Problem != noDescriptor || !strings.Contains(s.Problem, "ulimit -n") {
			r.Errorf("%s: %s", s.Path, s.Problem)
		}
	}
	return paths
}

// Files for which no descriptor is left wait, and lose nothing: neither those that wait nor those that are rotated meanwhile.
func TestFilesBeyondDescriptors(t *testing.T) {
	for _, fromStart := range []bool{false, true} {
		t.Run(fmt.Sprint("from start ", fromStart), func(t *testing.T) {
			r := newRig(t, Options{NoTail: true, FromStart: fromStart}, "*.log")
			const files = 40
			name := func(i int) string { return fmt.Sprintf("f%02d.log", i) }
			for i := range files {
				if fromStart {
					r.append(name(i), r.lines(2))
				} else {
					r.append(name(i), "an old line\n")
				}
			}
			restore := leave(t, spareDescriptors+openedAtATime)
			r.pass(3 * time.Second)
			if n := waiting(r); n != files-openedAtATime {
				t.Errorf("%d files wait, want %d", n, files-openedAtATime)
			}
			for i := range files {
				r.append(name(i), r.lines(3))
			}
			r.pass(2 * time.Second)
			for _, i := range []int{0, 1, files - 2, files - 1} { // of those that are read, and of those that wait
				r.rename(name(i), name(i)+".1")
				r.append(name(i), r.lines(2))
			}
			r.pass(20 * time.Second)
			restore()
			r.pass(3 * time.Second)
			if n := waiting(r); n != 0 {
				t.Errorf("%d files wait still", n)
			}
			for i := range files {
				r.append(name(i), r.lines(1))
			}
			r.pass(10 * time.Second)
			r.check(false)
		})
	}
}

// Without any descriptor nothing is taken for gone or new: folders cannot be listed, and positions of the run before wait.
func TestNoDescriptorAtAll(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	r.append("app.log", "an old line\n")
	r.append("app.log.1", "an older line\n")
	r.pass(time.Second)
	r.append("app.log", r.lines(3))
	r.pass(time.Second)
	r.append("app.log", r.lines(3))
	r.append("new.log", r.lines(2))
	var restore func()
	r.restart(func() { restore = leave(t, 2) })
	for _, left := range []int{10, 0} { // enough to look, but not to keep a file open; and none
		r.pass(5 * time.Second)
		if len(r.got) != 3 || waiting(r) == 0 {
			t.Errorf("%d lines came from files that cannot be opened; status: %+v", len(r.got)-3, r.f.Status())
		}
		restore()
		restore = leave(t, left)
	}
	r.pass(5 * time.Second)
	restore()
	r.pass(5 * time.Second)
	r.check(false)
	for _, s := range r.f.Status() {
		if s.State != Live || s.Lost != 0 || len(s.Notes) > 0 {
			t.Errorf("%+v", s)
		}
	}
}

// What stood beside a file is looked at first, or else it would be taken for a part of it later.
func TestNoDescriptorAtTheFirstLook(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	r.append("app.log", "an old line\n")
	r.append("app.log.1", "an older line\n")
	r.f.findFiles()
	restore := leave(t, 0)
	r.poll()
	restore()
	r.append("app.log", r.lines(3))
	r.pass(5 * time.Second)
	r.check(true)
}

// What cannot be opened is tried again once in MaxPoll and not more, however often its path is looked at.
func TestRefusedFilesAreLeftAlone(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.poll()
	r.append("app.log", r.lines(1))
	restore := leave(t, 0)
	tries, last := 0, time.Time{}
	for range 400 {
		r.clock = r.clock.Add(25 * time.Millisecond)
		r.round()
		r.f.mu.Lock()
		r.f.pinAll() // as while a handler is busy
		if fl := r.f.byPath[r.path("app.log")]; fl != nil && !fl.retry.Equal(last) {
			tries, last = tries+1, fl.retry
		}
		r.f.mu.Unlock()
	}
	if len(waitingPaths(r)) != 2 { // its own, and what was named: nobody can look for files
		t.Errorf("%v wait", waitingPaths(r))
	}
	restore()
	r.poll()
	r.check(true)
	if tries < 8 || tries > 12 {
		t.Errorf("it was tried %d times in 10 s", tries)
	}
}

func TestWhyNot(t *testing.T) {
	denied := &os.PathError{Op: "open", Path: "a", Err: syscall.EACCES}
	for err, want := range map[error]string{
		&os.PathError{Op: "open", Path: "a", Err: syscall.EMFILE}: noDescriptor,
		fmt.Errorf("x: %w", syscall.ENFILE):                       noDescriptor,
		denied:                                                    denied.Error(),
		errors.New("other"):                                       "other",
	} {
		if got := whyNot(err); got != want {
			t.Errorf("%v: %s", err, got)
		}
	}
}
