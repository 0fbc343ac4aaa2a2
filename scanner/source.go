package scanner

import (
	"context"
	"time"
)

// An Input is what is fixed about an input when it is first opened, and carried on with it through
// pieces, checkpoints and machines.
type Input struct {
	Name string // logical name: identity and order of findings build on it
	Host string // of the machine that wrote it, or ""

	Reference time.Time      // against which missing dates and years are resolved
	Zone      *time.Location // of stamps that name none; nil is UTC

	Off int64 // where this piece begins in the decoded input
}

// A Source yields one input block by block. Files, archives, pipes and live followers differ only here.
type Source interface {
	// Input describes the input; it may be called before Blocks.
	Input() Input
	// Blocks calls yield for every block in order, until the input ends, yield fails or ctx is done.
	// The returned Health tells how the input ended; it is valid with an error of yield too.
	Blocks(ctx context.Context, yield func(*Block) error) (Health, error)
}

// A Block is a run of an input with as much of what stands around it as findings may depend on.
// Findings belong to the block in whose own part, Buf[From:To], their code stands.
type Block struct {
	Buf      []byte
	From, To int
	Off      int64 // of Buf[0] in the decoded input

	release func() // gives the buffer back
}

// Release says that the block's buffer is no longer used; the block must not be used after it.
func (b *Block) Release() {
	if b.release != nil {
		b.release()
	}
}

// Health says what a reader should know of an input beside its findings.
type Health struct {
	Kind     string // what the input turned out to be: text, gzip, …
	Bytes    int64  // decoded
	Open     bool   // the input goes on beyond this piece
	Complete bool
	Problem  string // why it is not complete
	Notes    []string
}
