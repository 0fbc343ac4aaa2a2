package rules_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	godiff "github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/rules/sigma"
)

// A peerCase is an example of what another engine documents or tests, in our language: a rule, the
// records, and the episodes that must come of them.
type peerCase struct {
	Name string `yaml:"name"`
	Rule string `yaml:"rule"` // the lines below id, title and remedy
	File string `yaml:"file"` // instead of a rule: a file of Sigma beside
	// Events are lines of a time, an optional number and a record. "1h *20/10m 6206 user=a" is
	// twenty records, evenly spread over ten minutes that begin an hour after noon.
	Events string   `yaml:"events"`
	End    string   `yaml:"end"`  // of the log; not given, the time of the last record
	Want   []string `yaml:"want"` // see short
	Told   *int     `yaml:"told"` // how often a cooldown lets it be told
}

// TestPeers holds the engine against the arithmetic of ElastAlert 2 and of SEC, and against the
// samples of Sigma's specification, with data of our own. Where we differ on purpose the name says
// "differs", and a comment in the file says why.
func TestPeers(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.cases.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %q, error %v", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var y struct {
			Cases []peerCase `yaml:"cases"`
		}
		if _, err := yamlpos.Decode(file, data, &y); err != nil {
			t.Fatal(err)
		}
		for _, c := range y.Cases {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".cases.yaml")+"/"+c.Name, func(t *testing.T) {
				set := c.set(t, filepath.Dir(file))
				lines, end := c.lines(t)
				var got []string
				told := 0
				for _, o := range run(set, rules.EngineOptions{}, lines, end).Outcomes() {
					told += o.Told
					for _, p := range o.Episodes {
						got = append(got, short(p))
					}
				}
				if diff := godiff.Diff(c.Want, got); diff != "" {
					t.Error(diff)
				}
				if c.Told != nil && told != *c.Told {
					t.Errorf("told %d times, want %d", told, *c.Told)
				}
			})
		}
	}
}

// set returns the set with the rules of a case alone.
func (c *peerCase) set(t *testing.T, dir string) *rules.Set {
	t.Helper()
	if c.File == "" {
		return parse(t, "rules:\n"+rule("x", indented("    ", strings.TrimRight(c.Rule, "\n"))))
	}
	data, err := os.ReadFile(filepath.Join(dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	if !sigma.Is(data) {
		t.Fatalf("%s is no Sigma", c.File)
	}
	f, err := sigma.Parse(c.File, data, catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	s, err := new(rules.Set).Overlay(f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var bunch = regexp.MustCompile(`^(\S+) \*([0-9]+)/(\S+) (.*)$`)

// lines writes the records of a case out one by one, in order, and returns them with the end of the log.
func (c *peerCase) lines(t *testing.T) (lines []string, end time.Duration) {
	t.Helper()
	type record struct {
		at   time.Duration
		text string
	}
	var records []record
	for line := range strings.Lines(c.Events) {
		line = strings.TrimSpace(line)
		if m := bunch.FindStringSubmatch(line); m != nil {
			n, err := strconv.Atoi(m[2])
			if err != nil {
				t.Fatal(err)
			}
			for i := range n {
				records = append(records, record{span(t, m[1]) + time.Duration(i)*span(t, m[3])/time.Duration(n), m[4]})
			}
			continue
		}
		at, text, _ := strings.Cut(line, " ")
		records = append(records, record{span(t, at), text})
	}
	slices.SortStableFunc(records, func(a, b record) int { return cmp.Compare(a.at, b.at) })
	for _, r := range records {
		lines = append(lines, fmt.Sprintf("%s %s", rules.Duration(r.at), r.text))
	}
	if c.End != "" {
		return lines, span(t, c.End)
	}
	return lines, records[len(records)-1].at
}

// span reads a length of time, 0s too.
func span(t *testing.T, text string) time.Duration {
	t.Helper()
	var d rules.Duration
	if text == "0s" {
		return 0
	}
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return time.Duration(d)
}
