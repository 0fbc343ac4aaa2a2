package input

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/text/transform"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// A Shape says how a text is written that grows: what it takes to go on reading it. Two are the same if they are equal.
type Shape struct {
	Encoding string          `json:"encoding,omitempty"` // one of [Encodings]
	Guessed  bool            `json:"guessed,omitempty"`  // by its characters
	Mark     int             `json:"mark,omitempty"`     // bytes of its byte order mark
	Envelope envelope.Format `json:"envelope,omitempty"`
	// Kind is set of what cannot be read while it grows: gzip, binary file. Hint says what to do then, or is empty.
	Kind string `json:"kind,omitempty"`
	Hint string `json:"hint,omitempty"`
}

// ShapeOf tells the shape of a text by its head, as [Walk] does for one that is finished; encoding is one of [Encodings],
// or "" to find it too. whole says that the head is all of the text. What lies behind the head changes nothing any more
// if settled is true.
func ShapeOf(head []byte, whole bool, encoding string) (s Shape, settled bool) {
	if k := kindOf(head); k != nil {
		s.Kind, s.Hint = k.name, "a file of this kind is read when it is finished: imtriage scan FILE"
		return s, len(head) >= sniffLen
	}
	v, ok := encodingOf(head[:min(len(head), sniffLen)], !whole || len(head) > sniffLen, encoding)
	if !ok {
		return Shape{Kind: kindBinary}, len(head) >= sniffLen
	}
	text := v.decode(head)
	settled = len(text) >= sniffLen
	return Shape{
		Encoding: v.encoding, Guessed: v.guessed, Mark: v.mark,
		Envelope: envelope.DetectLive(text[:min(len(text), sniffLen)], whole && len(text) <= sniffLen),
	}, settled
}

// Unreadable returns why a text of the shape cannot be read, or nil.
func (s *Shape) Unreadable() error {
	if s.Kind == "" {
		return nil
	}
	return &UnreadableError{s.Kind, s.Hint}
}

// Marked returns the length of the byte order mark of the input if what comes first begins with that: it is no text. It is
// open if what comes next has to tell.
func (s *Shape) Marked(first []byte) (n int, open bool) {
	for _, m := range marks {
		if m.encoding != s.Encoding || len(m.mark) != s.Mark {
			continue
		}
		if bytes.HasPrefix(first, []byte(m.mark)) {
			return s.Mark, false
		}
		return 0, bytes.HasPrefix([]byte(m.mark), first)
	}
	return 0, false
}

// A Spot is a place from which a text that grows can be read on.
type Spot struct {
	Raw  int64 `json:"raw"`            // bytes of the input before it
	Skip int64 `json:"skip,omitempty"` // bytes behind it, in UTF-8, that come before Text
	Text int64 `json:"text"`           // the offset in the text
}

// A Live makes UTF-8 text of an input that grows, without what carried it: what [Walk] gives of the finished one, as far
// as it can be told already. It is not safe for concurrent use.
type Live struct {
	shape  Shape
	spot   Spot  // where it began
	decode *step // nil of UTF-8
	env    *envelope.Live
	skip   int64 // of UTF-8, not yet skipped
	utf    int64 // of UTF-8, counted on from the spot
	plain  []byte
	out    []byte
	told   []envelope.Carrier
}

// A step decodes what is there of an encoding.
type step struct {
	t     transform.Transformer
	rest  []byte // the beginning of a character
	raw   int64  // bytes that were decoded
	marks []struct{ raw, utf int64 }
}

// decodeLen is how much is decoded at a time, in bytes: as far as reading on may have to go back.
const decodeLen = 4 << 10

// NewLive returns what reads a text from a spot on; its beginning is behind the byte order mark. The shape is one that can
// be read.
func NewLive(shape Shape, from Spot) *Live {
	l := &Live{shape: shape, spot: from, skip: from.Skip}
	v := verdict{encoding: shape.Encoding}
	// Until now as many bytes of UTF-8 were read as of the text, as far as the outside can tell.
	l.utf = from.Text - from.Skip
	if d := v.decoder(); d != nil {
		l.decode = &step{t: d, raw: from.Raw}
		l.decode.marks = append(l.decode.marks, struct{ raw, utf int64 }{from.Raw, l.utf})
	}
	if shape.Envelope != envelope.None {
		l.env = envelope.NewLive(shape.Envelope, envelope.Mark{Wrapped: from.Text, Text: from.Text})
	}
	return l
}

// Text takes more of the input, at most 64 KiB, and returns the text that it makes: valid until the next call.
func (l *Live) Text(p []byte) []byte {
	l.out, l.plain = l.out[:0], l.plain[:0]
	if l.decode != nil {
		p = l.decoded(p, false)
	}
	l.utf += int64(len(p))
	return l.unwrap(p)
}

