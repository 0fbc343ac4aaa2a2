package xlog

import (
	"bytes"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// An identity says whether two blocks are the same. Zero is no identity.
type identity struct {
	block uint64 // seq, length and payload
	text  uint64
}

func blockID(h *header, payload []byte) uint64 {
	d := xxhash.New()
	_, _ = d.Write([]byte{byte(h.seq), byte(h.seq >> 8), byte(h.length), byte(h.length >> 8), byte(h.length >> 16), byte(h.length >> 24)})
	_, _ = d.Write(payload)
	return max(1, d.Sum64())
}

const (
	// maxSeen is how many blocks a Seen remembers: gigabytes of xlog. It forgets the oldest.
	maxSeen = 1 << 18
	// keptTexts is how many of the last texts it holds, and keptText how long they may be.
	keptTexts = 4
	keptText  = smallText
)

// A Seen remembers the blocks of a set of files, so that what stands in two of them is read once. A set is
// the xlog files of one app on one device, and the mmap file beside them: after a crash the app writes what is in the
// mmap file into the xlog, as it is, and until then it stands in the mmap file alone.
//
// Blocks are the same if seq, length and payload are, and a block that is still open also if its text is that of
// another one or the beginning of it, as it is when the files were copied while the app ran. For that the mmap file must be
// read after the others. Blocks that were written synchronously are always read: short lines are repeated.
// Only blocks of different files are held against each other.
//
// The zero value is an empty set. It is safe for concurrent use, but which of two files keeps a block
// depends on which is read first.
type Seen struct {
	mu     sync.Mutex
	files  int
	seen   map[uint64]int // identity of a block or of its text → file
	order  []uint64       // the keys of seen, oldest from next on
	next   int
	texts  [keptTexts]seenText
	newest int
}

type seenText struct {
	seq  uint16
	file int
	text []byte
}

// file returns the number of a file that begins.
func (s *Seen) file() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files++
	return s.files
}

// met reports whether another file has had a block, and remembers it if none has.
func (s *Seen) met(file int, d *decoded) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.id.block != 0 {
		if had, ok := s.seen[d.id.block]; ok && had != file {
			return true
		}
	}
	// Other texts than that of the one open block are not the same by chance only, but then they may be repeated by intent.
	if d.Open && d.TextLen > 0 {
		if had, ok := s.seen[d.id.text]; ok && d.id.text != 0 && had != file {
			return true
		}
		for _, t := range s.texts {
			if d.long == nil && t.file != file && t.seq == d.Seq && bytes.HasPrefix(t.text, d.text) {
				return true
			}
		}
	}
	s.remember(d.id.block, file)
	if d.TextLen > 0 {
		s.remember(d.id.text, file)
	}
	return false
}

func (s *Seen) remember(id uint64, file int) {
	if id == 0 {
		return
	}
	if s.seen == nil {
		s.seen = make(map[uint64]int)
	}
	if _, ok := s.seen[id]; ok {
		return
	}
	s.seen[id] = file
	if len(s.order) < 2*maxSeen {
		s.order = append(s.order, id)
		return
	}
	delete(s.seen, s.order[s.next])
	s.order[s.next] = id
	s.next = (s.next + 1) % len(s.order)
}

// keep takes the text of a block that was read, and gives memory for another one in return.
func (s *Seen) keep(file int, d *decoded) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.texts[s.newest]
	s.newest = (s.newest + 1) % keptTexts
	old := t.text
	*t = seenText{d.Seq, file, d.text}
	return old
}
