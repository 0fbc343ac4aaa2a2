package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "rewrite the transcripts in the READMEs")

// The READMEs, from the root of the repository, with the locale in which their transcript is made.
var readmes = []struct{ file, locale string }{
	{"README.md", "en_US.UTF-8"},
	{"README.zh-CN.md", "zh_CN.UTF-8"},
}

// runAt runs the program as a plain pipe of 80 columns would see it.
func runAt(t *testing.T, now time.Time, locale string, args ...string) (stdout string, code int) {
	t.Helper()
	env := map[string]string{"LANG": locale, "COLUMNS": "80", "NO_COLOR": "1"}
	var out, errs bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &stdoutWriter{w: &out}, err: &errs,
		env:   func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		now:   func() time.Time { return now },
		local: time.UTC,
	}
	code = a.main(t.Context(), args)
	if errs.Len() > 0 {
		t.Logf("imtriage %s: %s", strings.Join(args, " "), &errs)
	}
	return out.String(), code
}

var fence = regexp.MustCompile("(?s)\n```([a-z]*)\n(.*?\n)```\n")

// blocks returns the fenced blocks of a kind.
func blocks(text, kind string) (out []string) {
	for _, m := range fence.FindAllStringSubmatch(text, -1) {
		if m[1] == kind {
			out = append(out, m[2])
		}
	}
	return out
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var transcript = regexp.MustCompile("(?s)(<!-- transcript -->\n```text\n)(.*?)(```\n)")

// TestReadmeTranscript runs what the READMEs tell a newcomer to type first, and holds the output
// against what they show.
func TestReadmeTranscript(t *testing.T) {
	const program = "go run ./cmd/imtriage "
	for _, r := range readmes {
		t.Run(r.file, func(t *testing.T) {
			text := readDoc(t, r.file)
			first, _, _ := strings.Cut(blocks(text, "sh")[0], "\n")
			args, ok := strings.CutPrefix(first, program)
			if !ok {
				t.Fatalf("the first command is %q, want it to begin with %q", first, program)
			}
			t.Chdir(filepath.Join("..", ".."))
			got, code := runAt(t, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), r.locale, strings.Fields(args)...)
			if code != exitClean {
				t.Errorf("%s ends with %d, want %d", first, code, exitClean)
			}
			shown := transcript.FindStringSubmatch(text)
			if shown == nil {
				t.Fatal("no transcript in the README")
			}
			if *update {
				text = transcript.ReplaceAllStringFunc(text, func(string) string { return shown[1] + got + shown[3] })
				if err := os.WriteFile(r.file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(shown[2], got); diff != "" {
				t.Errorf("the README shows something else, run go test ./cmd/imtriage -run Readme -update (-shown +printed):\n%s", diff)
			}
		})
	}
}

// TestReadmeTranscriptKeeps checks that the transcript depends neither on the day nor on the time
// at which the repository was cloned, which is the files' mtime.
func TestReadmeTranscriptKeeps(t *testing.T) {
	later := time.Date(2035, 3, 1, 12, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	logs := filepath.Join(dir, "examples", "logs")
	if err := os.CopyFS(logs, os.DirFS(filepath.Join("..", "..", "examples", "logs"))); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(logs, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, later, later)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := transcript.FindStringSubmatch(readDoc(t, "README.md"))[2]
	t.Chdir(dir)
	got, _ := runAt(t, later, "en_US.UTF-8", "scan", "examples/logs")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("years later, the report is another one: give the logs' names or stamps a date (-now +later):\n%s", diff)
	}
}

var forFlag = regexp.MustCompile(`^# (\w+\.yaml), (?:for|用于) --(catalog|rules|extractors)\n`)

// TestDocsYAML loads every overlay that READMEs and docs show; a page's overlays are used together.
func TestDocsYAML(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh-CN.md", "docs/extractors.md", "docs/catalog-overlay.md"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log := filepath.Join(dir, "gateway.log")
			lines := "2026-06-01 10:00:00 gw im_rc=120042 uid=u_1\n2026-06-01 10:00:01 gw im_rc=120042 uid=u_2\n"
			if err := os.WriteFile(log, []byte(lines), 0o644); err != nil {
				t.Fatal(err)
			}
			args := []string{"scan", log, "-f", "ndjson"}
			for _, b := range blocks(readDoc(t, name), "yaml") {
				m := forFlag.FindStringSubmatch(b)
				if m == nil {
					continue
				}
				file := filepath.Join(dir, m[1])
				if err := os.WriteFile(file, []byte(b), 0o644); err != nil {
					t.Fatal(err)
				}
				args = append(args, "--"+m[2], file)
				if m[2] == "rules" {
					args = append(args, "--fail-on", "verdict:order-mutes")
				}
			}
			if len(args) == 4 {
				t.Fatal("no YAML with a heading such as # codes.yaml, for --catalog")
			}
			want := exitClean
			if slices.Contains(args, "--rules") {
				want = exitGate // the rule holds only if all three files do what they say
			}
			if _, code := runAt(t, time.Time{}, "C", args...); code != want {
				t.Errorf("exit code %d, want %d", code, want)
			}
		})
	}
}

// TestReadmeProgram holds the program of the READMEs against examples/library, and runs it.
func TestReadmeProgram(t *testing.T) {
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "library", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, readme := range []string{"README.md", "README.zh-CN.md"} {
		if diff := cmp.Diff(string(example), blocks(readDoc(t, readme), "go")[0]); diff != "" {
			t.Errorf("%s shows another program than examples/library:\n%s", readme, diff)
		}
	}
	out, err := exec.CommandContext(t.Context(), "go", "run", "../../examples/library", "../../examples/logs").CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("70009")) {
		t.Errorf("go run: %v, want a report of 70009, got:\n%s", err, out)
	}
}

var (
	flagWord    = regexp.MustCompile(`(?:^|[^\w-])--([a-z][a-z-]+)`)
	commandWord = regexp.MustCompile("(?m)(?:`|^    |- |run: |    )imtriage ([a-z]+)")
)

// TestReadmeNames holds flags, commands, formats and exit codes of the READMEs against the program.
func TestReadmeNames(t *testing.T) {
	root := (&app{env: func(string) (string, bool) { return "", false }}).root()
	flags, commands := map[string]bool{"help": true}, map[string]bool{}
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		commands[c.Name()] = true
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	for _, r := range readmes {
		text := readDoc(t, r.file)
		for _, m := range flagWord.FindAllStringSubmatch(text, -1) {
			if !flags[m[1]] {
				t.Errorf("%s: there is no flag --%s", r.file, m[1])
			}
		}
		for _, m := range commandWord.FindAllStringSubmatch(text, -1) {
			if !commands[m[1]] {
				t.Errorf("%s: there is no command %s", r.file, m[1])
			}
		}
		want := []string{"| 130 |"}
		for _, code := range []int{exitClean, exitGate, exitUsage, exitIncomplete} {
			want = append(want, fmt.Sprintf("| %d |", code))
		}
		for _, name := range formatNames() {
			want = append(want, "| `"+name+"` |")
		}
		for _, c := range root.Commands() {
			if c.Name() != "version" && c.Name() != "completion" && c.Name() != "help" {
				want = append(want, "| `imtriage "+c.Name())
			}
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks a row %q", r.file, w)
			}
		}
	}
}
