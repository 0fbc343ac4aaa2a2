package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A history is a folder with partials of what a live run counts, each of an hour: merged they are what the
// run counted. The open one lies in the state meanwhile. Its methods do nothing on nil.
type history struct {
	dir      string
	counting tally.Options // of the next one
	tally    *tally.Tally
	records  *tally.Records
	from     time.Time // when the open one began: its name
	begun    bool      // there is something in it
	problem  string    // why it could not be written
	retry    time.Time
}

// A segment is the open partial in a state.
type segment struct {
	From    time.Time `json:"from"`
	Partial []byte    `json:"partial"`
}

const (
	segmentSpan    = time.Hour
	segmentRecords = 50_000 // after which one is closed before its hour is over, so that states stay small
)

// openHistory makes the folder.
func openHistory(dir string, p *plan, samples int, now time.Time) (*history, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, usage("", "--history: %v", err)
	}
	h := &history{dir: dir}
	h.begin(p, samples, now)
	return h, nil
}

// begin opens an empty segment.
func (h *history) begin(p *plan, samples int, now time.Time) {
	h.records = newRecords()
	h.counting = p.tallyOptions(samples)
	h.counting.Records = h.records
	h.tally, h.from, h.begun, h.problem = tally.New(h.counting), now.UTC(), false, ""
}

// restore goes on with the segment of a state.
func (h *history) restore(s *segment) error {
	records := newRecords()
	counting := h.counting
	counting.Records = records
	t, _, err := tally.Decode(bytes.NewReader(s.Partial), counting)
	if err != nil {
		return errors.Join(err, records.Close())
	}
	err = h.records.Close()
	h.counting, h.tally, h.records, h.from, h.begun = counting, t, records, s.From, true
	return err
}

func (h *history) finding(f *tally.Finding) {
	if h != nil {
		h.begun = true
		h.tally.Finding(f)
	}
}

func (h *history) mark(m *tally.Mark) {
	if h != nil {
		h.begun = true
		h.tally.Mark(m)
	}
}

func (h *history) session(m *tally.Mark) {
	if h != nil {
		h.begun = true
		h.tally.Session(m)
	}
}

func (h *history) piece(p tally.Piece) error {
	if h == nil {
		return nil
	}
	h.begun = true
	return h.tally.Piece(p)
}

func (h *history) record(r *tally.Record) error {
	if h == nil {
		return nil
	}
	return h.tally.Record(r)
}

// over reports whether the open segment is to be closed.
func (h *history) over(now time.Time) bool {
	if h == nil || !h.begun || now.Before(h.retry) {
		return false
	}
	return h.records.Len() >= segmentRecords || !now.UTC().Truncate(segmentSpan).Equal(h.from.Truncate(segmentSpan))
}

// write writes the open segment. Until another one is begun it may be written again, with more in it.
func (h *history) write(header tally.Header) error {
	name := filepath.Join(h.dir, h.from.Format("20060102T150405.000Z")+".partial")
	err := replaceFile(name, 0o644, func(w io.Writer) error { return h.tally.Encode(w, header) })
	if err != nil {
		return fmt.Errorf("the history cannot be written to %s: %w", h.dir, reason(err))
	}
	return nil
}

// segment returns the open one as it lies in a state; nil if it is empty.
func (h *history) segment(header tally.Header) (*segment, error) {
	if h == nil || !h.begun {
		return nil, nil
	}
	var b bytes.Buffer
	err := h.tally.Encode(&b, header)
	return &segment{h.from, b.Bytes()}, err
}

// turnSegment writes the open segment and begins another one when it is time.
func (w *watch) turnSegment(now time.Time) {
	if w.history.over(now) {
		w.tellPieces()
		w.closeSegment(w.header)
	}
}

// closeSegment writes the open segment, under the header of the run that counted it, and begins another one.
func (w *watch) closeSegment(header tally.Header) {
	h, now := w.history, w.app.now()
	if h == nil || !h.begun {
		return
	}
	if err := h.write(header); err != nil {
		h.retry = now.Add(checkpointEvery)
		if text := err.Error(); text != h.problem {
			h.problem = text
			w.app.warn("%s; it is tried again", text)
		}
		return
	}
	w.fail(h.records.Close())
	h.begin(w.plan, w.o.samples, now)
	w.saved = time.Time{} // a state that still has the segment would have it twice
}

// lastSegment writes what is open when the run ends. With a state the next run goes on with it.
func (w *watch) lastSegment() {
	if h := w.history; h != nil && h.begun {
		w.fail(h.write(w.header))
	}
}
