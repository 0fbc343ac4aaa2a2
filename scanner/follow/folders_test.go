package follow

import (
	"os"
	"testing"
	"time"
)

// What a pattern finds may have been rotated before it was found; all of it is read, and nothing that was there before.
func TestRotatedBeforeItWasFound(t *testing.T) {
	for _, tc := range []struct {
		name, pattern string
		do            func(r *rig)
	}{
		{"a look between a rotation and the next file", "*.log", func(r *rig) {
			r.poll()
			for range 3 {
				r.append("app.log", r.lines(3))
				shift(r)
			}
			r.poll() // nothing stands at the path, and three names beside it will be those of other files
			for range 3 {
				r.append("app.log", r.lines(3))
				shift(r)
			}
			r.append("app.log", r.lines(3))
		}},
		{"beside what was there before", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.append("app.log.2", "long before\n")
			r.poll()
			for range 2 {
				r.append("app.log", r.lines(3))
				shift(r)
				r.poll()
			}
			r.append("app.log", r.lines(3))
			shift(r)
			r.append("app.log", r.lines(3))
		}},
		{"the number of what was there before is given again", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.poll()
			r.ok(os.Remove(r.path("app.log.1")))
			r.append("app.log", r.lines(3))
			shift(r)
			r.poll()
			r.append("app.log", r.lines(3))
		}},
		{"a path that was forgotten", "*.log", func(r *rig) {
			r.poll()
			for range 2 {
				r.append("app.log", r.lines(3))
				r.poll()
				shift(r)
				r.pass(2 * time.Minute)
				if len(r.f.files) > 0 {
					r.Errorf("%s is not forgotten", r.f.files[0].path)
				}
				r.append("app.log", r.lines(3))
				shift(r)
				r.poll()
			}
			r.append("app.log", r.lines(3))
		}},
		{"a new folder", "**/*.log", func(r *rig) {
			r.poll()
			r.ok(os.MkdirAll(r.path("new/er"), 0o700))
			for _, from := range []string{"new", "new/er"} {
				r.append(from+"/app.log", r.lines(3))
				r.rename(from+"/app.log", from+"/app.log.1")
				r.append(from+"/app.log", r.lines(3))
			}
		}},
		{"a new folder, in which a path is found later", "**/*.log", func(r *rig) {
			r.poll()
			r.ok(os.Mkdir(r.path("new"), 0o700))
			r.append("new/other.log", r.lines(3))
			r.append("new/app.log", r.lines(3))
			r.rename("new/app.log", "new/app.log.1")
			r.poll()
			r.append("new/app.log", r.lines(3))
		}},
		{"a path in a folder that was there before", "**/*.log", func(r *rig) {
			r.ok(os.MkdirAll(r.path("old"), 0o700))
			r.append("old/app.log.1", "before\n")
			r.poll()
			r.append("old/app.log", r.lines(3))
		}},
		{"a listing that misses what was there before", "*.log", func(r *rig) {
			r.append("app.log.1", "before\n")
			r.ok(os.Chtimes(r.path("app.log.1"), time.Time{}, time.Now().Add(time.Hour))) // not told by its age
			r.append("app.log", "")
			r.poll()
			for _, move := range []string{"app.log.1", "aside"} {
				r.append("app.log", r.lines(3))
				r.rename(move, map[string]string{"app.log.1": "aside", "aside": "app.log.7"}[move])
				shift(r)
				r.append("app.log", r.lines(3))
				r.pass(10 * time.Second)
			}
		}},
		{"another log beside it", "*.log", func(r *rig) {
			r.poll()
			r.append("app.log.wf", "not ours\n")
			r.poll()
			r.append("app.log", r.lines(3))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRig(t, Options{NoTail: true}, tc.pattern)
			tc.do(r)
			r.pass(grace)
			r.check(tc.pattern == "*.log") // there is no order between two files
		})
	}
}
