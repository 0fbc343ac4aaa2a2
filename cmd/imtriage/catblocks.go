package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// catBlocks lists the blocks of xlog files, in order, instead of their text.
func (a *app) catBlocks(ctx context.Context, inputs scanner.Inputs, paths []string, allowIncomplete bool) error {
	list := blockList{w: a.out}
	inputs.Jobs, inputs.OnBlock = 1, list.add
	if err := a.copyText(ctx, inputs.Expand(paths), scanner.Copier{W: io.Discard}, allowIncomplete); err != nil {
		return err
	}
	return list.err
}

// A blockList prints a line for each block.
type blockList struct {
	w    io.Writer
	last string // the input of the last block
	some bool
	err  error
}

const blockRow = "%10v %9v %5v %5v %5v %9v %9v  %s\n"

func (l *blockList) add(input string, b xlog.Block) {
	if !l.some || input != l.last {
		l.print("%s\n"+blockRow, report.Sanitize(input), "offset", "size", "magic", "seq", "hours", "payload", "text", "")
	}
	l.some, l.last = true, input
	l.print(blockRow, b.Offset, b.Size, fmt.Sprintf("0x%02x", b.Magic), b.Seq, fmt.Sprintf("%02d-%02d", b.Begin, b.End), b.Length, b.TextLen, blockNote(b))
}

func (l *blockList) print(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	if _, err := io.WriteString(l.w, strings.Join(lines, "\n")); err != nil && l.err == nil {
		l.err = err
	}
}

// blockNote says what is not plain about a block.
func blockNote(b xlog.Block) string {
	var notes []string
	for _, n := range []struct {
		is   bool
		text string
	}{
		{b.Open, "open"},
		{b.Duplicate, "duplicate"},
		{b.Salvaged, "salvaged"},
		{b.Err != "", report.Sanitize(b.Err)},
		{b.Encrypted, "client key " + b.Fingerprint},
	} {
		if n.is {
			notes = append(notes, n.text)
		}
	}
	return strings.Join(notes, ", ")
}
