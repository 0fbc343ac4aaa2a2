package scanner

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// BenchmarkFeed is a dense log that is written to a feed: in blocks, and line by line with a pause behind each.
func BenchmarkFeed(b *testing.B) {
	text := []byte(benchLog(20_000, 1))
	docker := new(bytes.Buffer)
	for line := range bytes.Lines(text) {
		fmt.Fprintf(docker, `{"log":%q,"stream":"stdout","time":"2026-06-01T02:03:04.123456789Z"}`+"\n", line)
	}
	for _, bench := range []struct {
		name  string
		text  []byte
		size  int // of a write; 0 is a line
		pause bool
	}{{"64K", text, 64 << 10, false}, {"docker", docker.Bytes(), 64 << 10, false}, {"lines", text, 0, false}, {"pauses", text, 0, true}} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text)))
			s := Scanner{Extractor: testExtractor()}
			found := 0
			for b.Loop() {
				var list codes
				f := s.NewFeed(FeedOptions{Name: "t", Zone: time.UTC}, &list)
				for rest := bench.text; len(rest) > 0; {
					n := min(len(rest), bench.size)
					if n == 0 {
						n = bytes.IndexByte(rest, '\n') + 1
					}
					if _, err := f.Write(rest[:n]); err != nil {
						b.Fatal(err)
					}
					rest = rest[n:]
					if bench.pause {
						if err := f.Idle(); err != nil {
							b.Fatal(err)
						}
					}
				}
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
				found = len(list)
			}
			if found == 0 {
				b.Fatal("nothing found")
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*20_000), "ns/line")
		})
	}
}
