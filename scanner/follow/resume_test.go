package follow

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

func (r *rig) pack(name, ending string) {
	r.Helper()
	info, err := os.Stat(r.path(name))
	r.ok(err)
	text, err := os.ReadFile(r.path(name))
	r.ok(err)
	w := r.open(name+ending, os.O_TRUNC)
	switch ending {
	case ".gz":
		z := gzip.NewWriter(w)
		r.put(z, string(text))
		r.ok(z.Close())
	case ".zst":
		z, err := zstd.NewWriter(w)
		r.ok(err)
		r.put(z, string(text))
		r.ok(z.Close())
	}
	r.ok(os.Chtimes(r.path(name+ending), time.Time{}, info.ModTime())) // as gzip does
	r.ok(os.Remove(r.path(name)))
}

// What may happen to a file between a crash and the next run.
var absences = []struct {
	name string
	gone bool // nobody can read again what stood there
	do   func(r *rig)
}{
	{"nothing", false, func(*rig) {}},
	{"it grew", false, func(r *rig) { r.append("app.log", r.lines(1000)) }},
	{"rotated", false, func(r *rig) {
		r.append("app.log", r.lines(10))
		shift(r)
		r.append("app.log", r.lines(1000))
	}},
	{"rotated, and nothing new", false, func(r *rig) {
		r.append("app.log", r.lines(10))
		shift(r)
	}},
	{"rotated three times", false, func(r *rig) {
		for range 3 {
			r.append("app.log", r.lines(100))
			shift(r)
		}
		r.append("app.log", r.lines(10))
	}},
	{"rotated three times and packed", false, func(r *rig) {
		for range 3 {
			r.append("app.log", r.lines(100))
			shift(r)
		}
		r.pack("app.log.3", ".gz")
		r.pack("app.log.2", ".gz")
		r.append("app.log", r.lines(10))
	}},
	{"packed with zstd, the last line open", false, func(r *rig) {
		r.append("app.log", strings.TrimSuffix(r.lines(5000), "\n"))
		shift(r)
		r.pack("app.log.1", ".zst")
		r.append("app.log", r.lines(10))
	}},
	{"copied and truncated", false, func(r *rig) {
		r.append("app.log", r.lines(10))
		r.copyFile("app.log", "app.log.1")
		r.write("app.log", r.lines(4000), os.O_TRUNC)
	}},
	{"truncated", true, func(r *rig) { r.write("app.log", r.lines(4000), os.O_TRUNC) }},
	{"replaced by a file with the same number", true, func(r *rig) {
		// The inode is given again: the content alone tells.
		r.write("app.log", r.lines(2000), os.O_TRUNC)
	}},
	{"deleted and written anew", true, func(r *rig) {
		r.ok(os.Remove(r.path("app.log")))
		r.append("app.log", r.lines(3000))
	}},
	{"a line of 3 MiB", false, func(r *rig) {
		r.want = append(r.want, strings.Repeat("y", 3<<20))
		r.append("app.log", r.want[len(r.want)-1]+"\n"+r.lines(1))
	}},
}

func TestResume(t *testing.T) {
	for _, tc := range absences {
		for i, pattern := range []string{"app.log", "*.log", "app.log", "*.log"} {
			held := []int{0, 0, 3, 500}[i] // lines that were handed out and not used
			if held > 0 && tc.gone {
				continue
			}
			t.Run(fmt.Sprint(tc.name, " ", pattern, " ", held), func(t *testing.T) {
				r := newRig(t, Options{NoTail: true}, pattern)
				r.append("old.txt.1", "not ours\n")
				r.pass(time.Second)
				r.append("app.log", r.lines(500))
				r.pass(3 * time.Second)
				r.restartHolding(held, func() { tc.do(r) })
				r.pass(time.Second)
				r.append("app.log", r.lines(10))
				r.pass(grace)
				r.check(true)
			})
		}
	}
}

// A file is found that was born and rotated away between the last look of one run and the first one of the next.
func TestResumeBeforeTheFirstLine(t *testing.T) {
	for _, pattern := range []string{"app.log", "*.log"} {
		r := newRig(t, Options{NoTail: true, FromStart: true}, pattern)
		r.append("app.log.1", "not ours\n")
		old := time.Now().Add(-time.Hour)
		r.ok(os.Chtimes(r.path("app.log.1"), old, old))
		r.pass(time.Second)
		r.restart(func() {
			for range 2 {
				r.append("app.log", r.lines(50))
				shift(r)
			}
			r.append("app.log", r.lines(5))
		})
		r.pass(time.Second)
		r.append("app.log", r.lines(1))
		r.pass(grace)
		r.check(true)
	}
}

