package scanner

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/imtriage/imtriage/catalog"
)

// Whatever a pattern matches holds a literal that leads to its line.
func TestEachMatchIsLedTo(t *testing.T) {
	x := testExtractor()
	w := newWorker(x)
	var texts [][]byte
	for _, s := range x.Specs() {
		for _, sample := range s.Samples {
			texts = append(texts, []byte(sample.Line))
		}
	}
	files, err := filepath.Glob("testdata/lines/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no lines", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	led := 0
	for _, text := range texts {
		for _, h := range x.set.Append(nil, text, 0, len(text)) {
			if !x.sharers[h.Lit].led {
				continue
			}
			for _, n := range x.sharers[h.Lit].specs {
				if _, ok := w.match(text, n, h.Pos); !ok {
					continue
				}
				led++
				lo, hi := bytes.LastIndexByte(text[:h.Pos], '\n')+1, lineEnd(text, h.Pos)
				if len(x.leads.Append(nil, text, lo, hi)) == 0 {
					t.Errorf("%s matches where nothing leads to: %s", x.specs[n].Name, text[lo:hi])
				}
			}
		}
	}
	if led == 0 {
		t.Error("no literal that is led was matched")
	}
}

// A literal is led if each of its specs needs another one on the line, which letters beyond ASCII cannot stand for.
func TestLed(t *testing.T) {
	own := func(literal, pattern string, lines int) Pack {
		return Pack{Extractors: []Spec{{Name: "own", Literals: []string{literal}, Pattern: pattern, Lines: lines}}}
	}
	for _, tt := range []struct {
		name, literal string
		pack          Pack
		led           bool
	}{
		{"the place in the source of the native SDK", ".cpp:", Pack{}, true},
		{"a key that other keys hold", "code", Pack{}, false},
		{"another literal behind", "gatewaylog", own("gatewaylog", `gatewaylog .*\bcode {{code}}`, 0), true},
		{"another literal that need not stand there", "gatewaylog", own("gatewaylog", `gatewaylog (?:code )?{{code}}`, 0), false},
		{"one of two", "gatewaylog", own("gatewaylog", `gatewaylog (?:code|number) {{code}}`, 0), false},
		{"another literal on a later line", "gatewaylog", own("gatewaylog", `gatewaylog\s+code {{code}}`, 2), false},
		{"letters that others fold to", "gatewaylog", own("gatewaylog", `(?i)gatewaylog imsdk {{code}}`, 0), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, err := NewExtractor(catalog.Builtin(), tt.pack)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(x.sharers, func(sh sharers) bool { return sh.text == tt.literal })
			if i < 0 || x.sharers[i].led != tt.led || slices.Contains(x.leading, i) == tt.led {
				t.Errorf("literal %d, want led %v", i, tt.led)
			}
		})
	}
}

// Beside a number on which a spec insists as a whole, digits and letters rule it out, but for those that may stand there.
func TestBounds(t *testing.T) {
	x := testExtractor()
	for _, number := range []string{"502", "503", "504"} {
		i := slices.IndexFunc(x.sharers, func(sh sharers) bool { return sh.text == number })
		if i < 0 || x.sharers[i].bounds == nil {
			t.Fatalf("%s has no bounds", number)
		}
		b := x.sharers[i].bounds
		if !b.all(hexAlphabet) || b.before['p'] || b.before[' '] || b.before['='] || b.after[' '] || !b.after['p'] {
			t.Errorf("%s: %v", number, b)
		}
	}
	if findings, marks := x.find("http504 of console.tim.qq.com"); len(findings) != 0 || len(marks) != 1 {
		t.Errorf("%v, %v, want a mark", findings, marks)
	}
}
