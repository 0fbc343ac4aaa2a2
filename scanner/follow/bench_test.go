package follow

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// One file of 200 MB that is followed from its start.
func BenchmarkLoad(b *testing.B) {
	path := filepath.Join(b.TempDir(), "app.log")
	line := []byte("2026-11-28 10:00:00.123 [im] error: login failed, code: 6206, desc: user sig expired, user: u1234567, cost 35 ms, host a1\n")
	const lines = 1_600_000
	if err := os.WriteFile(path, bytes.Repeat(line, lines), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(line)) * lines)
	for b.Loop() {
		f, err := New(Options{Paths: []string{path}, FromStart: true, NoTail: true, Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for f.Poll(b.Context(), func(p Piece) { n += bytes.Count(p.Data, []byte{'\n'}) }) {
		}
		if n != lines {
			b.Fatalf("%d lines of %d", n, lines)
		}
		f.Finish(func(Piece) {})
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// A second of five hundred idle files: ns/op is what it costs of a core's second.
func BenchmarkIdle(b *testing.B) {
	dir := b.TempDir()
	for i := range 500 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%03d.log", i)), []byte("a line\n"), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	clock := time.Unix(1_800_000_000, 0)
	f, err := New(Options{Paths: []string{filepath.Join(dir, "*.log")}, Now: func() time.Time { return clock }})
	if err != nil {
		b.Fatal(err)
	}
	second := func() {
		clock = clock.Add(time.Second)
		f.Poll(b.Context(), func(p Piece) { b.Errorf("%+v", p) })
	}
	for range 10 {
		second()
	}
	for b.Loop() {
		second()
	}
	f.Finish(func(Piece) {})
}
