package scanner

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// A Line is where a code stands: the line and the record it belongs to, inside a block.
// Bounds are offsets into Buf, without the line break.
type Line struct {
	Buf          []byte
	Lo, Hi       int  // the line
	Whole        bool // the line begins at Lo; false where it is longer than the window
	RecLo, RecHi int  // the record: the line with the lines that continue it
	brk          int  // the line break before the line, which names it in the block
}

// Text returns the line.
func (l *Line) Text() []byte { return l.Buf[l.Lo:l.Hi] }

const (
	// lineReach bounds how much of a line is seen on either side of a code, in bytes. With it the
	// whole of what a finding depends on fits lookAround.
	lineReach = 32 << 10
	// recordReach bounds how far a record extends beyond its line, in bytes.
	recordReach = 4 << 10
)

// A liner finds the lines around ascending positions of one buffer without searching any part of
// a long line twice.
type liner struct {
	buf        []byte
	asked      int // the last position
	prev, next int // line breaks around it; -1 and len(buf) where there is none
	ready      bool
}

// at returns the line around pos, which must not be before the position asked last.
func (r *liner) at(pos int) Line {
	if !r.ready {
		r.prev, r.next, r.ready = lastBreak(r.buf[:pos]), -1, true
	} else if pos > r.next {
		// The next break is known to be the first one behind the last position.
		r.prev = r.next + max(0, lastBreak(r.buf[r.next:pos]))
	}
	if r.next < pos {
		r.next = len(r.buf)
		if i := bytes.IndexByte(r.buf[pos:], '\n'); i >= 0 {
			r.next = pos + i
		}
	}
	r.asked = pos
	l := Line{Buf: r.buf, Lo: r.prev + 1, Hi: min(r.next, pos+lineReach), Whole: true, brk: r.prev}
	if from := pos - lineReach; l.Lo < from {
		l.Lo, l.Whole = from, false
	}
	if l.Hi > l.Lo && r.buf[l.Hi-1] == '\r' {
		l.Hi--
	}
	l.RecLo, l.RecHi = l.Lo, l.Hi
	return l
}

// lastBreak returns where the last line break stands, or -1: bytes.LastIndexByte by the word.
func lastBreak(b []byte) int {
	const (
		each = 0x0101010101010101
		low  = 0x7F * each
	)
	for ; len(b) >= 8; b = b[:len(b)-8] {
		w := binary.LittleEndian.Uint64(b[len(b)-8:]) ^ '\n'*each
		if zeros := ^((w&low + low) | w | low); zeros != 0 {
			return len(b) - 1 - bits.LeadingZeros64(zeros)/8
		}
	}
	return bytes.LastIndexByte(b, '\n')
}

// findRecord extends the record over the lines that continue it: indented ones and closing brackets
// below the line that begins it. A line with a stamp always begins a record. What was found of other lines of
// the buffer is kept in memo.
func (l *Line) findRecord(memo map[int]bool) {
	if !l.Whole {
		return
	}
	continued := func(lo int) bool {
		if !mayContinue(l.Buf[lo:]) {
			return false
		}
		is, known := memo[lo]
		if !known {
			is = continues(l.Buf[lo:lineEnd(l.Buf, lo)])
			memo[lo] = is
		}
		return is
	}
	lo := l.Lo
	for lo > 0 && continued(lo) {
		prev := lineStart(l.Buf, lo-1)
		if prev < 0 || l.Lo-prev > recordReach || len(bytes.TrimSpace(l.Buf[prev:lo-1])) == 0 {
			break
		}
		lo = prev
	}
	if lo > 0 && opens(l.Buf[lo:lineEnd(l.Buf, lo)]) {
		// A lone bracket belongs to the line that announces it.
		if prev := lineStart(l.Buf, lo-1); prev >= 0 && l.Lo-prev <= recordReach && len(bytes.TrimSpace(l.Buf[prev:lo-1])) > 0 {
			lo = prev
		}
	}
	l.RecLo = lo
	for hi := lineEnd(l.Buf, l.Hi); hi+1 < len(l.Buf); {
		next := lineEnd(l.Buf, hi+1)
		if next-l.Hi > recordReach || !continued(hi+1) {
			break
		}
		hi = next
		l.RecHi = hi
	}
}

// continues reports whether a line belongs to the one above it.
func continues(line []byte) bool {
	if !mayContinue(line) || len(bytes.TrimSpace(line)) == 0 {
		return false
	}
	_, stamped := findStamp(line)
	return !stamped
}

// mayContinue reports whether a line begins as those do that belong to the one above.
func mayContinue(line []byte) bool {
	if len(line) == 0 {
		return false
	}
	switch line[0] {
	case '\t', '}', ']', ')':
		return true
	case ' ':
		return len(line) > 1 && line[1] == ' '
	case 'C':
		return bytes.HasPrefix(line, []byte("Caused by:"))
	}
	return false
}

// opens reports whether a line is nothing but an opening bracket.
func opens(line []byte) bool {
	t := bytes.TrimSpace(line)
	return len(t) == 1 && (t[0] == '{' || t[0] == '[' || t[0] == '(')
}

// lineStart returns where the line that pos is in begins, or -1 if that is beyond recordReach.
func lineStart(b []byte, pos int) int {
	from := max(0, pos-recordReach-1)
	if i := bytes.LastIndexByte(b[from:pos], '\n'); i >= 0 {
		return from + i + 1
	}
	if from == 0 {
		return 0
	}
	return -1
}

func lineEnd(b []byte, pos int) int {
	if pos >= len(b) {
		return len(b)
	}
	if i := bytes.IndexByte(b[pos:min(len(b), pos+lineReach)], '\n'); i >= 0 {
		return pos + i
	}
	return min(len(b), pos+lineReach)
}

// excerptReach is how much text around a code is kept with its finding, in bytes to each side.
const excerptReach = 2 << 10

// excerpt returns the text of an event's record around its code, cut to a bounded length, as a [view].
func excerpt(buf []byte, e *event) string {
	lo, hi := int(max(e.recLo, e.at-excerptReach)), int(min(e.recHi, e.end+excerptReach))
	// Not inside a rune.
	for lo > int(e.recLo) && lo < int(e.at) && buf[lo]&0xC0 == 0x80 {
		lo++
	}
	for hi < int(e.recHi) && hi > int(e.end) && buf[hi]&0xC0 == 0x80 {
		hi--
	}
	for hi > lo && (buf[hi-1] == '\n' || buf[hi-1] == '\r') {
		hi--
	}
	return view(buf[lo:hi])
}

// view returns the bytes as a string without a copy. It lives as long as the block's buffer: until the
// sink has taken the finding.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
