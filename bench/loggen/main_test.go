package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner"
)

type counts map[int]int64

func (c counts) Finding(f *tally.Finding) error { c[f.Code]++; return nil }
func (c counts) Mark(*tally.Mark) error         { return nil }
func (c counts) Piece(tally.Piece) error        { return nil }

// What a log is said to hold is what is found in it, with any number of workers.
func TestTruth(t *testing.T) {
	x, err := scanner.NewExtractor(catalog.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"sparse", "dense", "mixed", "huge"} {
		t.Run(kind, func(t *testing.T) {
			var log bytes.Buffer
			truth, err := Write(&log, kind, 1<<20, 7)
			if err != nil {
				t.Fatal(err)
			}
			if int64(log.Len()) != truth.Bytes || int64(bytes.Count(log.Bytes(), []byte("\n"))) != truth.Lines || len(truth.Codes) < 10 {
				t.Errorf("%d bytes are said to be %d, with %d lines and %d codes", log.Len(), truth.Bytes, truth.Lines, len(truth.Codes))
			}
			for _, jobs := range []int{1, 3} {
				got := counts{}
				src := scanner.NewReader(scanner.Input{Name: kind, Zone: time.UTC}, bytes.NewReader(log.Bytes()))
				if err := (&scanner.Scanner{Extractor: x, Jobs: jobs}).Scan(t.Context(), []scanner.Source{src}, got); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(counts(truth.Codes), got); diff != "" {
					t.Errorf("%d jobs: -truth +found\n%s", jobs, diff)
				}
			}
			var again bytes.Buffer
			if _, err := Write(&again, kind, 1<<20, 7); err != nil || !bytes.Equal(log.Bytes(), again.Bytes()) {
				t.Errorf("the same seed gives another log, %v", err)
			}
		})
	}
	if _, err := Write(&bytes.Buffer{}, "odd", 1, 1); err == nil {
		t.Error("an unknown kind is written")
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{"7": 7, "64K": 64 << 10, "3M": 3 << 20, "1G": 1 << 30} {
		if got, err := parseSize(text); err != nil || got != want {
			t.Errorf("%s is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1M", "1T", "M"} {
		if _, err := parseSize(text); err == nil {
			t.Errorf("%q is a size", text)
		}
	}
}
