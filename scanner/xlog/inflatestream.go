package xlog

import (
	"errors"
	"io"
)

const (
	streamRoom = 256 << 10 // what is decoded at once
	streamIn   = 64 << 10
)

// An inflateStream is the text of a deflate stream as a reader, for text that is too long to be held. It
// ends in io.EOF, in io.ErrUnexpectedEOF where the stream is not finished, as those of logs are not, or in
// errCorrupt.
type inflateStream struct {
	inflater

	more io.Reader // where the stream comes from, nil if all of it is in src
	in   []byte
	base int64 // bytes of the stream before src

	out     []byte
	read, o int // what is decoded and not read yet is out[read:o]
	err     error
}

// open begins a stream whose bytes are payload.
func (s *inflateStream) open(payload []byte) {
	s.reset(payload)
	s.more, s.base, s.read, s.o, s.err = nil, 0, 0, 0, nil
}

// openReader begins a stream that is read from r.
func (s *inflateStream) openReader(r io.Reader) {
	s.open(nil)
	s.more = r
	if s.in == nil {
		s.in = make([]byte, streamIn)
	}
}

// Read implements io.Reader.
func (s *inflateStream) Read(p []byte) (int, error) {
	for s.read == s.o {
		if s.err != nil {
			return 0, s.err
		}
		s.decode()
	}
	n := copy(p, s.out[s.read:s.o])
	s.read += n
	return n, nil
}

// decode decodes on.
func (s *inflateStream) decode() {
	if s.out == nil {
		s.out = make([]byte, historySize+streamRoom+outSlack)
	}
	if s.o > historySize {
		copy(s.out, s.out[s.o-historySize:s.o])
		s.read, s.o = historySize, historySize
	}
	for {
		var err error
		s.o, err = s.run(s.out, s.o)
		switch {
		case err == nil:
			s.err = io.EOF
		case errors.Is(err, errFull):
		case errors.Is(err, errTruncated):
			if s.refill() {
				continue
			}
			if s.err == nil {
				s.err = io.ErrUnexpectedEOF
			}
		default:
			s.err = err
		}
		return
	}
}

// refill reads on where there is more to read.
func (s *inflateStream) refill() bool {
	if s.more == nil {
		return false
	}
	s.base += int64(s.pos)
	left := copy(s.in, s.src[s.pos:])
	for range 100 {
		n, err := s.more.Read(s.in[left:])
		s.src, s.pos = s.in[:left+n], 0
		if err != nil {
			s.more = nil
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	s.more, s.err = nil, io.ErrNoProgress
	return false
}

// position tells how many bytes of the stream are consumed.
func (s *inflateStream) position() int64 { return s.base + int64(s.consumed()) }
