package alert_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
)

// beCommand is what the test program does as a command.
func beCommand(what string) int {
	switch what {
	case "echo": // says what it got
		data, err := io.ReadAll(os.Stdin)
		if err != nil {
			return 2
		}
		var env []string
		for _, v := range os.Environ() {
			env = append(env, strings.SplitN(v, "=", 2)[0])
		}
		slices.Sort(env)
		return say(json.NewEncoder(os.Stdout).Encode(map[string]any{"args": os.Args[1:], "env": env, "stdin": json.RawMessage(data)}))
	case "fail":
		fmt.Fprintln(os.Stderr, "no such \x1b[31mpager")
		return 3
	case "hang":
		select {}
	}
	return 2
}

func say(err error) int {
	if err != nil {
		return 2
	}
	return 0
}

// try sends samples to one command and returns what came of the first.
func try(t *testing.T, what, more string) alert.Trial {
	t.Helper()
	text := fmt.Sprintf("alerts:\n  receivers:\n    - {name: prog, kind: command, command: [%q, 'a b; $(x)'], env: [ALERT_COMMAND, GORACE]%s}\n", os.Args[0], more)
	d := load(t, text, alert.Options{Env: environment(map[string]string{
		"ALERT_COMMAND": what, "GORACE": "atexit_sleep_ms=0", "TOKEN": "of another receiver", "PATH": "/bin",
	})})
	var trials []alert.Trial
	d.Try(t.Context(), func(string) bool { return true }, func(r alert.Trial) { trials = append(trials, r) })
	return trials[0]
}

func TestCommand(t *testing.T) {
	r := try(t, "echo", "")
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	var got struct {
		Args, Env []string
		Stdin     struct {
			Schema string
			Alerts []struct{ Rule, Turn string }
		}
	}
	// A decoder, because coverage has a word to say after it.
	if err := json.NewDecoder(strings.NewReader(strings.TrimPrefix(r.Answer, "exit 0 "))).Decode(&got); err != nil {
		t.Fatalf("%v in %s", err, r.Answer)
	}
	if want := []string{"a b; $(x)"}; !slices.Equal(got.Args, want) {
		t.Errorf("got the arguments %q, want %q", got.Args, want)
	}
	if want := []string{"ALERT_COMMAND", "GORACE", "PATH"}; !slices.Equal(got.Env, want) {
		t.Errorf("got the variables %q, want %q", got.Env, want)
	}
	if got.Stdin.Schema != alert.Schema || len(got.Stdin.Alerts) != 1 || got.Stdin.Alerts[0].Turn != "raised" {
		t.Errorf("got on standard input %+v", got.Stdin)
	}
}

func TestCommandFails(t *testing.T) {
	r := try(t, "fail", "")
	if r.Err == nil || !strings.Contains(r.Err.Error(), "exit status 3 no such") {
		t.Errorf("got %v, want the exit status and what it said", r.Err)
	}
	if strings.Contains(r.Answer, "\x1b") {
		t.Errorf("got %q, a control got through", r.Answer)
	}
}

func TestCommandHangs(t *testing.T) {
	r := try(t, "hang", ", timeout: 1s")
	if r.Err == nil || !strings.HasSuffix(r.Err.Error(), "not done in time, and stopped") {
		t.Errorf("got %v, want that it was stopped", r.Err)
	}
}
