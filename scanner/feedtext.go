package scanner

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/imtriage/imtriage/scanner/input"
)

// An Omission is what a [FeedState] without text knows of the text that it had.
type Omission struct {
	Tail int    `json:"tail"`
	Sum  string `json:"sum"` // of all the text, to tell whether it is the same again
}

// WithoutText returns the state without the lines of the log that it holds, as it may lie in a file. It is gone on from
// by way of [FeedState.Refill].
func (s FeedState) WithoutText() FeedState {
	if s.Shape == nil {
		return s
	}
	s.Omitted = &Omission{len(s.Tail), s.textSum()}
	s.Tail, s.Stamps = nil, slices.Clone(s.Stamps)
	for i := range s.Stamps {
		s.Stamps[i].Text = nil
	}
	return s
}

func (s *FeedState) textSum() string {
	d := xxhash.New()
	_, _ = d.Write(s.Tail) // it never fails
	for _, l := range s.Stamps {
		_, _ = d.Write(l.Text)
	}
	return strconv.FormatUint(d.Sum64(), 16)
}

// Refill reads the text that a state is without from the input again, of which at is the offset where the feed goes on.
// Where the input does not hold it any more nobody knows what stood before: what comes is still told once, but a code
// may be missed whose evidence is above it, and the time of lines that tell none is guessed.
func (s FeedState) Refill(r io.ReaderAt, at int64) FeedState {
	left := s.Omitted
	if left == nil {
		return s
	}
	s.Omitted = nil
	full := s
	full.Stamps = slices.Clone(s.Stamps)
	text, from := s.readAgain(r, at)
	part := func(off, n int64) []byte {
		if lo := from + int(off-s.From); lo >= 0 && off+n <= s.From {
			return text[lo : lo+int(n)]
		}
		return nil
	}
	full.Tail = part(s.From-int64(left.Tail), int64(left.Tail))
	for i := range full.Stamps {
		l := &full.Stamps[i]
		l.Text = part(l.Off, min(l.End-l.Off, keptStamp))
	}
	if len(full.Tail) == left.Tail && full.textSum() == left.Sum {
		return full
	}
	s.Start, s.Stamps = s.From, nil
	return s
}

// reread is how much of an input, in bytes, holds the Context that is kept of its text, whatever carries it.
const reread = 4 * Context

// readAgain returns text around From, which is at offset from of it; nothing if it cannot be read.
func (s *FeedState) readAgain(r io.ReaderAt, at int64) (text []byte, from int) {
	lo := max(int64(s.Shape.Mark), at-reread)
	if r == nil || at < lo || s.Shape.Unreadable() != nil {
		return nil, 0
	}
	raw := make([]byte, at-lo)
	if n, _ := r.ReadAt(raw, lo); n < len(raw) {
		return nil, 0
	}
	if lo > int64(s.Shape.Mark) {
		whole := bytes.IndexByte(raw, '\n') + 1
		if strings.HasPrefix(s.Shape.Encoding, "utf-16") {
			whole = int(lo-int64(s.Shape.Mark)) & 1 // between two units
		}
		raw = raw[whole:]
	}
	live := input.NewLive(*s.Shape, input.Spot{})
	text = slices.Clone(live.Text(raw))
	from = len(text) + int(s.Spot.Skip+s.From-s.Spot.Text)
	for buf := make([]byte, 4<<10); len(text) < from; {
		n, _ := r.ReadAt(buf, at)
		if n == 0 {
			return nil, 0
		}
		at += int64(n)
		text = append(text, live.Text(buf[:n])...)
	}
	return text[:from], from
}

// MovedTo returns the state of the same feed when other text came to lie before what it has not delivered yet, whose
// offset is off now; off is not smaller than From. head is the beginning of the input, up to 64 KiB, by which it is told
// how it is written if that is not settled, and encoding that of [FeedOptions]. From then on the feed finds what a scan
// finds of the text where it lies now.
func (s FeedState) MovedTo(off int64, head []byte, encoding string) FeedState {
	by := off - s.From
	if by == 0 {
		return s
	}
	if s.Shape == nil {
		shape, _ := input.ShapeOf(head, false, encoding)
		s.Shape, s.GivenTo = &shape, cmp.Or(s.GivenTo, int64(len(head)))
		if shape.Encoding != input.UTF8 {
			s.GivenTo += s.GivenTo / 2 // two bytes may make three of UTF-8
		}
	}
	s.Start, s.From, s.GivenTo = s.Start+by, off, s.GivenTo+by
	s.Spot.Raw, s.Spot.Text = s.Spot.Raw+by, s.Spot.Text+by
	s.Told, s.Stamps, s.Carriers = slices.Clone(s.Told), slices.Clone(s.Stamps), slices.Clone(s.Carriers)
	for i := range s.Told {
		s.Told[i] += by
	}
	for i := range s.Stamps {
		s.Stamps[i].Off, s.Stamps[i].End = s.Stamps[i].Off+by, s.Stamps[i].End+by
	}
	for i := range s.Carriers {
		s.Carriers[i].Off += by
	}
	return s
}
