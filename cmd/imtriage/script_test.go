package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"imtriage": main})
}

// TestScript runs the command line as users do. A script states what goes in and, word for word,
// what comes out; go test -run TestScript -update rewrites the latter.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, "NO_COLOR=1", "COLUMNS=80", "TZ=UTC", "LANG=C.UTF-8", "ESC=\x1b")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"json": jsonCommand, "exitcode": exitCode},
	})
}

// exitCode is "exitcode N ARGS…": the program, run with the arguments, ends with that code.
func exitCode(ts *testscript.TestScript, not bool, args []string) {
	if not || len(args) < 2 {
		ts.Fatalf("usage: exitcode N ARGS…")
	}
	err := ts.Exec("imtriage", args[1:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("imtriage: %v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// jsonCommand is "json FILE PATH [WANT]": it looks into a JSON file, stdout or stderr, such as
// json stdout 0.title.zh '登录'. A list or an object is compared by its length. Without WANT the
// value must be there; with ! in front it must not.
func jsonCommand(ts *testscript.TestScript, not bool, args []string) {
	if len(args) != 2 && len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH [WANT]")
	}
	var doc any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &doc); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	got, err := lookInto(doc, args[1])
	found := err == nil && (len(args) == 2 || got == args[2])
	switch {
	case not && found:
		ts.Fatalf("%s is %s", args[1], got)
	case !not && err != nil:
		ts.Fatalf("%s: %v", args[1], err)
	case !not && !found:
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

// lookInto returns the value at a path of names and indices; "." is the document.
func lookInto(doc any, path string) (string, error) {
	for part := range strings.SplitSeq(path, ".") {
		if part == "" {
			continue
		}
		switch v := doc.(type) {
		case map[string]any:
			if doc = v[part]; doc == nil {
				return "", fmt.Errorf("no %q among %q", part, slices.Sorted(maps.Keys(v)))
			}
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(v) {
				return "", fmt.Errorf("no element %q of %d", part, len(v))
			}
			doc = v[i]
		default:
			return "", fmt.Errorf("%q: %v is no list and no object", part, v)
		}
	}
	switch v := doc.(type) {
	case map[string]any:
		return strconv.Itoa(len(v)), nil
	case []any:
		return strconv.Itoa(len(v)), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	}
	return fmt.Sprint(doc), nil
}
