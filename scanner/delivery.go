package scanner

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// deliver hands results to the sink in order until the reader ends. After a failure it goes on
// draining, so that no goroutine is left behind.
func (s *Scanner) deliver(lanes <-chan lane, sink Sink, results *spareList[*result], cancel func()) (failed error) {
	d := newDelivery(sink, s.Extractor)
	var total int64
	for l := range lanes {
		for j := range l {
			if failed == nil {
				failed = d.job(j)
			}
			if failed != nil {
				cancel()
			}
			if j.block == nil {
				continue
			}
			if total += int64(j.block.To - j.block.From); failed == nil && s.Progress != nil {
				s.Progress(j.in.Name, total)
			}
			results.Put(j.result())
			if j.block.Free != nil {
				j.block.Free() // only now: findings lie in its buffer
			}
		}
	}
	return failed
}

// A delivery numbers the lines of one input after the other.
type delivery struct {
	sink   Sink
	worker *worker // for what a sink asks of an event
	lines  int64   // line breaks before the block
	cut    bool    // the last block did not end at a line break
	long   lengths // of the lines
	found  bool    // something in the input
	ok     int64   // results with code 0 that are no events
	quiet  quiet

	last      *event // what the sink has in its hands, with its block and its input
	res       *result
	in        *Input
	finding   tally.Finding // one for all, as its contract allows
	mark      tally.Mark
	ofFinding func(*tally.Finding) // the Detail of every finding
	ofMark    func(*tally.Mark)
	keep      func(tally.Kept) tally.Kept      // the Keep of every finding
	ofKept    func(*keptEvent, *tally.Finding) // what those that it keeps say later
}

func newDelivery(sink Sink, x *Extractor) *delivery {
	d := &delivery{sink: sink, worker: newWorker(x)}
	d.ofKept = func(e *keptEvent, f *tally.Finding) { f.Level, f.Fields = d.worker.detailKept(e) }
	d.describe()
	return d
}

// describe makes what the delivery hands out with its findings and marks, once for all of them.
func (d *delivery) describe() {
	d.ofFinding = func(f *tally.Finding) { f.Level, f.Fields = d.worker.detailOf(d.last, d.res, d.in) }
	d.ofMark = func(m *tally.Mark) { d.worker.detailMark(m, d.last, d.res, d.in) }
	d.keep = d.keepLast
}

// keepLast keeps the last event.
func (d *delivery) keepLast(spare tally.Kept) tally.Kept {
	again, _ := spare.(*keptEvent)
	if e := d.worker.keep(again, d.last, d.res, d.in); e != nil {
		e.detail = d.ofKept
		return e
	}
	kept := d.finding.Clone()
	d.finding.Fields = kept.Fields // what the worker read lasts until it reads again
	return keptDetail{kept.Level, kept.Fields}
}

// job delivers the findings of a block, or the end of an input.
func (d *delivery) job(j *job) error {
	if j.block == nil {
		return d.end(j.in, j.health)
	}
	return d.block(j.in, j.result())
}

func (d *delivery) block(in *Input, res *result) error {
	for i := range res.events {
		if err := d.event(in, res, &res.events[i]); err != nil {
			return err
		}
	}
	d.lines, d.ok = d.lines+res.lines, d.ok+res.ok
	d.cut = res.cut
	d.long.add(in, res.lengths)
	return nil
}

func (d *delivery) event(in *Input, res *result, e *event) error {
	d.found = true
	line := d.lines + int64(e.breaks) + 1
	d.last, d.res, d.in = e, res, in
	if e.isMark() {
		d.worker.mark(&d.mark, e, res, in)
		d.mark.Line, d.mark.Detail = line, d.ofMark
		return d.sink.Mark(&d.mark)
	}
	d.worker.finding(&d.finding, e, res, in)
	d.finding.Line, d.finding.Detail, d.finding.Keep = line, d.ofFinding, d.keep
	return d.sink.Finding(&d.finding)
}

func (d *delivery) end(in *Input, h *Health) error {
	p := tally.Piece{
		Source: in.Name, Kind: cmp.Or(h.Kind, input.KindText), Off: in.Off, End: in.Off + h.Bytes, Lines: d.lines, OK: d.ok,
		Complete: h.Complete, Problem: h.Problem, Notes: slices.Clone(h.Notes), Health: h.Health,
	}
	p.Health.Keys = slices.Clone(h.Keys)
	p.Health.CutLines += d.long.take()
	if d.cut && !h.Open {
		p.Lines++ // the last line has no line break
	}
	found := d.found || d.ok > 0
	d.lines, d.ok, d.cut, d.found = 0, 0, false, false
	if in.Container != "" && d.quiet.folds(in.Container, &p, found) {
		return nil
	}
	d.quiet.unfold(&p)
	return d.sink.Piece(p)
}

// maxListed is how many members of an archive are told of one by one in any case. Of a million members, with nothing to
// say of most, the archive tells the sum.
const maxListed = 1000

// quiet adds up the members of an archive of which there is nothing to say.
type quiet struct {
	of                            string // the archive
	members, folded, bytes, lines int64
}

// folds adds a member of an archive up, unless it has to be told of.
func (q *quiet) folds(of string, p *tally.Piece, found bool) bool {
	if q.of != of {
		*q = quiet{of: of}
	}
	if q.members++; q.members <= maxListed || found || !p.Complete || len(p.Notes) > 0 {
		return false
	}
	q.folded, q.bytes, q.lines = q.folded+1, q.bytes+p.End-p.Off, q.lines+p.Lines
	return true
}

// unfold adds the sum to what is told of the archive itself.
func (q *quiet) unfold(p *tally.Piece) {
	if q.of != p.Source {
		return
	}
	if q.folded > 0 {
		p.End, p.Lines = p.End+q.bytes, p.Lines+q.lines
		p.Notes = append(p.Notes, fmt.Sprintf("%d members without a finding are counted here and not listed", q.folded))
	}
	*q = quiet{}
}
