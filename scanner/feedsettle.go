package scanner

import "bytes"

// settled returns up to where what stands in buf[from:] is found as it will be in the end, whatever comes behind buf:
// every record is closed, and every pattern over several lines has seen them. It is from if nothing is.
func (f *Feed) settled(buf []byte, from int) int {
	to := closedUp(buf, from, len(buf))
	if open := f.unseen(buf, from, to); open < to {
		to = closedUp(buf, from, open)
	}
	// A line that does not end is cut as a scan cuts it, in parts that are worth the while.
	if cut := len(buf) - Context; cut-from >= feedLen/4 && cut > to {
		to = cut
	}
	return to
}

// closedUp returns the last line start of buf[from:to] before which all records are closed, or from.
func closedUp(buf []byte, from, to int) int {
	for to > from {
		i := bytes.LastIndexByte(buf[from:to], '\n')
		if i < 0 {
			return from
		}
		if line := from + i + 1; beginsRecord(buf[line:]) || line+recordReach < len(buf) {
			return line
		}
		to = from + i
	}
	return from
}

// beginsRecord reports whether a line will not continue the record above it, however it goes on if it is not whole.
func beginsRecord(b []byte) bool {
	if end := lineEnd(b, 0); end < len(b) || end == lineReach {
		return !continues(b[:end])
	}
	if len(b) == 0 || len(b) == 1 && b[0] == ' ' {
		return false
	}
	const cause = "Caused by:"
	n := min(len(b), len(cause))
	return !mayContinue(b) && string(b[:n]) != cause[:n]
}

// unseen returns where the first literal stands, at the beginning of its line, whose patterns see lines behind buf; to if
// all in buf[from:to] have seen theirs.
func (f *Feed) unseen(buf []byte, from, to int) int {
	lo := max(from, len(buf)-patternReach)
	if lo >= to {
		return to
	}
	x := f.x
	for _, h := range x.set.Append(nil, buf, lo, to) {
		for _, n := range x.sharers[h.Lit].specs {
			if lines := x.specs[n].Lines; lines > 1 && bytes.Count(buf[h.Pos:], newline) < lines {
				return from + bytes.LastIndexByte(buf[from:h.Pos], '\n') + 1
			}
		}
	}
	return to
}
