package follow

import (
	"bytes"
	"context"
	"io"
	"slices"
)

// readStdin reads a pipe: a source like a file, but without a place to go on at. Its goroutine ends with the pipe or,
// once ctx is done, with the read that it is in; nothing else can end a read of a pipe.
func (f *Follower) readStdin(ctx context.Context) <-chan Piece {
	if f.o.Stdin == nil || !f.hasPattern(stdinName) {
		return nil
	}
	s := stream{ctx: ctx, to: make(chan Piece), lineCap: f.o.LineCap}
	go s.read(f.o.Stdin)
	return s.to
}

func (f *Follower) hasPattern(text string) bool {
	return slices.ContainsFunc(f.patterns, func(p *pattern) bool { return p.text == text })
}

// piped hands a piece of standard input out.
func (f *Follower) piped(p Piece, handler func(Piece)) {
	handler(p)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pipe.off += int64(len(p.Data))
	f.pipe.count(p.Data, "", f.o.Now())
	f.pipe.ended = p.End != ""
}

// A stream cuts a pipe into pieces.
type stream struct {
	ctx     context.Context
	to      chan Piece
	lineCap int

	off    int64
	enc    string
	inside bool
}

func (s *stream) read(r io.Reader) {
	var held []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		held = append(held, buf[:n]...)
		if s.enc == "" {
			s.enc = detect(held)
		}
		if end := linesEnd(held, s.enc); end > 0 && s.enc != "" {
			if !s.send(held[:end], false, "") {
				return
			}
			held = held[end:]
		}
		if len(held) >= s.lineCap {
			end := len(held) &^ 1
			if !s.send(held[:end], true, "") {
				return
			}
			held = held[end:]
		}
		if err != nil {
			if s.inside || len(held) > 0 {
				held = append(held, newline(s.enc)...)
			}
			s.send(held, false, Closed)
			return
		}
	}
}

// send hands a piece on. The receiver may keep it until it asks for the next one.
func (s *stream) send(data []byte, open bool, end Ending) bool {
	p := Piece{Source: stdinName, Generation: 1, Offset: s.off, Data: bytes.Clone(data), Inside: s.inside, Open: open, End: end}
	select {
	case s.to <- p:
	case <-s.ctx.Done():
		return false
	}
	s.off += int64(len(data))
	s.inside = open
	return true
}
