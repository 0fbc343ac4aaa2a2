//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// truth holds the report of the last run against what the log was made of.
func (b *bench) truth(log string) error {
	codes, err := presented(log)
	if err != nil {
		return err
	}
	var got struct {
		Codes, Unknown []struct {
			Code  int
			Count int64
		}
	}
	if err := decode(filepath.Join(b.dir, "report.json"), &got); err != nil {
		return err
	}
	for _, c := range slices.Concat(got.Codes, got.Unknown) {
		codes[c.Code] -= c.Count
	}
	for code, n := range codes {
		if n != 0 {
			return fmt.Errorf("%s: code %d is off by %d", log, code, n)
		}
	}
	return nil
}

// presented returns how often each code stands in a log.
func presented(log string) (map[int]int64, error) {
	var truth struct{ Codes map[int]int64 }
	err := decode(log+".truth.json", &truth)
	return truth.Codes, err
}

func decode(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// row is a matching text, which ends in its code, and how often it was met.
var row = regexp.MustCompile(`(?m)(-?[0-9]+) +([0-9]+) *$`)

// found returns the share of the codes of a log that an answer of lnav counts.
func found(log, answer string) (float64, error) {
	codes, err := presented(log)
	if err != nil {
		return 0, err
	}
	got := make(map[int]int64)
	for _, m := range row.FindAllStringSubmatch(answer, -1) {
		code, _ := strconv.Atoi(m[1]) // a number that is too long is no code
		n, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil {
			return 0, err
		}
		got[code] += n
	}
	var all, hit int64
	for code, n := range codes {
		all += n
		hit += min(n, got[code])
	}
	return float64(hit) / float64(max(all, 1)), nil
}
