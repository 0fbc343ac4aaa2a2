package input

import (
	"bufio"
	"bytes"
	"io"
)

// mmapSize is that of the mmap files of Mars and the IM SDK, which are nothing but zeros after the app was closed.
const mmapSize = 150 << 10

// cleared gives the text of r, of which head is the beginning, but nothing if it is an mmap file without a block. Other
// texts may begin with zeros: after copytruncate there is a hole of them.
func cleared(r *bufio.Reader, head []byte) io.Reader {
	if len(head) < min(sniffLen, mmapSize) || len(bytes.Trim(head, "\x00")) > 0 {
		return r
	}
	return &zerosFirst{r: r}
}

// A zerosFirst reader holds zeros back until it is known what follows them.
type zerosFirst struct {
	r    *bufio.Reader
	held int  // zeros that were read and not given out
	past bool // it is no mmap file
}

// Read implements io.Reader.
func (z *zerosFirst) Read(p []byte) (int, error) {
	for !z.past {
		b, err := z.r.Peek(1)
		switch {
		case err != nil && z.held == mmapSize:
			return 0, err
		case err != nil, b[0] != 0, z.held == mmapSize:
			z.past = true
		default:
			b, _ = z.r.Peek(min(z.r.Buffered(), mmapSize-z.held))
			n := len(b) - len(bytes.TrimLeft(b, "\x00"))
			z.held += n
			if _, err := z.r.Discard(n); err != nil {
				return 0, err
			}
		}
	}
	if z.held > 0 {
		n := min(len(p), z.held)
		clear(p[:n])
		z.held -= n
		return n, nil
	}
	return z.r.Read(p)
}
