//go:build outside

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// The real logrotate on a log that is written to all the time. What a daemon does that reopens its log is done late.
var logrotateScenarios = []scenario{
	{"logrotate create", func(t *torture) { t.rotated("create\nrotate 20", true) }},
	{"logrotate nocreate", func(t *torture) { t.rotated("nocreate\nrotate 20", true) }},
	{"logrotate dateext", func(t *torture) { t.rotated("create\ndateext\ndateformat -%Y%m%d-NUMBER\nrotate 50", true) }},
	{"logrotate compress", func(t *torture) { t.rotated("create\ncompress\ndelaycompress\nrotate 20", true) }},
	{"logrotate copytruncate", func(t *torture) { t.rotated("copytruncate\nrotate 20", false) }},
}

// rotated writes while logrotate works, and compares with a scan of what it left behind.
func (t *torture) rotated(how string, reopens bool) {
	t.Helper()
	t.source = ""
	t.start("*.log")
	w := t.open("app.log", os.O_APPEND)
	for i := range 6 {
		t.put(w, t.lines(1000))
		if !reopens {
			t.drained() // what is written between the copy and the truncation nobody can have
		}
		t.logrotate(strings.ReplaceAll(how, "NUMBER", strconv.Itoa(i)))
		if reopens {
			t.put(w, t.lines(100)) // late
			t.ok(w.Close())
			w = t.open("app.log", os.O_APPEND)
		}
		t.put(w, t.lines(i))
		t.within(500)
	}
	t.await()
	t.end()
}

// logrotate rotates app.log now.
func (t *torture) logrotate(how string) {
	t.Helper()
	program, err := exec.LookPath("logrotate")
	if err != nil {
		t.Fatalf("this test wants logrotate: %v", err)
	}
	conf := filepath.Join(t.out, "rotate.conf")
	t.ok(os.WriteFile(conf, fmt.Appendf(nil, "%q {\nsu root root\n%s\n}\n", t.path("app.log"), how), 0o600))
	out, err := exec.CommandContext(t.Context(), program, "-f", "-s", filepath.Join(t.out, "rotate.state"), conf).CombinedOutput()
	if err != nil {
		t.Fatalf("logrotate: %v\n%s", err, out)
	}
}
