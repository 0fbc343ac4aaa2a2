package follow

import (
	"os"
	"strings"
	"time"
)

const grace = 2 * time.Minute // after which nothing is waited for

// What rotations do to a file, each as the follower may find it between two looks. Every line must come once, whole and
// in order.
var tortures = []struct {
	name string
	do   func(r *rig)
}{
	{"rename and create", func(r *rig) {
		for range 9 {
			r.append("app.log", r.lines(300))
			r.poll()
			r.append("app.log", r.lines(20))
			r.rename("app.log", "app.log.1")
			r.append("app.log", r.lines(10))
			r.pass(time.Second)
		}
	}},
	{"burst before the rotation", func(r *rig) {
		r.append("app.log", r.lines(1))
		r.pass(time.Second)
		for range 3 {
			r.append("app.log", r.lines(20000))
			r.rename("app.log", "app.log.1")
			r.append("app.log", "")
			r.pass(time.Second)
		}
	}},
	{"the daemon writes to the old file for a while", func(r *rig) {
		old := r.open("app.log", os.O_APPEND)
		r.put(old, r.lines(10))
		r.poll()
		r.rename("app.log", "app.log.1")
		r.append("app.log", "")
		for range 20 {
			r.put(old, r.lines(5))
			r.pass(2 * time.Second)
		}
		r.append("app.log", r.lines(10))
	}},
	{"two rotations between two looks", func(r *rig) {
		r.append("app.log", r.lines(1000))
		r.pass(time.Second)
		for range 3 {
			for range 2 {
				r.append("app.log", r.lines(1000))
				shift(r)
			}
			r.append("app.log", r.lines(100))
			r.pass(time.Second)
		}
	}},
	{"five rotations before the first look", func(r *rig) {
		r.pass(time.Second)
		for range 5 {
			r.append("app.log", r.lines(100))
			shift(r)
		}
		r.append("app.log", r.lines(100))
	}},
	{"dated rotations between two looks", func(r *rig) {
		r.append("app.log", r.lines(10))
		r.poll()
		for _, day := range []string{"20260601", "20260602", "20260603"} {
			r.append("app.log", r.lines(10))
			r.rename("app.log", "app.log-"+day)
		}
		r.append("app.log", r.lines(10))
	}},
	{"a gap before the new file", func(r *rig) {
		for range 3 {
			r.append("app.log", r.lines(100))
			r.poll()
			r.append("app.log", r.lines(10))
			r.rename("app.log", "app.log.1")
			r.pass(3 * time.Second)
		}
		r.append("app.log", r.lines(1))
	}},
	{"born and rotated between two looks, and nothing new", func(r *rig) {
		r.append("app.log", r.lines(10))
		r.poll()
		for range 2 {
			shift(r)
			r.append("app.log", r.lines(100))
		}
		shift(r)
		r.pass(5 * time.Second)
		r.append("app.log.1", r.lines(1)) // its writer has nothing else
		r.pass(5 * time.Second)
		if len(r.got) != len(r.want) {
			r.Errorf("of %d lines %d came while there was no new file", len(r.want), len(r.got))
		}
		r.append("app.log", r.lines(10))
	}},
	{"born and rotated between two looks, and written to afterwards", func(r *rig) {
		r.append("app.log", r.lines(10))
		r.poll()
		shift(r)
		r.append("app.log", "")
		shift(r)
		r.pass(5 * time.Second)
		r.append("app.log.1", r.lines(10))
	}},
	{"empty files, rotated twice between two looks, of which an old one is written to", func(r *rig) {
		r.append("app.log", "")
		r.poll()
		for range 2 {
			shift(r)
			r.append("app.log", "")
		}
		r.pass(time.Second)
		r.append("app.log.1", r.lines(10))
	}},
	{"the last line has no line break", func(r *rig) {
		for range 5 {
			r.append("app.log", strings.TrimSuffix(r.lines(100), "\n"))
			r.poll()
			r.rename("app.log", "app.log.1")
			r.append("app.log", r.lines(3))
			r.pass(10 * time.Second)
		}
	}},
	{"copytruncate", func(r *rig) {
		w := r.open("app.log", os.O_APPEND)
		for range 5 {
			r.put(w, r.lines(1000))
			r.poll()
			r.put(w, r.lines(50)) // what only the copy holds
			r.copyFile("app.log", "app.log.1")
			r.ok(w.Truncate(0))
			r.put(w, r.lines(7))
			r.pass(time.Second)
		}
	}},
	{"copytruncate, and bigger than before at once", func(r *rig) {
		w := r.open("app.log", os.O_APPEND)
		r.put(w, r.lines(10))
		r.poll()
		r.put(w, strings.TrimSuffix(r.lines(50), "\n"))
		r.copyFile("app.log", "app.log.1")
		r.ok(w.Truncate(0))
		r.put(w, r.lines(500))
	}},
	{"two copytruncates between two looks", func(r *rig) {
		w := r.open("app.log", os.O_APPEND)
		r.put(w, r.lines(10))
		r.poll()
		for range 2 {
			r.put(w, r.lines(50))
			if _, err := os.Stat(r.path("app.log.1")); err == nil {
				r.rename("app.log.1", "app.log.2")
			}
			r.copyFile("app.log", "app.log.1")
			r.ok(w.Truncate(0))
		}
		r.put(w, r.lines(5))
	}},
	{"two copytruncates and a rotation between two looks", func(r *rig) {
		w := r.open("app.log", os.O_APPEND)
		r.put(w, r.lines(10))
		r.poll()
		truncateTwice(r, w)
		r.rename("app.log", "app.log.1")
		r.append("app.log", r.lines(3))
	}},
	{"two copytruncates, of which the first is packed, and a rotation between two looks", func(r *rig) {
		w := r.open("app.log", os.O_APPEND)
		r.put(w, r.lines(10))
		r.poll()
		r.ok(w.Truncate(0))
		r.put(w, r.lines(20))
		r.copyFile("app.log", "app.log.2")
		r.ok(w.Truncate(0))
		r.rename("app.log", "app.log.1")
		r.append("app.log", r.lines(3))
	}},
	{"copytruncate under a writer that does not append", func(r *rig) {
		w := r.open("app.log", 0)
		for range 3 {
			r.put(w, r.lines(3000))
			r.poll()
			r.put(w, r.lines(30))
			r.copyFile("app.log", "app.log.1")
			r.ok(os.Truncate(r.path("app.log"), 0))
			r.put(w, r.lines(30)) // behind a hole of zeros
			r.pass(time.Second)
		}
	}},
	{"delete and create", func(r *rig) {
		for range 5 {
			r.append("app.log", r.lines(100))
			r.poll()
			r.append("app.log", r.lines(10))
			r.ok(os.Remove(r.path("app.log")))
			r.append("app.log", r.lines(300)) // bigger than before
			r.pass(time.Second)
		}
	}},
	{"atomic replacement", func(r *rig) {
		for range 5 {
			r.append("new", r.lines(200))
			r.rename("new", "app.log")
			r.pass(time.Second)
		}
	}},
	{"truncate and write less", func(r *rig) {
		for _, n := range []int{300, 20, 3, 1} {
			r.write("app.log", r.lines(n), os.O_TRUNC)
			r.pass(time.Second)
		}
	}},
	{"truncate and write more", func(r *rig) {
		for _, n := range []int{3, 50, 4000} {
			r.write("app.log", r.lines(n), os.O_TRUNC)
			r.pass(time.Second)
		}
	}},
	{"truncate behind a line without a break", func(r *rig) {
		r.append("app.log", strings.TrimSuffix(r.lines(2), "\n"))
		r.poll()
		r.write("app.log", r.lines(1), os.O_TRUNC)
	}},
	{"the link is swapped", func(r *rig) {
		for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
			r.append(name, r.lines(10))
			r.ok(os.Symlink(r.path(name), r.path("tmp")))
			r.rename("tmp", "app.log")
			r.poll()
			r.append(name, r.lines(10))
			r.pass(time.Second)
			r.append(name, r.lines(10))
		}
	}},
	{"lines in three writes", func(r *rig) {
		for range 50 {
			l := r.lines(1)
			for _, part := range []string{l[:5], l[5:20], l[20:]} {
				r.append("app.log", part)
				r.pass(time.Second)
			}
		}
	}},
	{"lines of 2 MiB", func(r *rig) {
		for range 3 {
			r.append("app.log", r.lines(2))
			r.poll()
			r.want = append(r.want, strings.Repeat("0123456789abcdef", 2<<20/16)+"!")
			r.append("app.log", r.want[len(r.want)-1]+"\n"+r.lines(1))
		}
	}},
	{"a late folder", func(r *rig) {
		r.pass(time.Minute)
		r.ok(os.Rename(r.dir, r.dir+"x"))
		r.pass(time.Minute)
		r.ok(os.Rename(r.dir+"x", r.dir))
		r.append("app.log", r.lines(100))
	}},
	{"a path that cannot be looked at", func(r *rig) {
		r.append("app.log", r.lines(10))
		r.poll()
		r.append("app.log", r.lines(10))
		r.rename("app.log", "app.log.1")
		r.ok(os.Symlink("app.log", r.path("app.log"))) // to itself
		r.append("app.log.1", r.lines(10))
		r.pass(time.Minute)
		r.ok(os.Remove(r.path("app.log")))
		r.append("app.log", r.lines(10))
	}},
	{"renamed away and back", func(r *rig) {
		r.append("app.log", r.lines(10))
		r.poll()
		r.rename("app.log", "away")
		r.pass(time.Second)
		r.rename("away", "app.log")
		r.append("app.log", r.lines(10))
		r.pass(time.Second)
		r.rename("app.log", "away")
		r.pass(3 * time.Minute) // it is closed by now
		r.rename("away", "app.log")
		r.append("app.log", r.lines(10))
	}},
	{"zeros before the text is written", func(r *rig) {
		w := r.open("app.log", 0)
		r.ok(w.Truncate(1 << 20))
		r.pass(time.Second)
		r.put(w, r.lines(100))
		r.pass(time.Second)
		r.ok(w.Truncate(int64(len(strings.Join(r.want, "\n")) + 1)))
	}},
}
