package alert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// passed are the variables that every command gets. The others stay here: secrets of other
// receivers are among them.
var passed = []string{"PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PATHEXT", "COMSPEC"}

// A command starts a program for each message. There is no shell: nothing in an alert can become
// a part of the command line.
type command struct {
	path string
	args []string
	env  []string
}

// command checks that there is such a program.
func (l *loader) command(path string, s *ReceiverSpec) sender {
	c := &command{args: s.Command[1:]}
	found, err := exec.LookPath(s.Command[0])
	switch {
	case s.Command[0] == "":
		l.fail(path+".command[0]", "the program has no name")
	case errors.Is(err, fs.ErrPermission):
		l.fail(path+".command[0]", "%s: no permission to execute it", s.Command[0])
	case err != nil && !errors.Is(err, exec.ErrDot):
		l.fail(path+".command[0]", "%s: no such program; there is no shell, the program and each argument stand in a list", s.Command[0])
	case errors.Is(err, exec.ErrDot):
		l.fail(path+".command[0]", "%s is found in the working folder only: write ./%s if it is meant", s.Command[0], s.Command[0])
	}
	if c.path, err = filepath.Abs(found); err != nil {
		c.path = found
	}
	if l.options.Env == nil {
		return c
	}
	for _, name := range passed {
		if v, ok := l.options.Env(name); ok {
			c.env = append(c.env, name+"="+v)
		}
	}
	for i, name := range s.Env {
		v, ok := l.options.Env(name)
		switch {
		case !envName.MatchString(name):
			l.fail(fmt.Sprintf("%s.env[%d]", path, i), "want the name of a variable, got %q", name)
		case !ok:
			l.fail(fmt.Sprintf("%s.env[%d]", path, i), "the variable %s is not set", name)
		case !slices.Contains(passed, name):
			c.env = append(c.env, name+"="+v)
		}
	}
	return c
}

func (c *command) send(ctx context.Context, m *message, _ time.Time) (answer string, err error) {
	data, err := encode(m.envelope())
	if err != nil {
		return "", err
	}
	var out tail
	cmd := exec.CommandContext(ctx, c.path, c.args...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.env, bytes.NewReader(append(data, '\n')), &out, &out
	cmd.WaitDelay = 2 * time.Second // for children that hold its output open
	together(cmd)
	err = cmd.Run()
	answer = strings.TrimSpace(string(out.kept))
	name := filepath.Base(c.path)
	exit := (*exec.ExitError)(nil)
	switch {
	case err == nil:
		return "exit 0 " + answer, nil
	case ctx.Err() != nil:
		return answer, &trouble{what: name + ": not done in time, and stopped", answered: true}
	case errors.As(err, &exit):
		return answer, &trouble{what: strings.TrimSpace(fmt.Sprintf("%s: %s %s", name, exit, answer)), answered: true}
	}
	return answer, &trouble{what: fmt.Sprintf("%s: %v", name, err)}
}

// A tail keeps the end of what is written.
type tail struct{ kept []byte }

const maxTail = 1024

// Write implements [io.Writer].
func (t *tail) Write(b []byte) (int, error) {
	t.kept = append(t.kept, b...)
	if over := len(t.kept) - maxTail; over > 0 {
		t.kept = slices.Delete(t.kept, 0, over)
	}
	return len(b), nil
}
