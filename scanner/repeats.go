package scanner

import (
	"bytes"
	"math"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// dropOuter marks the codes whose spec yields to one that found a code nearby on the line.
func (w *worker) dropOuter(group []found) {
	last := map[string]int{} // spec → where it found something
	visit := func(i int) {
		f := &group[i]
		s := w.x.specs[f.c.spec]
		if at, found := last[s.Yields]; found && max(at-f.c.at, f.c.at-at) <= recordReach {
			f.dropped = true
		}
		last[s.Name] = f.c.at
	}
	for i := range group {
		visit(i)
	}
	clear(last)
	for i := range slices.Backward(group) {
		visit(i)
	}
}

// dropRepeats marks what one line says twice: the same code or event again in the same record, and an event of
// trouble that a code nearby on the line already says.
func dropRepeats(group []found) {
	type what struct {
		event string
		code  int
	}
	last := map[what]*candidate{}
	lastCode := -1 - recordReach
	for i := range group {
		f := &group[i]
		key := what{f.c.event, f.c.code}
		if before := last[key]; before != nil && f.c.at-before.at <= lineReach {
			f.dropped = f.dropped || !parted(f.line.Buf[before.end:max(before.end, f.c.at)])
		}
		if f.dropped && last[key] == nil {
			continue // it stepped back, and is no first of anything
		}
		last[key] = &f.c
		if f.c.event == "" && f.c.code != 0 {
			lastCode = f.c.at
		} else if isTrouble(f.c.event) && f.c.at-lastCode <= recordReach {
			f.dropped = true
		}
	}
	nextCode := math.MaxInt
	for i := len(group) - 1; i >= 0; i-- {
		f := &group[i]
		if f.c.event == "" && f.c.code != 0 {
			nextCode = f.c.at
		} else if isTrouble(f.c.event) && nextCode-f.c.at <= recordReach {
			f.dropped = true
		}
	}
}

// parted reports whether the text between two codes of a line ends one record and begins another: the objects of
// a JSON array, or lines that end in a bare carriage return.
func parted(between []byte) bool {
	if i := bytes.IndexByte(between, '}'); i >= 0 && bytes.IndexByte(between[i:], '{') >= 0 {
		return true
	}
	return bytes.IndexByte(between, '\r') >= 0
}

// isTrouble reports whether an event tells of trouble for which there are codes too.
func isTrouble(event string) bool {
	e, ours := tally.EventNamed(event)
	return !ours && event != tally.MarkOK || e.Trouble
}