// An empty file that was rotated away while nobody looked is read when its writer, which knows nothing of it, goes on.
func TestResumeWithEmptyFile(t *testing.T) {
	for _, pattern := range []string{"app.log", "*.log"} {
		r := newRig(t, Options{NoTail: true}, pattern)
		w := r.open("app.log", os.O_APPEND)
		r.pass(time.Second)
		r.restart(func() { shift(r) })
		r.pass(time.Second)
		r.restart(func() { r.put(w, r.lines(10)) })
		r.pass(time.Second)
		r.put(w, r.lines(10))
		r.pass(time.Second)
		r.append("app.log", r.lines(10))
		r.pass(grace)
		r.check(true)
	}
}

// After a restart in the middle of a drain both files go on.
func TestResumeInRotation(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.pass(time.Second)
	old := r.open("app.log", os.O_APPEND)
	r.put(old, r.lines(100))
	r.poll()
	r.put(old, r.lines(10))
	shift(r)
	r.append("app.log", "")
	r.poll()
	r.restart(func() { r.put(old, r.lines(3)) })
	r.pass(time.Second)
	r.put(old, r.lines(3))
	r.poll()
	r.append("app.log", r.lines(10))
	r.pass(2 * time.Second)
	r.restart(func() {})
	r.pass(grace)
	r.restart(func() {}) // what was read to its end is not read again
	r.pass(grace)
	r.check(true)
}

// In the middle of a long line a run goes on inside of it.
func TestResumeInLongLine(t *testing.T) {
	r := newRig(t, Options{NoTail: true, LineCap: 4096}, "app.log")
	r.pass(time.Second)
	long := strings.Repeat("z", 10_000)
	r.append("app.log", r.lines(1)+long)
	r.poll()
	if r.tail == "" {
		t.Fatal("no part of the long line came")
	}
	r.restart(func() { r.append("app.log", "the end\n") })
	r.want = append(r.want, long+"the end")
	r.append("app.log", r.lines(1))
	r.pass(grace)
	r.check(true)
}

// What cannot be found again is said, with how much is lost at least.
func TestResumeSaysWhatIsLost(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.pass(time.Second)
	r.append("app.log", r.lines(100)+"half")
	r.poll()
	r.restart(func() {
		r.ok(os.Remove(r.path("app.log")))
		r.append("app.log", r.lines(10))
	})
	r.poll()
	r.check(true)
	s := r.f.Status()[0]
	if s.Lost != 4 || len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "was not found again") {
		t.Errorf("the status is %+v", s)
	}
}

// A new file that a pattern matches is read from its start, also if it came while nobody followed.
func TestResumeFindsFilesBornMeanwhile(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "*.log")
	r.append("app.log", "from the end\n")
	r.pass(time.Second)
	r.restart(func() { r.append("other.log", r.lines(20)) })
	r.pass(time.Second)
	r.check(true)
}

// Positions of a run before have no numbers: those that they had are now of other files.
func TestNumbersOfResumedFiles(t *testing.T) {
	r := newRig(t, Options{NoTail: true}, "app.log")
	r.pass(time.Second)
	r.append("app.log", r.lines(10))
	r.poll()
	shift(r)
	r.append("app.log", r.lines(10))
	r.poll()
	r.restart(func() {})
	for _, p := range r.f.Positions(nil) {
		if n := p.Generation(); n != 0 {
			t.Errorf("a position of the run before is in generation %d", n)
		}
	}
}

func TestForeignPositions(t *testing.T) {
	for _, text := range []string{
		`{"v":2,"path":"a"}`, `{"v":1}`, `{"v":1,"path":"a","off":-1}`, `{"v":1,"path":"a","off":9,"fp_len":10}`,
		`{"v":1,"path":"a","off":9999,"fp_len":1025}`, `{"v":1,"path":"a","off":5,"last_len":6}`, `{"v":1,"path":"a","kind":"x"}`, `[]`,
	} {
		var p Position
		if err := json.Unmarshal([]byte(text), &p); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}
