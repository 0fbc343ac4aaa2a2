package xlog

// A Block says what became of one block of a file. Offsets of text are those of the decoded stream.
type Block struct {
	Offset int64 // in the file
	Size   int64 // with header and end byte; of a broken block up to where the next one was found
	Magic  byte
	Seq    uint16 // counts the blocks of a process from 1; of blocks written synchronously 0
	Begin  uint8  // local hour of the first line
	End    uint8  // local hour when it was written
	Length uint32 // of the payload as the header has it

	TextOffset int64
	TextLen    int64

	Salvaged    bool   // not intact: its text is what could be saved: whole lines, and the beginning of one that was cut off, with _cut behind it
	Encrypted   bool   // its payload is
	Locked      bool   // encrypted, and no key opens it
	Duplicate   bool   // its text was read from another file of the set
	Open        bool   // it was still being written: an mmap file
	Stopped     bool   // it swells beyond all measure; what is behind the limit is not read
	Fingerprint string // of the client's public key, if encrypted
	Err         string // why it is not intact, or not read; or ""
}

// A packing is how a payload holds its text.
type packing uint8

const (
	plain    packing = iota
	deflated         // one raw deflate stream
	chunked          // the same, in pieces with their length before them
	zstandard
)

// A kind is what the magic byte of a block stands for. The names of the magics in the sources of Mars promise more
// than it does: blocks that are written synchronously are neither compressed nor encrypted.
type kind struct {
	header int // bytes, 0 if there is no such kind
	packing
	sync, crypt bool
}

const (
	shortHeader = 13
	longHeader  = shortHeader - 4 + keySize
	maxHeader   = longHeader
	keySize     = 64

	firstMagic, lastMagic = 0x03, 0x0D
	cryptMagic            = 0x07
)

var kinds = [256]kind{
	0x03: {header: shortHeader, sync: true},
	0x04: {header: shortHeader, packing: deflated},
	0x05: {header: shortHeader, packing: chunked},
	0x06: {header: longHeader, sync: true},
	0x07: {header: longHeader, packing: deflated, crypt: true},
	0x08: {header: longHeader, sync: true},
	0x09: {header: longHeader, packing: deflated},
	0x0A: {header: longHeader, sync: true},
	0x0B: {header: longHeader, sync: true},
	0x0C: {header: longHeader, packing: zstandard, crypt: true},
	0x0D: {header: longHeader, packing: zstandard},
}
