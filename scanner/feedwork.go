package scanner

import (
	"bytes"
	"slices"
)

const (
	// feedLen is how much a feed takes at a time, in bytes.
	feedLen = 64 << 10
	// feedBuffer holds what a block sees: what is held back behind its own part is less than Context and feedLen, too.
	feedBuffer = 2*Context + 3*feedLen
)

// text takes more of the text. At its end nothing is held back.
func (f *Feed) text(p []byte, end bool) error {
	n := min(f.skip, int64(len(p)))
	f.skip -= n
	p = p[n:]
	f.carry()
	if len(p) == 0 && !end {
		return nil
	}
	room := f.pools.buffer()
	defer f.pools.bufs.Put(room)
	buf := f.kept.unpack((*room)[:0])
	base := f.kept.base
	for {
		if cap(buf)-len(buf) < min(len(p), feedLen) {
			drop := int(max(base, f.from-Context) - base)
			buf = buf[:copy(buf, buf[drop:])]
			base += int64(drop)
		}
		n := min(len(p), feedLen)
		buf, p = append(buf, p[:n]...), p[n:]
		last := end && len(p) == 0
		to := len(buf)
		if !last {
			to = f.settled(buf, int(f.from-base))
		}
		if err := f.scan(buf, base, to, true); err != nil {
			return err
		}
		if len(p) == 0 {
			break
		}
	}
	f.kept.pack(buf, base, int(f.from-base))
	f.trimCarriers(len(buf) > 0 && f.from > base && buf[f.from-base-1] != '\n')
	return nil
}

// deliverHeld delivers what is held back in whole lines.
func (f *Feed) deliverHeld() error {
	lines := bytes.LastIndexByte(f.kept.text, '\n') + 1
	end := f.kept.off + int64(lines)
	if end <= max(f.from, f.idle) {
		return nil
	}
	room := f.pools.buffer()
	defer f.pools.bufs.Put(room)
	buf := f.kept.unpack((*room)[:0])
	f.idle = end
	to := int(end - f.kept.base)
	return f.scan(buf[:to], f.kept.base, to, false)
}

// scan delivers what stands in buf[f.from-base:to]. Unless it is settled, it is only told of.
func (f *Feed) scan(buf []byte, base int64, to int, settled bool) error {
	from := int(f.from - base)
	if to <= from {
		return nil
	}
	pair := f.pools.workers(f.x)
	defer f.pools.pairs.Put(pair)
	f.d.worker = pair.detail
	defer func() { f.d.worker = nil }()
	res := pair.scan.scan(&Block{Buf: buf, From: from, To: to, Off: base, Carriers: f.carriers}, f.in)
	defer pair.scan.results.Put(res)
	for i := range res.events {
		e := &res.events[i]
		at := base + int64(e.at)
		if _, told := slices.BinarySearch(f.told, at); told {
			continue
		}
		if !f.owes(e) {
			if err := f.d.event(f.in, res, e); err != nil {
				return err
			}
		}
		if !settled {
			n, _ := slices.BinarySearch(f.told, at)
			f.told = slices.Insert(f.told, n, at)
		}
	}
	if !settled {
		return nil
	}
	if f.from = base + int64(to); f.trial == nil && f.from >= f.owedTo {
		f.owed = nil
	}
	f.d.lines += res.lines
	f.d.cut = res.cut
	f.d.long.add(f.in, res.lengths)
	n, _ := slices.BinarySearch(f.told, f.from)
	f.told = slices.Delete(f.told, 0, n)
	return nil
}

// carry takes what is known beside the text that was read. What is read again after a crash says nothing new.
func (f *Feed) carry() {
	had := len(f.carriers)
	f.carriers = f.live.Carriers(f.carriers)
	at := had
	for _, c := range f.carriers[had:] {
		if c.Off < f.from {
			continue
		}
		if at > 0 {
			if l := f.carriers[at-1]; l.Time.Equal(c.Time) && l.Host == c.Host && l.Stamp == c.Stamp {
				continue
			}
		}
		f.carriers[at] = c
		at++
	}
	f.carriers = f.carriers[:at]
}

// trimCarriers forgets what was carried beside text that is delivered. Of a line that is cut more is seen.
func (f *Feed) trimCarriers(cut bool) {
	seen := f.from
	if cut {
		seen -= lineReach + patternReach
	}
	n := 0
	for n+1 < len(f.carriers) && f.carriers[n+1].Off <= seen {
		n++
	}
	f.carriers = slices.Delete(f.carriers, 0, n)
}
