package scanner

import (
	"context"
	"time"
)

// Newest returns the time of the newest record of all sources, findings or not; zero if no record has one. Records whose
// date is a guess do not count. It reads the sources to their end; its error is that of ctx.
func Newest(ctx context.Context, sources []Source) (time.Time, error) {
	var n newest
	for _, s := range sources {
		if err := s.Read(ctx, &n); err != nil {
			return time.Time{}, err
		}
	}
	return n.time, nil
}

// newest is a Receiver that looks for the newest record. Records of a block are in the order of time, more or less, so
// that its last one counts.
type newest struct {
	in   *Input
	time time.Time
}

// Begin implements [Receiver].
func (n *newest) Begin(in Input) { n.in = &in }

// Block implements [Receiver].
func (n *newest) Block(b *Block) error {
	if b.Free != nil {
		defer b.Free()
	}
	if b.To == b.From {
		return nil
	}
	times := newClock(n.in, b.Buf, carried{list: b.Carriers, base: b.Off})
	l := (&liner{buf: b.Buf}).at(b.To - 1)
	stamp, ok := stamp{}, false
	if l.Whole {
		stamp, ok = findStamp(l.Text())
	}
	if t, guessed := times.when(b.To-1, l.Lo, stamp, ok); !guessed && t.After(n.time) {
		n.time = t
	}
	return nil
}

// End implements [Receiver].
func (n *newest) End(Health) {}
