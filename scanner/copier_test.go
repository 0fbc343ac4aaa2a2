package scanner

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/scanner/input"
)

func copied(t interface{ Fatal(...any) }, c Copier, s Source) string {
	var b bytes.Buffer
	c.W = &b
	if err := s.Read(context.Background(), &c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCopierSpan(t *testing.T) {
	const text = "no time yet\n" +
		"2026-06-01 10:00:00 a\n\tat a\n" +
		"2026-06-01 11:00:00 b\n\tat b\nnext line of b\n" +
		"2026-06-01 12:00:00 c\n\tat c"
	at := func(h int) time.Time { return time.Date(2026, 6, 1, h, 0, 0, 0, time.UTC) }
	src := func(size int, carriers ...input.Carrier) Source {
		return carriedSource{in: Input{Name: "t", Zone: time.UTC}, text: text, size: size, carriers: carriers}
	}
	for _, tc := range []struct {
		name         string
		since, until time.Time
		from, to     string
	}{
		{"all", time.Time{}, time.Time{}, "no time yet", ""},
		{"from a time on", at(11), time.Time{}, "2026-06-01 11", ""},
		{"up to a time", time.Time{}, at(11), "2026-06-01 10", "2026-06-01 11"},
		{"between", at(11), at(12), "2026-06-01 11", "2026-06-01 12"},
		{"nothing", at(13), time.Time{}, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			want := ""
			if tc.from != "" {
				_, after, _ := strings.Cut(text, tc.from)
				want = tc.from + after
			}
			if tc.to != "" {
				want, _, _ = strings.Cut(want, tc.to)
			}
			for _, size := range []int{20, 40, blockSize} {
				if got := copied(t, Copier{Since: tc.since, Until: tc.until}, src(size)); got != want {
					t.Errorf("blocks of %d bytes give %q, want %q", size, got, want)
				}
			}
		})
	}
	want, _, _ := strings.Cut(text, "2026-06-01 11")
	told := src(blockSize, input.Carrier{Time: at(1)}, input.Carrier{Off: int64(len(want)), Time: at(2)})
	if got := copied(t, Copier{Until: at(2)}, told); got != want {
		t.Errorf("with times of an envelope %q, want %q", got, want)
	}
}

// TestCopierCopies holds that without a span every byte is copied, and that two spans that meet are the whole.
func TestCopierCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "2026-06-01 10:00:00 begin\n" + genLog(t)
		s := carriedSource{in: Input{Name: "t", Zone: time.UTC, Reference: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)}, text: text, size: rapid.IntRange(5_000, 60_000).Draw(t, "size")}
		if got := copied(t, Copier{}, s); got != text {
			t.Fatalf("copied %q, want %q", got, text)
		}
		cut := time.Date(2026, 6, 1, 10, rapid.IntRange(0, 2).Draw(t, "minute"), 0, 0, time.UTC)
		before, after := copied(t, Copier{Until: cut}, s), copied(t, Copier{Since: cut}, s)
		if len(before)+len(after) != len(text) {
			t.Fatalf("cut at %v: %q and %q of %q", cut, before, after, text)
		}
	})
}

func TestNewest(t *testing.T) {
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	src := func(text string) Source {
		return carriedSource{in: Input{Name: "t", Zone: time.UTC, Reference: at}, text: text, size: 64}
	}
	for _, tc := range []struct {
		name    string
		sources []Source
		want    time.Time
	}{
		{"none", nil, time.Time{}},
		{"no stamps", []Source{src("a\nb\n")}, time.Time{}},
		{"guessed", []Source{src("13:00:00.000 a\n")}, time.Time{}},
		{"last line", []Source{src("2026-06-01 12:00:00 a\n\tat b\n\tat c")}, at},
		{"of two", []Source{src("2026-06-01 12:00:00 a\n"), src("2026-06-01 11:00:00 a\n"), src("")}, at},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, err := Newest(t.Context(), tc.sources); err != nil || !got.Equal(tc.want) {
				t.Errorf("newest %v, error %v, want %v", got, err, tc.want)
			}
		})
	}
}
