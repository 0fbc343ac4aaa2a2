package scanner

import (
	"strings"
	"testing"
)

// TestMemoNotes holds for each kind of thing that is looked at in a line that it is noted: the first line is remembered, and
// those of its shape that come then differ from it in that alone.
func TestMemoNotes(t *testing.T) {
	kode := Spec{Name: "own", Literals: []string{"kode:"}, Pattern: `kode:(?P<code>\d+)`}
	weak := kode
	weak.Weight = new(int)
	with := func(change func(s *Spec)) []Spec {
		s := kode
		change(&s)
		return []Spec{s}
	}
	long := strings.Repeat("x", 290)
	tests := []struct {
		name   string
		specs  []Spec
		fields []Field
		line   string
		others []string
	}{
		{"the code", []Spec{kode}, nil, "kode:6014 a\n", []string{"kode:6206 a\n", "kode:60140 a\n", "kode:0 a\n", "kode:00 a\n", "kode:99999999999 a\n"}},
		{"a fraction behind it", []Spec{kode}, nil, "kode:6014.0 a\n", []string{"kode:6014.5 a\n", "kode:6014.05 a\n"}},
		{"an escape behind it", []Spec{kode}, nil, "kode:6014%2C a\n", []string{"kode:6014%3C a\n"}},
		{"an id of which it is a part", []Spec{kode}, nil, "kode:a1b2c3d4 a\n", []string{"kode:1a2b3c4d a\n", "kode:12345-1a2b3c4d a\n"}},
		{"words of the message in an id", []Spec{weak}, nil, "kode:20009 msg: qqqqqq1a2b3 z\n", []string{"kode:20009 msg: friend1a2b3 z\n"}},
		{"words around the code in an id", []Spec{weak}, nil, "c2c kode:20009 qqqqqq1a2b3 z\n", []string{"c2c kode:20009 friend1a2b3 z\n"}},
		{"how far words stand from the code", []Spec{weak}, nil, "c2c kode:20009 1 " + long[:140] + " friend\n", []string{"c2c kode:20009 " + strings.Repeat("1", 90) + " " + long[:140] + " friend\n"}},
		{"words in a message", []Spec{weak}, nil, "kode:20009 msg: friend1a2b3 z\n", []string{"kode:20009 msg: qqqqqq1a2b3 z\n"}},
		{"where a message is cut", []Spec{weak}, nil, "kode:20009 msg: 1 " + long + " friend\n", []string{"kode:20009 msg: " + strings.Repeat("1", 100) + " " + long + " friend\n"}},
		{"which message is nearest", []Spec{weak}, nil, "msg: friend 1 " + long[:270] + " kode:20009\n", []string{"msg: friend " + strings.Repeat("1", 90) + " " + long[:270] + " kode:20009\n"}},
		{"which value is nearest", []Spec{kode}, nil, "user=u_a 12 kode:6014 345 user=u_b\n", []string{"user=u_a 1 kode:6014 12345678901 user=u_b\n"}},
		{
			"a pattern that no automaton runs", with(func(s *Spec) {
				s.Literals = []string{"odd:"}
				s.Pattern = `odd:\d*[13579] (?P<code>\d+)(?P<x_a>a)?(?P<x_b>b)?(?P<x_c>c)?(?P<x_d>d)?(?P<x_e>e)?(?P<x_f>f)?(?P<x_g>g)?(?P<x_h>h)?` +
					`(?P<x_i>i)?(?P<x_j>j)?(?P<x_k>k)?(?P<x_l>l)?(?P<x_m>m)?(?P<x_n>n)?(?P<x_o>o)?(?P<x_p>p)?`
			}), nil, "odd:11 6014 z\n", []string{"odd:12 6014 z\n"},
		},
		{"an unclear value", with(func(s *Spec) { s.Pattern = `kode:(?P<code>\d+) \w*(?P<user>\d\w*|x)` }), nil, "kode:6014 12 z\n", []string{"kode:6014 1234 z\n"}},
		{"what stands before", with(func(s *Spec) { s.Before = `[13579] ` }), nil, "a 11 kode:6014\n", []string{"a 12 kode:6014\n"}},
		{"how long that is", with(func(s *Spec) { s.Before = `a \d{2} ` }), nil, "a 11 kode:6014\n", []string{"a 123 kode:6014\n"}},
		{"a code before", with(func(s *Spec) { s.Before, s.Pattern = `n=(?P<code>\d+) `, `kode:` }), nil, "n=6014 kode:\n", []string{"n=6206 kode:\n"}},
		{"the last of an id before", with(func(s *Spec) { s.Unless = `[a-f] ` }), nil, "a1b2c3d4 kode:6014\n", []string{"1a2b3c4d kode:6014\n"}},
		{"the first of an id behind", with(func(s *Spec) { s.Pattern = `kode:(?P<code>\d+) [a-f]` }), nil, "kode:6014 a1b2c3d4\n", []string{"kode:6014 1a2b3c4d\n", "kode:6014 x1a2b3c4\n"}},
		{"the next line", with(func(s *Spec) { s.Pattern, s.Lines = `kode:(?P<code>\d+)(?:\nok)?$`, 2 }), nil, "kode:6014\nok\n", []string{"kode:6014\nno\n"}},
		{"no line behind", with(func(s *Spec) { s.Pattern, s.Lines = `kode:(?P<code>\d+)\nok`, 2 }), nil, "kode:6014\nno\n", []string{"kode:6014\nok\n"}},
		{"a year behind the time", []Spec{kode}, nil, "06-01 10:00:00 12 kode:6014\n", []string{"06-01 10:00:00 2024 kode:6014\n"}},
		{"a zone that goes on", []Spec{kode}, nil, "2026-06-01 10:00:00 +0800 kode:6014\n", []string{"2026-06-01 10:00:00 +08001 kode:6014\n", "2026-06-01 10:00:00 +0900 kode:6014\n"}},
		{"times that cannot be", []Spec{kode}, nil, "2026-06-01 10:00:00 kode:6014\n", []string{"2026-13-01 10:00:00 kode:6014\n", "2026-06-31 10:00:00 kode:6014\n", "2026-06-01 25:00:00 kode:6014\n", "1026-06-01 1:00:00 kode:6014\n"}},
		{"a time too far in the line", []Spec{kode}, nil, "n 1 " + long[:120] + " 2026-06-01 10:00:00 kode:6014\n", []string{"n " + strings.Repeat("1", 60) + " " + long[:120] + " 2026-06-01 10:00:00 kode:6014\n"}},
		{"a word of evidence", []Spec{weak}, nil, "c1c kode:20009 msg: z\n", []string{"c2c kode:20009 msg: z\n", "c12c kode:20009 msg: z\n"}},
		{"a word of evidence that it has", []Spec{weak}, nil, "c2c kode:20009 msg: z\n", []string{"c1c kode:20009 msg: z\n", "c22c kode:20009 msg: z\n"}},
		{"a value", []Spec{kode}, []Field{{Literals: []string{"usr="}, Pattern: `usr=(?P<user>\d{1,4})`}}, "kode:6014 usr=12 a\n", []string{"kode:6014 usr=123456 a\n"}},
		{"the literal of a field", []Spec{kode}, []Field{{Literals: []string{"u1="}, Pattern: `u1=(?P<user>\w+)`}}, "kode:6014 u1=a a\n", []string{"kode:6014 u2=a a\n", "kode:6014 u11=a a\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := extractorWith(t, Pack{Extractors: tt.specs, Fields: tt.fields})
			// Once as they come, once with each of the others learned as well.
			newScale(x).weigh(t, 4096, nil, append([]string{strings.Repeat(tt.line, 3)}, tt.others...)...)
			for _, other := range tt.others {
				newScale(x).weigh(t, 4096, nil, strings.Repeat(tt.line, 3), strings.Repeat(other, 3), tt.line, other)
			}
		})
	}
}
