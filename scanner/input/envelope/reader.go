package envelope

import (
	"fmt"
	"io"
	"slices"
)

// A Reader gives the text that an envelope carries, as a stream. It is not safe for concurrent use.
type Reader struct {
	feed   feed
	out    output
	frame  framer
	report Report
	handed int64 // by Read
	done   bool
}

// A framer takes elements from the feed of a Reader and gives their text to its output. Each step takes one or a few;
// false says that nothing is left.
type framer interface{ step(r *Reader) bool }

// NewReader returns a reader of what is in r, which is in that format. A reader of [None] gives r as it is.
func NewReader(f Format, r io.Reader) *Reader {
	return &Reader{feed: feed{r: r}, frame: frameOf(f), out: output{turn: turn{may: turnable(f)}}}
}

// frameOf returns what reads a format.
func frameOf(f Format) framer {
	switch f {
	case Docker:
		return &lines{open: new(docker).line}
	case CRI:
		return &lines{open: new(cri).line}
	case ISO:
		return &lines{open: (&syslog{header: isoHeader, indents: true}).line}
	case RFC3164:
		return &lines{open: (&syslog{header: bsdHeader, indents: true}).line}
	case RFC5424:
		return &lines{open: (&syslog{header: ietfHeader}).line}
	case JournalExport:
		return &journalExport{}
	case CSV:
		return &table{delim: ','}
	case TSV:
		return &table{delim: '\t'}
	case NewestFirst:
		return &lines{open: newestFirst}
	case None:
		return verbatim{}
	}
	return &anyJSON{array: f == Array}
}

// turnable reports whether a format is one of exports, which may be newest first. Container runtimes append.
func turnable(f Format) bool {
	switch f {
	case Docker, CRI, RFC3164, None:
		return false
	}
	return true
}

// Read implements [io.Reader]. An error of the underlying reader comes after everything that could be read before it.
func (r *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	for n < len(p) {
		if len(r.out.ready) == 0 && !r.out.draw() {
			if n > 0 || r.done {
				break
			}
			r.collect()
			continue
		}
		m := copy(p[n:], r.out.ready)
		r.out.ready = r.out.ready[m:]
		n += m
	}
	r.handed += int64(n)
	if n > 0 {
		return n, nil
	}
	if err := r.feed.failure(); err != nil {
		return 0, err
	}
	return 0, io.EOF
}

// collect fills the output.
func (r *Reader) collect() {
	for !r.out.full() {
		if !r.frame.step(r) {
			r.done = true
			break
		}
	}
	r.out.release()
}

// Carriers appends what the envelopes say of the text that Read has handed out so far, in the order of the text, and
// forgets it. Between a Carrier and the next everything is as the first one says, also over several calls.
func (r *Reader) Carriers(dst []Carrier) []Carrier {
	o := &r.out
	for o.taken < len(o.carriers) && o.carriers[o.taken].Off < r.handed {
		dst = append(dst, o.carriers[o.taken])
		o.taken++
	}
	if 2*o.taken >= len(o.carriers) {
		o.carriers, o.taken = o.carriers[:copy(o.carriers, o.carriers[o.taken:])], 0
	}
	return dst
}

// Report says what was met. It is complete when Read has returned an error, io.EOF among them.
func (r *Reader) Report() Report {
	report := r.report
	report.Reversed = r.out.turn.reversed
	if r.out.turn.split {
		report.Notes = append(slices.Clip(report.Notes),
			"newest first, and longer than is held at a time: turned round in windows of 4 MiB, not as a whole")
	}
	return report
}

// open opens an element and stray passes on what is none.
func (r *Reader) open(m moment, host string) {
	r.report.Elements++
	r.out.begin(m, host)
}

func (r *Reader) stray(b []byte) {
	r.report.Strays++
	r.out.raw(b)
	if r.out.turn.may {
		r.out.end() // it may come to stand before another one
	}
}

// problem notes where the syntax broke off, the first time.
func (r *Reader) problem(format string, args ...any) {
	if r.report.Problem == "" {
		r.report.Problem = fmt.Sprintf(format, args...)
	}
}

// verbatim is the framer of what is no envelope.
type verbatim struct{}

func (verbatim) step(r *Reader) bool {
	if r.feed.ended() {
		return false
	}
	b := r.feed.rest()
	if r.feed.off == 0 {
		r.out.raw(b)
	} else {
		r.out.goOn(b)
	}
	r.feed.skip(len(b))
	return true
}
