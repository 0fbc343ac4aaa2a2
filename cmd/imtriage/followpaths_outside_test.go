//go:build outside

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// What becomes of paths and patterns, and what stands around the lines.
var fileScenarios = []scenario{
	{"500 files with rotation", func(t *torture) {
		t.source = ""
		t.start("*.log")
		each := func(from, to int, do func(name string)) {
			for i := from; i < to; i++ {
				do(fmt.Sprintf("app%03d.log", i))
			}
		}
		few := func(name string) { t.append(name, t.lines(5)) }
		each(0, 480, few)
		t.await()
		for range 2 {
			each(0, 480, func(name string) { t.append(name, t.lines(2)) })
			each(0, 50, func(name string) {
				t.shift(name)
				few(name)
			})
		}
		each(480, 500, few) // late
		each(100, 150, func(name string) {
			t.append(name, unbroken(t.lines(2)))
			t.shift(name)
			few(name)
		})
		t.await()
		t.end()
	}},
	{"late file", func(t *torture) {
		t.source = ""
		t.append("old.log", "")
		t.start("*.log")
		t.append("app.log", t.lines(100))
		t.append("old.log", t.lines(10))
		t.await()
		t.append("app.log", t.lines(10))
		t.shift("app.log")
		t.append("app.log", t.lines(10))
		t.append("more.log", t.lines(10))
		t.await()
		t.end()
	}},
	{"late directory", func(t *torture) {
		t.source = ""
		t.start("late/app.log", "deep/**/*.log")
		t.ok(os.MkdirAll(t.path("late"), 0o700))
		t.append("late/app.log", t.lines(100))
		t.ok(os.MkdirAll(t.path("deep/a/b"), 0o700))
		t.append("deep/a/b/app.log", t.lines(100))
		t.await()
		t.ok(os.MkdirAll(t.path("deep/c"), 0o700))
		t.append("deep/c/app.log", t.lines(10)) // nobody has seen it when the program has to stop
		t.end()
	}},
	{"unreadable file in a glob", func(t *torture) {
		t.source = ""
		t.nobody = os.Getuid() == 0
		t.start("*.log")
		w := t.open("secret.log", os.O_APPEND)
		t.ok(w.Chmod(0))
		t.put(w, t.lines(10))
		t.append("app.log", t.lines(10))
		t.within(10)
		t.until("it says so", func() bool { return strings.Contains(strings.Join(t.health().Reasons, "\n"), "secret.log") })
		t.put(w, t.lines(10))
		t.ok(w.Chmod(0o644))
		t.await()
		t.until("it is well again", func() bool { return t.health().Status == "ok" })
		t.end()
	}},
	{"symlink swap", func(t *torture) {
		t.start("app.log")
		for i := range 4 {
			name := fmt.Sprint(i, ".txt")
			t.append(name, t.lines(10))
			t.ok(os.Symlink(t.path(name), t.path("tmp")))
			t.rename("tmp", "app.log")
			t.await()
			t.append(name, t.lines(10)) // what the old one holds beyond
		}
		t.await()
		t.end()
	}},
	{"docker", func(t *torture) {
		t.wrap = func(line string) string {
			stamp, _, _ := strings.Cut(line, " WARN")
			text, err := json.Marshal(map[string]string{"log": line + "\n", "stream": "stderr", "time": strings.Replace(stamp, " ", "T", 1) + "Z"})
			t.ok(err)
			return string(text)
		}
		t.source = "c0ffee-json.log"
		t.start("*-json.log")
		for range 5 {
			t.append("c0ffee-json.log", t.lines(500))
			t.within(250)
			t.shift("c0ffee-json.log")
			t.append("c0ffee-json.log", t.lines(10))
		}
		t.await()
		t.end()
	}},
	{"CRI", func(t *torture) {
		t.wrap = cri
		pod := "pods/im_gateway-7c9f/gateway"
		t.ok(os.MkdirAll(t.path(pod), 0o700))
		t.ok(os.Mkdir(t.path("containers"), 0o700))
		t.append(pod+"/0.log", "")
		t.ok(os.Symlink(t.path(pod+"/0.log"), t.path("containers/gateway.log")))
		t.source = "containers/gateway.log"
		t.start("containers/*.log")
		for i := range 4 { // the kubelet rotates
			t.append(pod+"/0.log", t.lines(500))
			t.within(250)
			t.rename(pod+"/0.log", fmt.Sprintf("%s/0.log.20260601-10000%d", pod, i))
			t.append(pod+"/0.log", t.lines(10))
		}
		t.await()
		t.append(pod+"/1.log", t.lines(10)) // a new container
		t.append(pod+"/0.log", t.lines(3))
		t.ok(os.Symlink(t.path(pod+"/1.log"), t.path("tmp")))
		t.rename("tmp", filepath.Join("containers", "gateway.log"))
		t.await()
		t.end()
	}},
	{"a pipe", func(t *torture) {
		t.source = "-"
		t.start("-")
		for range 20 {
			text := t.lines(100)
			t.put(t.run.stdin, text[:len(text)/3])
			t.put(t.run.stdin, text[len(text)/3:])
			t.within(300)
		}
		t.put(t.run.stdin, unbroken(t.lines(1)))
		t.ok(t.run.stdin.Close())
		t.ended()
		t.check()
	}},
}

// cri is a line as containerd writes it, in two parts.
func cri(line string) string {
	stamp, _, _ := strings.Cut(line, " WARN")
	stamp = strings.Replace(stamp, " ", "T", 1) + "000001Z stdout"
	return stamp + " P " + line[:50] + "\n" + stamp + " F " + line[50:]
}
