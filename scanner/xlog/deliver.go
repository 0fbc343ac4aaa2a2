package xlog

import "io"

// background is the payload that is worth a goroutine.
const background = 1 << 10

// advance goes on to the next text, or returns io.EOF or the error of the input.
func (x *Reader) advance() error {
	if x.closed {
		return errClosed
	}
	if x.now != nil {
		if x.block > 0 {
			x.release(x.now, x.block-1)
		}
		if x.block < len(x.now.out) {
			x.deliver(x.now, &x.now.out[x.block])
			x.block++
			return nil
		}
		x.free = append(x.free, x.now)
		x.now = nil
	}
	x.fill()
	if len(x.queue) == 0 {
		if err := x.framer.w.failure(); err != nil {
			return err
		}
		return io.EOF
	}
	j := x.queue[0]
	x.queue = x.queue[:copy(x.queue, x.queue[1:])]
	if j.done != nil {
		<-j.done
	}
	x.now, x.block = j, 0
	switch j.kind {
	case zeros:
		x.report.ZeroFill += j.to - j.from
	case skipped:
		x.report.skip(j.from, j.to)
	case broken:
		if d := &j.out[0]; d.TextLen == 0 && len(d.text) == 0 && !d.Locked {
			// Nobody knows whether it was a block at all.
			x.report.skip(j.from, j.to)
			j.out = j.out[:0]
		}
	case framed:
	}
	return nil
}

// fill finds blocks until there is enough to do.
func (x *Reader) fill() {
	for !x.ended && len(x.queue) < x.depth {
		p, ok := x.framer.next()
		if !ok {
			x.ended = true
			return
		}
		j := x.newJob()
		j.piece, j.out, j.done = p, j.out[:0], nil
		j.payload = append(j.payload[:0], p.payload...)
		x.queue = append(x.queue, j)
		if x.options.Jobs > 1 && len(j.payload) >= background && p.head.kind().packing != plain {
			x.start(j)
		} else {
			x.own.do(j)
		}
	}
}

func (x *Reader) newJob() *job {
	if n := len(x.free); n > 0 {
		j := x.free[n-1]
		x.free = x.free[:n-1]
		return j
	}
	return new(job)
}

// start decodes a block in a goroutine of its own, which ends with it: whoever forgets a Reader leaves nothing behind that
// runs.
func (x *Reader) start(j *job) {
	done := make(chan struct{})
	j.done = done
	x.running.Go(func() {
		w := <-x.workers
		if w == nil {
			w = &worker{unpacker: unpacker{ring: x.own.ring}, identify: x.own.identify}
		}
		w.do(j)
		x.workers <- w
		close(done)
	})
}

// deliver makes a block the one that is read.
func (x *Reader) deliver(j *job, d *decoded) {
	if d.long == nil {
		d.TextLen = int64(len(d.text))
	}
	if x.file != 0 && d.id.block != 0 && x.options.Seen.met(x.file, d) {
		d.Duplicate, d.TextLen = true, 0
		d.text, d.long = nil, nil
	}
	d.TextOffset = x.report.TextBytes
	x.report.add(&d.Block, len(j.payload))
	x.number(j, d)
	if x.options.OnBlock != nil {
		x.options.OnBlock(d.Block)
	}
	if d.long != nil {
		x.long, x.toRead = x.own.stream(d.long.packing, d.long.packed), d.TextLen
		return
	}
	x.text = d.text
}

// number looks for gaps before a block.
func (x *Reader) number(j *job, d *decoded) {
	if j.bent || j.kind == broken && !j.head.known() {
		x.sequence.pass()
	} else if g, ok := x.sequence.gap(d.Seq); ok && !d.Duplicate {
		x.report.gap(g)
	}
}

// release is called when a text was read.
func (x *Reader) release(j *job, i int) {
	d := &j.out[i]
	if x.file != 0 && d.id.block != 0 && len(d.text) > 0 && len(d.text) <= keptText {
		j.texts[i] = x.options.Seen.keep(x.file, d)
	}
}
