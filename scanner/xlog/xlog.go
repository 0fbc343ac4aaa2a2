// Package xlog reads the binary logs of Tencent Mars, which apps on Tencent Cloud IM write: .xlog files,
// the .mmap2 and .mmap3 files beside them, which after a crash alone hold the newest lines, and .clog files.
//
// [Is] and [IsClog] tell by an input's first bytes whether it is one. [NewReader] and [NewClogReader] give its text; a
// [Report] says afterwards what of the file could not be read, and why. A [Key] opens what is encrypted: most
// is not, and without a key the rest is still counted.
//
// # The format
//
// A file is a sequence of blocks, and nothing else: a header of 13 or 73 bytes, which begins with a magic byte and has
// the length of the payload, the payload, and a zero. The payload is text, or a deflate or zstd stream that
// is flushed after each line and never finished. Mars is written in the middle of other people's crashes, and
// its files are copied off dying phones: blocks are cut short, written over each other, and follow on holes.
// The Reader loses no intact block of such a file, and saves the whole lines of damaged ones; it marks
// them, because their numbers are not to be relied on.
//
// Not read are the blocks of a closed forerunner of Mars (magics 0x01 and 0x02, and 0x03 to 0x05 with a header of nine
// bytes): they cannot be told from chance. Files of forks with magics above 0x0D are not known either.
//
// # Cost
//
// Blocks are decoded in parallel and delivered in order. Memory is bounded for any input: some 8 MiB to look
// ahead in, more where a file is damaged, and 2 MiB of text for each block that is being decoded.
package xlog

import (
	"errors"
	"io"
	"io/fs"
	"runtime"
	"sync"
)

// Options say how a file is read. The zero value reads one that is not encrypted.
type Options struct {
	Keys    []*Key
	Jobs    int         // blocks that are decoded at once; GOMAXPROCS if it is not positive. The result is the same.
	OnBlock func(Block) // told of each block, in order, before its text is read; it runs inside Read
	Seen    *Seen       // shared with the other files of a set
}

// maxJobs is more than one consumer can use.
const maxJobs = 8

// A Reader gives the text of an xlog or mmap file. It must be closed.
type Reader struct {
	options Options
	framer  framer
	own     worker       // of the framer, and for what is not worth a goroutine
	workers chan *worker // those that are free; nil for one that is still to be made
	running sync.WaitGroup
	queue   []*job // in order of the file
	free    []*job
	depth   int
	ended   bool // the framer has no more
	closed  bool

	now    *job // being delivered
	block  int  // of now.out, the next one
	text   []byte
	long   io.Reader
	toRead int64 // of long

	file     int // in Options.Seen
	sequence sequence
	report   Report
}

// NewReader returns a reader of the text of r, which need not begin with a block. Nothing is read before the first Read.
func NewReader(r io.Reader, o Options) *Reader {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	o.Jobs = min(o.Jobs, maxJobs)
	ring := &keyring{keys: o.Keys}
	x := &Reader{options: o, workers: make(chan *worker, o.Jobs), depth: 1}
	if o.Jobs > 1 {
		x.depth = o.Jobs + 2
	}
	for range o.Jobs {
		x.workers <- nil
	}
	x.own = worker{unpacker: unpacker{ring: ring}, identify: o.Seen != nil}
	x.framer = framer{w: window{r: r}, u: &x.own.unpacker, effort: maxEffort}
	if o.Seen != nil {
		x.file = o.Seen.file()
	}
	return x
}

// Read implements io.Reader. The error of the input comes behind all text that could be had.
func (x *Reader) Read(p []byte) (int, error) {
	for len(p) > 0 {
		if len(x.text) > 0 {
			n := copy(p, x.text)
			x.text = x.text[n:]
			return n, nil
		}
		if x.toRead > 0 {
			return x.readLong(p)
		}
		if err := x.advance(); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// WriteTo implements io.WriterTo: text is written from where it was decoded.
func (x *Reader) WriteTo(w io.Writer) (total int64, err error) {
	var buf []byte
	for {
		if len(x.text) > 0 {
			n, err := w.Write(x.text)
			total += int64(n)
			x.text = x.text[n:]
			if err != nil {
				return total, err
			}
		}
		if x.toRead > 0 {
			if buf == nil {
				buf = make([]byte, streamRoom)
			}
			n, err := x.readLong(buf)
			if err != nil {
				return total, err
			}
			x.text = buf[:n]
			continue
		}
		if err := x.advance(); errors.Is(err, io.EOF) {
			return total, nil
		} else if err != nil {
			return total, err
		}
	}
}

// readLong reads on in a text that is decoded for the second time, as far as it was found good.
func (x *Reader) readLong(p []byte) (int, error) {
	n, err := x.long.Read(p[:min(int64(len(p)), x.toRead)])
	x.toRead -= int64(n)
	if n > 0 {
		return n, nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return 0, err
}

// Close ends the decoding. The Reader cannot be read any more; its report says what was read so far.
func (x *Reader) Close() error {
	x.closed = true
	x.text, x.toRead, x.queue, x.now = nil, 0, nil, nil
	x.running.Wait()
	return nil
}

// Report says what was read so far. After io.EOF that is the file.
func (x *Reader) Report() Report { return x.report.clone() }

// errClosed is what a closed Reader gives.
var errClosed = fs.ErrClosed
