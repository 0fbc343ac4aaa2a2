package scanner_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

// A labelled line says which codes a perfect reader reports of it.
type labelled struct {
	ID    string `json:"id"`
	Line  string `json:"line"`
	Codes []int  `json:"codes"`
	Why   string `json:"why"`
}

func readLabelled(t *testing.T, path string) (lines []labelled) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var l labelled
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		lines = append(lines, l)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// collect is a Sink that keeps everything.
type collect struct {
	findings []tally.Finding
	marks    []tally.Mark
	pieces   []tally.Piece
}

func (c *collect) Finding(f *tally.Finding) error {
	c.findings = append(c.findings, *f.Clone())
	return nil
}
func (c *collect) Mark(m *tally.Mark) error  { c.marks = append(c.marks, *m.Clone()); return nil }
func (c *collect) Piece(p tally.Piece) error { c.pieces = append(c.pieces, p); return nil }

var reference = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

// scanText runs the built-in extractor over one text.
func scanText(t testing.TB, x *scanner.Extractor, text string) *collect {
	t.Helper()
	var c collect
	src := scanner.NewReader(scanner.Input{Name: "t", Reference: reference, Zone: time.UTC}, strings.NewReader(text))
	if err := (&scanner.Scanner{Extractor: x, Jobs: 1}).Scan(t.Context(), []scanner.Source{src}, &c); err != nil {
		t.Fatal(err)
	}
	return &c
}

func builtin(t testing.TB) *scanner.Extractor {
	t.Helper()
	x, err := scanner.NewExtractor(catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// score feeds every line alone and compares the sets of codes.
func score(t *testing.T, x *scanner.Extractor, lines []labelled) (precision, recall float64) {
	t.Helper()
	var hit, wrong, missed int
	for _, l := range lines {
		got := map[int]bool{}
		for _, f := range scanText(t, x, l.Line+"\n").findings {
			got[f.Code] = true
		}
		for code := range got {
			if slices.Contains(l.Codes, code) {
				hit++
				continue
			}
			wrong++
			t.Logf("%s: reported %d, labelled %v (%s): %s", l.ID, code, l.Codes, l.Why, l.Line)
		}
		for _, code := range l.Codes {
			if !got[code] {
				missed++
				t.Logf("%s: missed %d (%s): %s", l.ID, code, l.Why, l.Line)
			}
		}
	}
	return float64(hit) / float64(max(hit+wrong, 1)), float64(hit) / float64(max(hit+missed, 1))
}

// measure scores the labelled lines of all files that the pattern names.
func measure(t *testing.T, pattern string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no lines at %s: %v", pattern, err)
	}
	var lines []labelled
	for _, p := range paths {
		lines = append(lines, readLabelled(t, p)...)
	}
	precision, recall := score(t, builtin(t), lines)
	t.Logf("%d lines: precision %.4f, recall %.4f", len(lines), precision, recall)
	if precision < 0.99 || recall < 0.98 {
		t.Errorf("precision %.4f and recall %.4f, want at least 0.99 and 0.98", precision, recall)
	}
}

func TestLabelledLines(t *testing.T) { measure(t, "testdata/lines/*.jsonl") }
