package input

import (
	"bufio"
	"io"

	"github.com/imtriage/imtriage/scanner/xlog"
)

// unxlog is the stage for the blocks of Tencent Mars, which the IM SDK writes.
func unxlog(p *opener, o *opened, r *bufio.Reader) (io.Reader, error) {
	x := xlog.NewReader(r, xlog.Options{Keys: p.how.Keys, Jobs: p.how.Jobs, Seen: p.seen, OnBlock: p.onBlock()})
	o.closers = append(o.closers, func() { _ = x.Close() })
	return &blocks{x, x.Report, &o.health, false}, nil
}

// unclog is the stage for the deflated text of LiteAV.
func unclog(_ *opener, o *opened, r *bufio.Reader) (io.Reader, error) {
	c := xlog.NewClogReader(r)
	return &blocks{c, c.Report, &o.health, false}, nil
}

func (p *opener) onBlock() func(xlog.Block) {
	if p.how.OnBlock == nil {
		return nil
	}
	return func(b xlog.Block) { p.how.OnBlock(p.name, b) }
}

// blocks reads text out of blocks and tells at its end what became of them.
type blocks struct {
	io.Reader
	report func() xlog.Report
	health *Health
	ended  bool
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && !b.ended {
		b.ended = true
		r, h := b.report(), b.health
		h.Skipped, h.Salvaged, h.Gaps = r.SkippedBytes, r.SalvagedBytes, r.GapCount
		h.Encrypted, h.EncryptedBlocks, h.Keys = r.Locked.Bytes, r.Locked.Blocks, r.Locked.Fingerprints
		if problem := r.Problem(); problem != "" {
			h.fail(problem)
		}
		if r.Duplicates > 0 {
			h.Notes = append(h.Notes, counted(r.Duplicates, "block that stands", "blocks that stand")+" in another file of the log too, read there")
		}
		if r.Locked.Blocks > 0 {
			h.Notes = append(h.Notes, "encrypted blocks are read with the private key of the app's log: --xlog-key FILE")
		}
	}
	return n, err
}
