package main

import (
	"strings"
	"testing"
)

func TestPlainText(t *testing.T) {
	long := strings.Repeat("x", 2*maxShown)
	for _, tc := range []struct {
		name, in, want string
		term           bool
	}{
		{"file", "\x1b[31mred\x00\n", "\x1b[31mred\x00\n", false},
		{"terminal", "\x1b[31mred\x1b[0m\n\tat x\r\nlast \u202e", "red\n        at x \nlast ", true},
		{"a long line", long + "\n", long + "\n", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b strings.Builder
			p := plainText{w: &b, term: tc.term}
			for piece := range strings.SplitAfterSeq(tc.in, "e") {
				if n, err := p.Write([]byte(piece)); n != len(piece) || err != nil {
					t.Fatalf("%d bytes written, error %v, want %d", n, err, len(piece))
				}
				if len(p.rest) > 2*maxShown {
					t.Fatalf("%d bytes wait", len(p.rest))
				}
			}
			if err := p.Flush(); err != nil || b.String() != tc.want {
				t.Errorf("%q, error %v, want %q", b.String(), err, tc.want)
			}
		})
	}
}
