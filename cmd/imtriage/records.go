package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"time"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/rules"
)

// recordMemory keeps a scan below 64 MiB, with what the engine of the rules takes after it.
const recordMemory = 4 << 20

// newRecords returns a place for the records of a run. It is closed by whoever asked for it.
func newRecords() *tally.Records {
	return tally.NewRecords(tally.RecordsOptions{Memory: recordMemory, Spill: temporary})
}

// A temporaryFile is gone when it is closed. Its name is gone at once where the system allows that, so
// that a killed run leaves nothing behind. What is in it is encrypted with a key that only this process
// has, because the texts of records are not redacted before somebody asks for them.
type temporaryFile struct {
	*os.File
	named  bool
	block  cipher.Block
	stream cipher.Stream // from where the file is read or written
	sealed []byte
}

func temporary() (tally.Spill, error) {
	f, err := os.CreateTemp("", "imtriage-records-*")
	if err != nil {
		return nil, err
	}
	return seal(f, os.Remove(f.Name()) != nil)
}

// seal makes a new file a temporary one; named says whether its name is still there.
func seal(f *os.File, named bool) (*temporaryFile, error) {
	key := make([]byte, 16)
	rand.Read(key) // never fails, see [rand.Read]
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	t := &temporaryFile{File: f, named: named, block: block}
	t.rewind()
	return t, nil
}

// rewind starts the key stream anew. A file is written once, so none of it is used for two texts.
func (t *temporaryFile) rewind() {
	t.stream = cipher.NewCTR(t.block, make([]byte, t.block.BlockSize()))
}

// Write implements [io.Writer].
func (t *temporaryFile) Write(b []byte) (int, error) {
	t.sealed = append(t.sealed[:0], b...)
	t.stream.XORKeyStream(t.sealed, t.sealed)
	return t.File.Write(t.sealed)
}

// Read implements [io.Reader].
func (t *temporaryFile) Read(b []byte) (int, error) {
	n, err := t.File.Read(b)
	t.stream.XORKeyStream(b[:n], b[:n])
	return n, err
}

// Seek implements [io.Seeker], back to the beginning only.
func (t *temporaryFile) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, errors.ErrUnsupported
	}
	t.rewind()
	return t.File.Seek(offset, whence)
}

// Close implements [io.Closer].
func (t *temporaryFile) Close() error {
	err := t.File.Close()
	if t.named {
		err = errors.Join(err, os.Remove(t.Name()))
	}
	return err
}

// A recorder makes records of what timed rules select.
type recorder struct {
	rules    *rules.Recorder
	redactor *redact.Redactor
}

// newRecorder returns the recorder for a set of rules, nil if none of them is timed.
func newRecorder(set *rules.Set, r *redact.Redactor) *recorder {
	x := set.NewRecorder()
	if x == nil {
		return nil
	}
	return &recorder{x, r}
}

// finding returns the record of a finding, nil if no rule selects it. What the tally wants of the finding
// comes first, because it is completed here. A nil recorder records nothing.
func (r *recorder) finding(f *tally.Finding) *tally.Record {
	if r == nil {
		return nil
	}
	selections := r.rules.Finding(f)
	if selections == nil {
		return nil
	}
	return tally.NewRecord(f, selections, r.rules.Keys(selections), r.redactor)
}

// listens reports whether a rule may select marks of the event.
func (r *recorder) listens(event string) bool { return r != nil && r.rules.Listens(event) }

// mark returns the record of a mark, as finding does.
func (r *recorder) mark(m *tally.Mark) *tally.Record {
	if r == nil {
		return nil
	}
	selections := r.rules.Mark(m)
	if selections == nil {
		return nil
	}
	return tally.NewMarkRecord(m, selections, r.rules.Keys(selections), r.redactor)
}

// judge returns the verdicts over what was counted and recorded.
func (a *app) judge(p *plan, t *tally.Tally, sum *tally.Summary) ([]rules.Verdict, error) {
	if p.foreign {
		return p.rules.Evaluate(sum, nil), nil
	}
	e, err := engineOver(p.rules, t, sum)
	if err != nil {
		return nil, err
	}
	a.passedOver(e, p.ownRules)
	return p.rules.Evaluate(sum, e.Outcomes()), nil
}

// passedOver says what an engine could not judge.
func (a *app) passedOver(e *rules.Engine, ownRules bool) {
	if e.Evicted > 0 {
		a.warn("rules that group by fields let go of %s for want of memory: their verdicts may be too few", counted(e.Evicted, "group"))
	}
	if e.Late > 0 {
		a.warn("rules passed over %s that came more than %s late", counted(e.Late, "record"), lateness)
	}
	if e.Untimed > 0 && ownRules { // of the pack's rules nobody expects it
		a.note("rules with a window passed over %s without a time of their own", counted(e.Untimed, "record"))
	}
}

// engineOver returns an engine that has judged the records of a tally, to the end of its log.
func engineOver(set *rules.Set, t *tally.Tally, sum *tally.Summary) (*rules.Engine, error) {
	e := rules.NewEngine(set, rules.EngineOptions{})
	return e, runEngine(e, t, sum)
}

// runEngine lets an engine judge the records of a tally, to the end of its log.
func runEngine(e *rules.Engine, t *tally.Tally, sum *tally.Summary) error {
	err := t.EachRecord(func(r *tally.Record) error {
		e.Add(r)
		return nil
	})
	if err == nil {
		e.Close(end(sum))
	}
	return err
}

// end returns the time of the last finding or mark; zero if none has one.
func end(sum *tally.Summary) (last time.Time) {
	for _, codes := range [][]tally.Code{sum.Codes, sum.Unknown} {
		for i := range codes {
			if codes[i].Last.After(last) {
				last = codes[i].Last
			}
		}
	}
	for _, m := range sum.Marks {
		if m.Last.After(last) {
			last = m.Last
		}
	}
	return last
}
