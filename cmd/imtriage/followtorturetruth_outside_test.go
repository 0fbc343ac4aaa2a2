//go:build outside

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
)

// found compares a line that the program printed with the one that was written.
func (t *torture) found(r *run, line []byte) {
	var f struct {
		Code   int
		Text   string
		Fields struct{ User string }
	}
	err := json.Unmarshal(line, &f)
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	user := f.Fields.User
	want, known := t.written[user]
	whole := f.Text == want.text || len(want.text) > 2000 && len(f.Text) > 1000 && strings.Contains(want.text, f.Text) // of a long line only a part is kept
	before, again := t.seen[user]
	switch {
	case err != nil:
		t.blame("no JSON: %v: %.300q", err, line)
	case !known, f.Code != want.code, !whole:
		t.blame("garbled: %d %.300q", f.Code, f.Text)
	case again && before.run == r:
		t.blame("twice: %s", user)
	case again && !(before.run.killed && before.at.Add(time.Second).After(before.run.saved)):
		t.blame("twice, though the state knew of it: %s, which was printed %v before the state was written", user, before.run.saved.Sub(before.at))
	}
	t.seen[user] = printed{r, now}
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// blame notes what is wrong.
func (t *torture) blame(format string, args ...any) {
	t.wrong = append(t.wrong, fmt.Sprintf(format, args...))
}

// tell says what was found and what was not.
func (t *torture) tell() {
	t.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	var lost []string
	for user := range t.written {
		if _, found := t.seen[user]; !found {
			lost = append(lost, user)
		}
	}
	slices.Sort(lost)
	if len(lost) > 0 {
		t.Errorf("of %d lines %d are lost: %s … %s", len(t.written), len(lost), strings.Join(lost[:min(len(lost), 10)], " "), lost[len(lost)-1])
	}
	if len(t.wrong) > 0 {
		t.Errorf("%d lines are wrong:\n%s", len(t.wrong), strings.Join(t.wrong[:min(len(t.wrong), 10)], "\n"))
	}
}

// end stops the run, and compares its report with what was written, and with a scan of the finished files.
func (t *torture) end() {
	t.Helper()
	t.stop()
	t.check()
}

func (t *torture) check() {
	t.Helper()
	t.tell()
	doc, err := os.ReadFile(t.report())
	t.ok(err)
	var got struct {
		Totals struct{ Lines, Findings int }
		Codes  []struct{ Code, Count, Users int }
	}
	t.ok(json.Unmarshal(doc, &got))
	want := map[int]int{}
	for _, l := range t.written {
		want[l.code]++
	}
	counts, users := map[int]int{}, map[int]int{}
	for _, c := range got.Codes {
		counts[c.Code] += c.Count
		users[c.Code] += c.Users
	}
	if n := len(t.written); got.Totals.Findings != n {
		t.Errorf("%d findings are counted, %d lines were written\n%s", got.Totals.Findings, n, t.run.told())
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("codes (-written +counted):\n%.2000s", diff)
	}
	if diff := cmp.Diff(want, users); diff != "" { // as each line has its own
		t.Errorf("users of codes (-written +counted):\n%.2000s", diff)
	}
	if diff := cmp.Diff(t.scan(), concluded(t, doc)); diff != "" {
		t.Errorf("scan and follow differ (-scan +follow):\n%.3000s", diff)
	}
}

// scan is the conclusion of a batch run over the finished files. Those of one source are put together to one, since not every
// rotation keeps them.
func (t *torture) scan() string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), t.program, "scan", "-f", "json", "--allow-incomplete")
	cmd.Dir, cmd.Env = t.dir, append(os.Environ(), "TZ=UTC")
	switch t.source {
	case "":
		cmd.Args = append(cmd.Args, ".")
	case "-":
		cmd.Args = append(cmd.Args, "-")
		cmd.Stdin = &t.whole
	default:
		cmd.Args = append(cmd.Args, ".")
		cmd.Dir = filepath.Join(t.out, "whole")
		path := filepath.Join(cmd.Dir, t.source)
		t.ok(os.MkdirAll(filepath.Dir(path), 0o700))
		t.ok(os.WriteFile(path, t.whole.Bytes(), 0o600))
		if t.nudges > 0 {
			t.ok(os.WriteFile(filepath.Join(cmd.Dir, "nudge.log"), []byte(strings.Repeat(nudge, t.nudges)), 0o600))
		}
	}
	doc, err := cmd.Output()
	t.ok(err)
	return concluded(t, doc)
}
