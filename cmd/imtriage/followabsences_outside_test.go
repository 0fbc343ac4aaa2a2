//go:build outside

package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// What becomes of files while the program is down.
var absenceScenarios = []scenario{
	{"rotated while down", func(t *torture) {
		t.resumable("app.log")
		t.append("app.log", t.lines(500))
		t.within(200)
		for i := range 4 {
			t.again(func() {
				for range i {
					t.append("app.log", t.lines(10))
					t.shift("app.log")
				}
				t.append("app.log", t.lines(100))
			})
			t.within(30)
		}
		t.await()
		t.end()
	}},
	{"rotated right before the kill", func(t *torture) {
		t.resumable("app.log")
		for range 4 {
			t.append("app.log", t.lines(500))
			t.within(200)
			t.append("app.log", t.lines(50))
			t.shift("app.log")
			t.append("app.log", t.lines(20))
			t.again()
		}
		t.await()
		t.end()
	}},
	{"killed while the old file is waited for", func(t *torture) {
		t.resumable("app.log")
		old := t.open("app.log", os.O_APPEND)
		t.put(old, t.lines(100))
		t.await()
		t.shift("app.log")
		t.append("app.log", "")
		t.put(old, t.lines(10))
		t.within(1)
		t.again(func() { t.put(old, t.lines(10)) })
		t.append("app.log", t.lines(10))
		t.within(5)
		t.put(old, t.lines(5))
		t.again(func() { t.put(old, t.lines(5)) })
		t.await()
		t.end()
	}},
	{"truncated while down", func(t *torture) {
		t.resumable("*.log")
		for _, n := range []int{300, 20, 2000} { // less than before, and more
			t.append("app.log", t.lines(n))
			t.await()
			t.saved()
			t.again(func() { t.write("app.log", t.lines(n*2), os.O_TRUNC) })
		}
		t.await()
		t.end()
	}},
	{"deleted, and its inode given to another file", func(t *torture) {
		t.resumable("*.log")
		t.append("app.log", t.lines(300))
		t.await()
		t.saved()
		t.again(func() { t.reborn("app.log", t.lines(900)) })
		t.await()
		t.saved()
		t.again(func() { t.reborn("app.log", t.lines(5)) })
		t.await()
		t.end()
	}},
	{"copytruncate while down", func(t *torture) {
		t.resumable("app.log")
		for i := range 3 {
			t.append("app.log", t.lines(300))
			t.within(100)
			t.again(func() {
				t.append("app.log", t.lines(20))
				t.copyFile("app.log", fmt.Sprint("app.log.", i+1))
				t.write("app.log", t.lines(1000*i), os.O_TRUNC)
			})
		}
		t.await()
		t.end()
	}},
	{"compressed while down", func(t *torture) {
		t.resumable("app.log")
		for range 3 {
			t.append("app.log", t.lines(500))
			t.within(200)
			t.again(func() {
				t.append("app.log", t.lines(50))
				t.logrotate("create\ncompress\nrotate 20")
				t.append("app.log", t.lines(50))
				t.logrotate("create\ncompress\nrotate 20")
				t.append("app.log", t.lines(50))
			})
		}
		t.await()
		t.end()
	}},
	{"killed in a long line", func(t *torture) {
		t.resumable("*.log")
		long := t.longLines(1, strings.Repeat("0123456789abcdef ", 3<<20/17), "")
		t.append("app.log", t.lines(10)+long[:2<<20])
		t.within(2)
		t.saved()
		t.again(func() { t.append("app.log", long[2<<20:]+t.lines(10)) })
		t.await()
		t.end()
	}},
	{"killed under a log driver", func(t *torture) {
		t.wrap = cri
		t.resumable("app.log")
		for range 4 {
			text := t.lines(300)
			cut := len(text) - 170 + t.dice.IntN(100) // between the parts of a line, or within one
			t.append("app.log", text[:cut])
			t.within(100)
			t.pass(time.Duration(t.dice.IntN(2500)) * time.Millisecond)
			t.again(func() { t.append("app.log", text[cut:]) })
			t.append("app.log", t.lines(20))
			t.shift("app.log")
		}
		t.append("app.log", t.lines(1))
		t.await()
		t.end()
	}},
	{"200 files, killed and rotated", func(t *torture) {
		t.source = ""
		t.resumable("*.log")
		for range 3 {
			for i := range 200 {
				t.append(fmt.Sprintf("app%03d.log", i), t.lines(3))
			}
			t.within(300)
			t.again(func() {
				for i := range 100 {
					name := fmt.Sprintf("app%03d.log", i*2)
					t.append(name, t.lines(1))
					t.shift(name)
					t.append(name, t.lines(2))
				}
			})
		}
		t.await()
		t.end()
	}},
}