// End returns what waited for more of the input, which is at its end.
func (l *Live) End() []byte {
	l.out, l.plain = l.out[:0], l.plain[:0]
	var p []byte
	if l.decode != nil {
		p = l.decoded(nil, true)
	}
	text := l.unwrap(p)
	if l.env != nil {
		l.out = l.env.End(l.out)
		text = l.out
	}
	return text
}

// unwrap takes off what carried the text.
func (l *Live) unwrap(p []byte) []byte {
	n := min(l.skip, int64(len(p)))
	l.skip -= n
	p = p[n:]
	if l.env == nil {
		return p
	}
	l.out = l.env.Append(l.out, p)
	return l.out
}

// decoded makes UTF-8 of what waited and p.
func (l *Live) decoded(p []byte, end bool) []byte {
	d := l.decode
	src := slices.Concat(d.rest, p)
	for len(src) > 0 {
		if need := len(l.plain) + 4*decodeLen; cap(l.plain) < need {
			l.plain = append(make([]byte, 0, 2*need), l.plain...)
		}
		part := src[:min(len(src), decodeLen)]
		n, used, err := d.t.Transform(l.plain[len(l.plain):cap(l.plain)], part, end && len(part) == len(src))
		l.plain, src = l.plain[:len(l.plain)+n], src[used:]
		d.raw += int64(used)
		d.marks = append(d.marks, struct{ raw, utf int64 }{d.raw, l.utf + int64(len(l.plain))})
		if used == 0 && (err != nil || n == 0) {
			break // a character that is not whole yet
		}
	}
	d.rest = append(d.rest[:0], src...)
	return l.plain
}

// Trim gives back memory that is not in use: nothing more comes for a while.
func (l *Live) Trim() {
	l.out, l.plain, l.told = nil, nil, nil
	if l.env != nil {
		l.env.Trim()
	}
	if l.decode != nil {
		l.decode.marks = slices.Clone(l.decode.marks)
	}
}

// Carriers appends what is known beside the text that was returned so far, in order and each once.
func (l *Live) Carriers(dst []Carrier) []Carrier {
	if l.env == nil {
		return dst
	}
	l.told = l.env.Carriers(l.told[:0])
	for _, c := range l.told {
		dst = append(dst, Carrier{Off: c.Off, Time: c.Time, Host: c.Host, Stamp: c.Stamp})
	}
	return dst
}

// Spot returns the last spot at or before a place in the text. The places that are asked for ascend.
func (l *Live) Spot(text int64) Spot {
	wrapped := text
	if l.env != nil {
		m := l.env.Mark(text)
		wrapped, text = m.Wrapped, m.Text
	}
	if l.decode == nil {
		return Spot{Raw: l.spot.Raw + l.spot.Skip + wrapped - l.spot.Text, Text: text}
	}
	d, n := l.decode, 0
	for n+1 < len(d.marks) && d.marks[n+1].utf <= wrapped {
		n++
	}
	d.marks = append(d.marks[:0], d.marks[n:]...)
	return Spot{Raw: d.marks[0].raw, Skip: wrapped - d.marks[0].utf, Text: text}
}

// Health says what a reader should know of the text, as far as it is known.
func (l *Live) Health() Health {
	h := Health{Kind: KindText, Complete: true}
	l.shape.tell(&h)
	if l.env != nil {
		h.report(l.env.Report())
	}
	return h
}

// tell says how the text is written.
func (s *Shape) tell(h *Health) {
	if s.Kind != "" {
		h.Kind, h.Complete = s.Kind, false
		h.Problem = s.Unreadable().Error()
		return
	}
	h.Envelope = s.Envelope.String()
	v := verdict{encoding: s.Encoding, guessed: s.Guessed}
	if v.decoder() != nil {
		h.decoded(v)
	}
}

// decoded says from which encoding a text was made.
func (h *Health) decoded(v verdict) {
	h.Encoding, h.EncodingGuessed = v.encoding, v.guessed
	how := ""
	if v.guessed {
		how = ", as its beginning suggests"
	}
	h.Notes = append(h.Notes, "decoded from "+display[v.encoding]+how)
}

// report adds what was met in an envelope.
func (h *Health) report(r envelope.Report) {
	h.Reversed = r.Reversed
	if r.Problem != "" {
		h.fail(r.Problem)
	}
	if r.Unfinished > 0 {
		h.Notes = append(h.Notes, fmt.Sprintf("%s without its last part", counted(int64(r.Unfinished), "message is", "messages are")))
	}
	h.Notes = append(h.Notes, r.Notes...)
}
