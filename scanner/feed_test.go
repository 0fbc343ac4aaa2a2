package scanner

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestFeedIsAScan holds the law of live logs: whatever the writes, the pauses between records and the crashes, what is
// found and counted is what one scan of the finished input finds.
func TestFeedIsAScan(t *testing.T) {
	for _, w := range wrappings {
		t.Run(w.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				raw, quiet := genGrowing(t, w)
				g := newGrower(t, raw)
				most := rapid.SampledFrom([]int{200, 3_000, 100_000}).Draw(t, "most")
				for g.at < len(raw) {
					switch rapid.IntRange(0, 9).Draw(t, "what") {
					case 0:
						g.crash()
					case 1, 2:
						i, _ := slices.BinarySearch(quiet, g.at)
						if i < len(quiet) {
							g.write(quiet[i] - g.at)
							g.idle()
						}
						fallthrough
					default:
						g.write(rapid.IntRange(1, max(most, len(raw)/100)).Draw(t, "n"))
					}
				}
				g.check(true)
			})
		})
	}
}

// TestIdleWithinRecords holds that a pause inside a record costs no code and repeats none.
func TestIdleWithinRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, _ := genGrowing(t, wrappings[0])
		g := newGrower(t, raw)
		for g.at < len(raw) {
			g.write(rapid.IntRange(1, max(300, len(raw)/50)).Draw(t, "n"))
			g.idle()
			if rapid.IntRange(0, 5).Draw(t, "crash") == 0 {
				g.crash()
			}
		}
		g.check(false)
	})
}

// TestFeedOfExamples feeds real logs line by line with a pause behind each record, and in pieces.
func TestFeedOfExamples(t *testing.T) {
	files, err := filepath.Glob("../examples/logs/*/*[gt]")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range []int{0, 1000, 70_000} {
				g := newGrower(t, raw)
				for i := 0; g.at < len(raw); i++ {
					if n > 0 {
						g.write(n)
						continue
					}
					g.write(bytes.IndexByte(raw[g.at:], '\n') + 1)
					if g.quietAt(raw, g.at) {
						g.idle()
					}
					if i%7 == 3 {
						g.crash()
					}
				}
				g.check(true)
			}
		})
	}
}
