package xlog

import (
	"fmt"
	"slices"
	"strings"
)

// maxListed bounds the lists of a report. What is beyond is counted.
const maxListed = 16

// A Range is a part of a file.
type Range struct{ From, To int64 }

// A Gap says that blocks are missing between two numbers.
type Gap struct{ After, Before uint16 }

// Locked are the blocks that no key opened.
type Locked struct {
	Blocks       int64
	Bytes        int64    // of payload
	Fingerprints []string // of the clients' public keys, sorted; 16 at most
}

// A Report says what was read of a file. The lists hold the first few; the numbers beside them count all.
type Report struct {
	Blocks       int64 // that were found, those of the following numbers included
	Intact       int64 // whose text is whole, or was read from another file
	PayloadBytes int64
	TextBytes    int64

	Broken        int64 // blocks that are not intact
	FirstBroken   int64 // the offset of the first of them
	SalvagedBytes int64 // of text, of broken blocks
	Duplicates    int64
	Stopped       int64 // blocks that swell beyond the limit
	Locked        Locked

	Skipped      []Range
	SkippedCount int64
	SkippedBytes int64
	Gaps         []Gap
	GapCount     int64
	ZeroFill     int64 // bytes between blocks and behind them
}

// Whole reports whether all that was ever written to the file was read, as far as the file can tell.
func (r *Report) Whole() bool {
	return r.Broken == 0 && r.SkippedCount == 0 && r.GapCount == 0 && r.Locked.Blocks == 0
}

// Problem says in words why a file is not whole, and "" if it is.
func (r *Report) Problem() string {
	var p []string
	if n := r.Locked.Blocks; n > 0 {
		name := "key"
		if len(r.Locked.Fingerprints) > 1 {
			name = "keys"
		}
		p = append(p, fmt.Sprintf("%s of %d bytes encrypted (%s of the app's log: %s)",
			count(n, "block"), r.Locked.Bytes, name, strings.Join(r.Locked.Fingerprints, ", ")))
	}
	if n := r.Broken; n > 0 {
		p = append(p, fmt.Sprintf("%s damaged, first at offset %d, %d bytes of text salvaged",
			count(n, "block"), r.FirstBroken, r.SalvagedBytes))
	}
	if n := r.Stopped; n > 0 {
		p = append(p, fmt.Sprintf("%s stopped for swelling beyond the limit", count(n, "block")))
	}
	if n := r.SkippedBytes; n > 0 {
		first := r.Skipped[0]
		where := fmt.Sprintf("at %d–%d", first.From, first.To)
		if r.SkippedCount > 1 {
			where = fmt.Sprintf("in %d places, first at %d–%d", r.SkippedCount, first.From, first.To)
		}
		p = append(p, fmt.Sprintf("%s skipped %s", count(n, "byte"), where))
	}
	if n := r.GapCount; n > 0 {
		p = append(p, fmt.Sprintf("blocks missing in %s, first between %d and %d",
			count(n, "place"), r.Gaps[0].After, r.Gaps[0].Before))
	}
	return strings.Join(p, "; ")
}

func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// add counts a block.
func (r *Report) add(b *Block, payload int) {
	r.Blocks++
	r.PayloadBytes += int64(payload)
	r.TextBytes += b.TextLen
	switch {
	case b.Duplicate:
		r.Duplicates++
		r.Intact++
	case b.Locked:
		r.Locked.Blocks++
		r.Locked.Bytes += int64(payload)
		l := &r.Locked.Fingerprints
		if at, found := slices.BinarySearch(*l, b.Fingerprint); !found && len(*l) < maxListed {
			*l = slices.Insert(*l, at, b.Fingerprint)
		}
	case b.Salvaged:
		if r.Broken == 0 {
			r.FirstBroken = b.Offset
		}
		r.Broken++
		r.SalvagedBytes += b.TextLen
		if b.Stopped {
			r.Stopped++
		}
	default:
		r.Intact++
	}
}

// skip counts bytes that are nothing. What adjoins is one place.
func (r *Report) skip(from, to int64) {
	r.SkippedBytes += to - from
	if n := len(r.Skipped); n > 0 && r.Skipped[n-1].To == from {
		r.Skipped[n-1].To = to
		return
	}
	r.SkippedCount++
	if len(r.Skipped) < maxListed {
		r.Skipped = append(r.Skipped, Range{from, to})
	}
}

func (r *Report) gap(g Gap) {
	r.GapCount++
	if len(r.Gaps) < maxListed {
		r.Gaps = append(r.Gaps, g)
	}
}

// clone returns a report that does not change any more.
func (r *Report) clone() Report {
	c := *r
	c.Skipped, c.Gaps = slices.Clone(r.Skipped), slices.Clone(r.Gaps)
	c.Locked.Fingerprints = slices.Clone(r.Locked.Fingerprints)
	return c
}
