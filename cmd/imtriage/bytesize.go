package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A byteSize is a number of bytes as people write it: 1048576, 64K, 1.5G.
type byteSize int64

// Powers of 1024, from the largest.
var byteUnits = []struct {
	letter string
	bytes  float64
}{{"T", 1 << 40}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"", 1}}

// String implements [pflag.Value]; what it gives means the same again.
func (b *byteSize) String() string {
	for _, u := range byteUnits {
		if unit := byteSize(u.bytes); *b >= unit && *b%unit == 0 {
			return strconv.FormatInt(int64(*b/unit), 10) + u.letter
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

// Set implements [pflag.Value].
func (b *byteSize) Set(s string) error {
	number := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(s), "B"), "I")
	for _, u := range byteUnits {
		digits, ok := strings.CutSuffix(number, u.letter)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(digits, 64)
		if n *= u.bytes; err != nil || math.IsNaN(n) || n < 1 || n > math.MaxInt64/2 {
			break
		}
		*b = byteSize(n)
		return nil
	}
	return fmt.Errorf("%q is no size, want a number of bytes or one with K, M, G or T", s)
}

// Type implements [pflag.Value].
func (b *byteSize) Type() string { return "size" }
