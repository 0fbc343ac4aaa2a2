package scanner

import "bytes"

// keptTail is how much text before what is held back a feed keeps as it is, in bytes: as far as a record, a pattern over
// lines and the evidence beside a code reach, with a line before them.
const keptTail = 12 << 10

// What a feed keeps of a text between two calls: its end, and of the rest that a block sees only the lines that tell
// the time of those that come. The other lines are of no account for what comes, so that blanks will do.
type kept struct {
	start int64  // where the feed began in the text
	base  int64  // where the buffer begins that unpack makes
	off   int64  // of text
	text  []byte // up to its end
	any   keptLine
	date  keptLine // that tells the day, if any does not
}

// A keptLine is a line with a stamp: [off,end) without its break. Text is its beginning.
type keptLine struct {
	off, end int64
	text     []byte
}

// end is where the text ends, so far.
func (k *kept) end() int64 { return k.off + int64(len(k.text)) }

// keptStamp is how much of a line may tell its time, in bytes.
const keptStamp = jsonReach + plainReach

var blanks = bytes.Repeat([]byte{' '}, Context)

// unpack appends the text with what stands before it to an empty buffer.
func (k *kept) unpack(buf []byte) []byte {
	buf = append(buf, blanks[:k.off-k.base]...)
	if n := len(buf); n > 0 {
		buf[n-1] = '\n'
	}
	for _, l := range []*keptLine{&k.date, &k.any} {
		if l.text == nil || l.off < k.base {
			continue
		}
		lo, hi := int(l.off-k.base), int(l.end-k.base)
		copy(buf[lo:hi], l.text)
		buf[hi] = '\n'
		if lo > 0 {
			buf[lo-1] = '\n'
		}
	}
	return append(buf, k.text...)
}

// pack keeps what is needed of a buffer that begins at base, when everything before from is delivered.
func (k *kept) pack(buf []byte, base int64, from int) {
	was := int(max(k.off-base, 0)) // before that there are blanks
	lo := max(0, from-Context)
	at := lo
	if from > 0 && buf[from-1] == '\n' && from-keptTail > lo {
		// From the beginning of a line on.
		at = max(lo, was, bytes.LastIndexByte(buf[:from-keptTail], '\n')+1)
	}
	k.findStamps(buf, base, was, at)
	k.base, k.off = base+int64(lo), base+int64(at)
	if cap(k.text) > 4*keptTail && len(buf)-at < keptTail {
		k.text = nil
	}
	k.text = append(k.text[:0], buf[at:]...)
	for _, l := range []*keptLine{&k.any, &k.date} {
		if l.off < k.base || l.end >= k.off {
			*l = keptLine{}
		}
	}
}

// findStamps looks for the last lines of buf[lo:hi], which is kept no more, that tell a time and a day.
func (k *kept) findStamps(buf []byte, base int64, lo, hi int) {
	for first, end := true, hi-1; end >= lo; {
		start := bytes.LastIndexByte(buf[:end], '\n') + 1
		if start == 0 && base > k.start || start < lo {
			return // it begins too far away
		}
		if s, ok := findStamp(buf[start:end]); ok {
			l := keptLine{base + int64(start), base + int64(end), bytes.Clone(buf[start:min(end, start+keptStamp)])}
			if first {
				k.any, first = l, false
			}
			if s.dated() {
				k.date = l
				return
			}
		}
		end = start - 1
	}
}
