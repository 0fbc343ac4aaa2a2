package scanner

import (
	"context"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/input"
)

// An Input is what is fixed about an input when it is first opened, and carried on with it through
// pieces, checkpoints and machines.
type Input struct {
	Name string // logical name: identity and order of findings build on it
	Host string // of the machine that wrote it, or ""
	// Container is the name of the archive in which it is a member, or "". The archive itself ends behind its members.
	Container string

	Reference time.Time      // against which missing dates and years are resolved
	Zone      *time.Location // of stamps that name none; nil is UTC

	Off int64 // where this piece begins in the decoded input
	// Begun is how many bytes of the line that goes on at Off stand before it. Beyond 1 MiB it need not be exact:
	// it decides in which piece a line counts as one of [tally.Health.CutLines].
	Begun int64
}

// A Source reads one input, or one after the other all inputs that a container holds, into a [Receiver]. Files,
// archives, pipes and live followers differ only here. A Scanner reads a few sources ahead of the one that it delivers,
// each by its own goroutine and into a Receiver of its own.
type Source interface {
	// Name says what the source is before it is opened: a path, a pattern.
	Name() string
	// Read hands everything to r. Its error is that of r or of ctx: trouble with an input is no error, but
	// stands in its Health.
	Read(ctx context.Context, r Receiver) error
}

// A Receiver takes what a Source reads: for each input Begin, its blocks in order, End.
type Receiver interface {
	Begin(Input)
	// Block takes a block; its buffer belongs to the receiver until it calls Free.
	Block(*Block) error
	// End tells how the input ended, also if it was interrupted.
	End(Health)
}

// A Block is a run of an input with as much of what stands around it as findings may depend on: [Context] bytes on
// either side, or less where the input begins or ends. Findings belong to the block in whose own part,
// Buf[From:To], their code stands.
type Block struct {
	Buf      []byte
	From, To int
	Off      int64  // of Buf[0] in the decoded input
	Free     func() // gives the buffer back; may be nil
	// Carriers say what is known beside the text of Buf, in order: the first one may begin before it. Most inputs have
	// none.
	Carriers []input.Carrier
}

// Health says what a reader should know of an input beside its findings.
type Health struct {
	Kind     string // what the input turned out to be: text, gzip, …
	Bytes    int64  // decoded
	Open     bool   // the input goes on beyond this piece
	Complete bool
	Problem  string // why it is not complete
	Notes    []string

	// Health is what was not plain about reading the input. The scanner counts long lines itself, and the tally
	// guessed times: a source tells only of lines that it cut.
	tally.Health
}
