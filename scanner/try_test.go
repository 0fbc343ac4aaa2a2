package scanner_test

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/scanner"
)

func TestTry(t *testing.T) {
	x := builtin(t)
	t.Run("accepted, with reasons", func(t *testing.T) {
		got := x.Try("login failed, code: 70009, msg: sig check failed")
		if len(got) == 0 || !got[0].Accepted || got[0].Code != 70009 || got[0].Column != 21 || len(got[0].Reasons) < 3 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("refused, with the sum", func(t *testing.T) {
		got := x.Try("recv failed, error code: 10054")
		if len(got) == 0 || got[0].Accepted || got[0].Failed || got[0].Code != 10054 || (got[0].Points >= scanner.Threshold && got[0].Missing == "") {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("nearest miss", func(t *testing.T) {
		got := x.Try("the error code is none")
		if len(got) == 0 || !got[0].Failed || got[0].Reached < 15 || got[0].Want == "" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("the line says it twice", func(t *testing.T) {
		got := x.Try("TIM: |error code:9512|response|http code:9512|error_code:9512|")
		repeats := 0
		for _, tr := range got {
			if tr.Repeat {
				repeats++
			}
		}
		if repeats == 0 {
			t.Errorf("no repeat in %+v", got)
		}
	})
}

const ownSpecs = `
extractors:
  - name: shop-im
    family: [server]
    literals: ["IMFAIL "]
    pattern: 'IMFAIL (?P<code>\d+) u=(?P<user>\w+) (?P<x_shop>\w+)'
    samples:
      - {line: "IMFAIL 20009 u=anna s1", codes: [20009], fields: {user: anna, x_shop: s1}}
    rejects: ["IMFAIL none"]
`

func TestLoad(t *testing.T) {
	x, err := scanner.Load(catalog.Builtin(), catalog.File{Name: "own.yaml", Data: []byte(ownSpecs)})
	if err != nil {
		t.Fatal(err)
	}
	got := scanText(t, x, "2026-06-01 02:03:04 IMFAIL 20009 u=anna s1\n").findings
	if len(got) != 1 || got[0].Extractor != "shop-im" || got[0].Fields.Get("x_shop") != "s1" || got[0].Fields.Get("user") != "anna" {
		t.Errorf("got %+v", got)
	}
	if x.Digest() == builtin(t).Digest() {
		t.Error("own specs do not change the digest")
	}
}

func TestLoadReportsFaults(t *testing.T) {
	for _, tc := range []struct{ name, yaml, want string }{
		{"unknown key", "extractors:\n  - name: x\n    literal: [abc]\n", `own.yaml:3:5: extractors[0].literal: unknown field`},
		{"bad pattern", "extractors:\n  - name: x\n    literals: [abc]\n    pattern: 'a(b'\n    samples: [{line: x}]\n", `own.yaml:4:14: extractors[0].pattern: missing closing )`},
		{"unknown group", "extractors:\n  - name: x\n    literals: [abc]\n    pattern: 'abc(?P<code>\\d+)(?P<usr>\\w)'\n    samples: [{line: x}]\n", `unknown group "usr", did you mean "user"?`},
		{"short literal", "extractors:\n  - name: x\n    literals: [ab]\n    pattern: 'ab(?P<code>\\d+)'\n    samples: [{line: x}]\n", `own.yaml:3:16: extractors[0].literals[0]: "ab" is shorter than 3 bytes`},
		{"no code", "extractors:\n  - name: x\n    literals: [abc]\n    pattern: 'abc'\n    samples: [{line: x}]\n", "a group (?P<code>…) or a key event is needed"},
		{"no samples", "extractors:\n  - name: x\n    literals: [abc]\n    pattern: 'abc(?P<code>\\d+)'\n", "needs samples"},
		{"sample fails", strings.Replace(ownSpecs, "codes: [20009]", "codes: [20010]", 1), "own.yaml:8:9: extractors[0].samples[0]: the sample gives [20009], want [20010]"},
		{"reject matches", strings.Replace(ownSpecs, "IMFAIL none", "IMFAIL 20009 u=b s2", 1), "own.yaml:9:15: extractors[0].rejects[0]: the line gives 20009"},
		{"field fails", strings.Replace(ownSpecs, "user: anna", "user: bert", 1), `field user is "anna", want "bert"`},
		{"unknown evidence", strings.Replace(ownSpecs, "    samples:", "    needs: [nativ]\n    samples:", 1), `own.yaml:7:13: extractors[0].needs[0]: no evidence is named "nativ"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := scanner.Load(catalog.Builtin(), catalog.File{Name: "own.yaml", Data: []byte(tc.yaml)})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %q in it", err, tc.want)
			}
		})
	}
}

func FuzzScan(f *testing.F) {
	x := builtin(f)
	f.Add([]byte(badLine))
	f.Add([]byte("TIM: 2026-06-01 10:00:00.519 E 1-2|-a.cpp:1 F |error_code:9523|"))
	f.Add([]byte("[\"ErrorCode\"]=>\n  int(70169)\n"))
	f.Add([]byte("错误码：6012 ；错误信息：请求超时\xff\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := scanText(t, x, string(b))
		last := int64(-1)
		for _, g := range c.findings {
			if g.Offset <= last || g.Offset >= c.pieces[0].End || g.Line < 1 || g.Code == 0 {
				t.Fatalf("finding out of order or range: %+v", g)
			}
			last = g.Offset
		}
	})
}

func FuzzParsePack(f *testing.F) {
	f.Add([]byte(ownSpecs))
	f.Add([]byte("evidence:\n  - {name: x, weight: 3, words: [abc]}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := scanner.ParsePack("x.yaml", b); err == nil {
			if _, err := scanner.NewExtractor(catalog.Builtin(), p); err != nil && len(p.Extractors) == 0 {
				t.Errorf("a pack that was accepted does not compile: %v", err)
			}
		}
	})
}
