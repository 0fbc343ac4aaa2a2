package scanner

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A fullRecorder is a recorder that also keeps the fields that come before anybody asks for details.
type fullRecorder struct{ recorder }

func (r *fullRecorder) Finding(f *tally.Finding) error {
	r.lines = append(r.lines, fmt.Sprint("counted ", f.Fields, f.Later, f.Alternatives, f.TimeGuessed))
	return r.recorder.Finding(f)
}

func (r *fullRecorder) Mark(m *tally.Mark) error {
	r.lines = append(r.lines, fmt.Sprint("counted ", m.Fields))
	if err := r.recorder.Mark(m); err != nil {
		return err
	}
	r.lines = append(r.lines, fmt.Sprint(m.Column, m.Level, m.Extractor, m.Fields))
	return nil
}

// A scale holds a worker with a memory against one that searches every line. What its automata learn is kept, which takes
// long to learn.
type scale struct {
	plain, remembering, detail *worker
	sumOK                      bool // of both
}

func newScale(x *Extractor) *scale {
	s := &scale{plain: newWorker(x), remembering: newWorker(x), detail: newWorker(x)}
	s.plain.memo = nil
	return s
}

// scan scans texts, an input each, in blocks with one worker and returns all that is delivered. Between blocks
// something may happen to its memory.
func (s *scale) scan(t interface{ Fatal(...any) }, w *worker, size int, between func(*memo), texts ...string) []string {
	var rec fullRecorder
	d := newDelivery(&rec, w.x)
	d.worker = s.detail
	for _, text := range texts {
		in := &Input{Name: "t", Host: "h", Reference: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), Zone: time.UTC}
		sp := newSplitter(strings.NewReader(text))
		sp.size = size
		n, err := sp.blocks(context.Background(), 0, func(b *Block) error {
			if w.memo != nil && between != nil {
				between(w.memo)
			}
			return d.block(in, w.scan(b, in))
		})
		if err == nil {
			err = d.end(in, &Health{Bytes: n, Complete: true})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return rec.lines
}

// weigh fails if the worker with a memory finds anything else than the other, and returns that memory.
func (s *scale) weigh(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, size int, between func(*memo), texts ...string,
) *memo {
	s.remembering.memo = newMemo()
	s.plain.sumOK, s.remembering.sumOK = s.sumOK, s.sumOK
	want := s.scan(t, s.plain, size, between, texts...)
	if d := cmp.Diff(want, s.scan(t, s.remembering, size, between, texts...)); d != "" {
		t.Fatalf("blocks of %d bytes of %q (-searched +remembered):\n%s", size, texts, d)
	}
	return s.remembering.memo
}

// recalls counts the lines that were answered from memory, at most: a lesson that learns more hands its number on.
func (m *memo) recalls() (n int) {
	for _, l := range m.lessons {
		if l != nil {
			n += l.known
		}
	}
	return n
}

func extractorWith(t *testing.T, pack Pack) *Extractor {
	t.Helper()
	x, err := NewExtractor(catalog.Builtin(), pack)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestMemoOddSpecs holds what specs and lines can do that no log of ours does. The first line is met often enough to be
// remembered, then come others of its shape of which the outcome differs.
func TestMemoOddSpecs(t *testing.T) {
	one := func(s Spec) Pack { s.Name = "own"; return Pack{Extractors: []Spec{s}} }
	tests := []struct {
		name   string
		pack   Pack
		line   string
		others []string // texts of an input each
	}{
		{
			"an event that the line names",
			one(Spec{Literals: []string{"evt="}, Pattern: `evt=(?P<event>\w+)`}),
			"evt=x_login1 done\n",
			[]string{"evt=x_login2 done\n"},
		}, {
			"what stands before is cut off by a longer number",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`, Before: `login[\w ]*: `}),
			"login 1 " + strings.Repeat("x", 70) + ": kode:6014\n",
			[]string{"login " + strings.Repeat("1", 40) + " " + strings.Repeat("x", 70) + ": kode:6014\n"},
		}, {
			"what must not stand before is cut off by a longer number",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`, Unless: `^http[\w ]*: `}),
			"http 1 " + strings.Repeat("x", 70) + ": kode:6014\n",
			[]string{"http " + strings.Repeat("1", 40) + " " + strings.Repeat("x", 70) + ": kode:6014\n"},
		}, {
			"a value that is too long",
			Pack{
				Extractors: []Spec{{Name: "own", Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}},
				Fields:     []Field{{Literals: []string{"usr="}, Pattern: `usr=(?P<user>.*)`}},
			},
			"kode:6014 usr=a" + strings.Repeat("x", 400) + "1z\n",
			[]string{"kode:6014 usr=a" + strings.Repeat("x", 400) + strings.Repeat("1", 200) + "z\n"},
		}, {
			"a value that is cut",
			Pack{
				Extractors: []Spec{{Name: "own", Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}},
				Fields:     []Field{{Literals: []string{"usr="}, Pattern: `usr=(?P<user>.*)`}},
			},
			"kode:6014 usr=a1z" + strings.Repeat("x", 600) + "\n",
			[]string{"kode:6014 usr=a" + strings.Repeat("1", 20) + "z" + strings.Repeat("x", 600) + "\n"},
		}, {
			"a match inside a number",
			one(Spec{Event: "x_inside", Literals: []string{"inside "}, Pattern: `inside \d+\B`}),
			"inside 1 done\n",
			[]string{"inside 12 done\n", "inside 1234 done\n"},
		}, {
			"no match inside a number",
			one(Spec{Event: "x_inside", Literals: []string{"inside "}, Pattern: `inside \d+\B`}),
			"inside 123 done\n",
			[]string{"inside 1 done\n"},
		}, {
			"a lone bracket belongs to the line above",
			one(Spec{Event: "x_open", Literals: []string{"{\nab"}, Pattern: `\{`, Weight: new(int), Needs: []string{"native"}}),
			"TIM: V2TIM x\n{\nab\n",
			[]string{"nothing\n{\nab\n"},
		}, {
			"a carriage return at the end of the input",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)$`}),
			"kode:6014\r\n",
			[]string{"kode:6014\r"},
		}, {
			"stamps with letters behind a prefix",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}),
			"a1b2c-2026-06-01 10:00:00 kode:6014\n",
			[]string{"a1b2c-0D0A-06-01 10:00:00 kode:6014\n", "a1b2c-2026-06-0A 10:00:00 kode:6014\n"},
		}, {
			"an id that begins like a zone",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}),
			"2026-06-01 10:00:00 abc-0800-1a2b3c4 kode:6014\n",
			[]string{"2026-06-01 10:00:00 GMT-0800-1a2b3c4 kode:6014\n"},
		}, {
			"a fraction that an id continues",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}),
			"2026-06-01 10:00:00.12-a4b5-1a2b3c4d kode:6014\n",
			[]string{"2026-06-01 10:00:00.12-0800-1a2b3c4d kode:6014\n"},
		}, {
			"an id that begins like a year",
			one(Spec{Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}),
			"06-01 10:00:00 abcd-1a2b3c4d kode:6014\n",
			[]string{"06-01 10:00:00 2024-1a2b3c4d kode:6014\n"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			texts := append([]string{strings.Repeat(tt.line, 4)}, tt.others...)
			m := newScale(extractorWith(t, tt.pack)).weigh(t, 4096, nil, texts...)
			if m.recalls() == 0 {
				t.Error("nothing was recalled")
			}
		})
	}
	t.Run("the next line at the end of the input", func(t *testing.T) {
		x := extractorWith(t, one(Spec{Literals: []string{"kode:"}, Pattern: `kode:\s(?P<code>\d+)`, Lines: 2}))
		newScale(x).weigh(t, 4096, nil, "kode:", "kode:", "kode:\n6014\n")
	})
}
