package xlog_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/klauspost/compress/zstd"
)

// A fixture is a block to be written.
type fixture struct {
	magic    byte
	seq      uint16
	hour     uint8
	lines    [][]byte
	client   byte // makes the private key of the client, of encrypted ones
	finished bool // ends the stream, as Mars never does

	encoded []byte // by open
}

// text is what a reader should find.
func (f *fixture) text() []byte { return bytes.Join(f.lines, nil) }

// block is a whole block as Mars writes it.
func (f *fixture) block() []byte { return append(bytes.Clone(f.open()), 0) }

// open is a block without its end, as it stands in an mmap file.
func (f *fixture) open() []byte {
	if f.encoded == nil {
		f.encoded = f.encode()
	}
	return f.encoded
}

func (f *fixture) encode() []byte {
	b := []byte{f.magic}
	payload := f.payload()
	b = binary.LittleEndian.AppendUint16(b, f.seq)
	b = append(b, f.hour, f.hour)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	switch {
	case f.magic <= 0x05:
		b = append(b, 0xd0, 0x22, 0x8c, 0x51) // what the IM SDK leaves there
	case f.magic == 0x07 || f.magic == 0x0C:
		b = append(b, clientKey(f.client).PubKey().SerializeUncompressed()[1:]...)
	default:
		b = append(b, bytes.Repeat([]byte{0xA5}, 64)...)
	}
	return append(b, payload...)
}

func (f *fixture) payload() []byte {
	var b []byte
	switch f.magic {
	case 0x04, 0x07, 0x09:
		b = bytes.Join(deflate(f.lines, f.finished), nil)
	case 0x05:
		for _, piece := range deflate(f.lines, f.finished) {
			b = binary.LittleEndian.AppendUint16(b, uint16(len(piece)))
			b = append(b, piece...)
		}
	case 0x0C, 0x0D:
		b = zstandard(f.lines, f.finished)
	default:
		b = f.text()
	}
	if f.magic == 0x07 || f.magic == 0x0C {
		encrypt(b, secp256k1.GenerateSharedSecret(clientKey(f.client), serverKey().PubKey()))
	}
	return b
}

// deflate returns a stream in pieces, one a line.
func deflate(lines [][]byte, finished bool) (pieces [][]byte) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	for i, line := range lines {
		_, _ = w.Write(line)
		if finished && i == len(lines)-1 {
			_ = w.Close()
		} else {
			_ = w.Flush()
		}
		pieces = append(pieces, bytes.Clone(b.Bytes()))
		b.Reset()
	}
	return pieces
}

func zstandard(lines [][]byte, finished bool) []byte {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(64<<10), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(finished))
	if err != nil {
		panic(err)
	}
	for _, line := range lines {
		_, _ = w.Write(line)
		_ = w.Flush()
	}
	if finished {
		_ = w.Close()
	}
	return b.Bytes()
}

// encrypt is the other direction of cipher, a block at a time.
func encrypt(b, secret []byte) {
	var k [4]uint32
	for i := range k {
		k[i] = binary.LittleEndian.Uint32(secret[4*i:])
	}
	for ; len(b) >= 8; b = b[8:] {
		x, y, sum := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), uint32(0)
		for range 16 {
			sum += 0x9E3779B9
			x += (y<<4 + k[0]) ^ (y + sum) ^ (y>>5 + k[1])
			y += (x<<4 + k[2]) ^ (x + sum) ^ (x>>5 + k[3])
		}
		binary.LittleEndian.PutUint32(b, x)
		binary.LittleEndian.PutUint32(b[4:], y)
	}
}

func clientKey(n byte) *secp256k1.PrivateKey {
	return secp256k1.PrivKeyFromBytes(bytes.Repeat([]byte{n + 1}, 32))
}

const serverHex = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"

func serverKey() *secp256k1.PrivateKey {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(i + 1)
	}
	return secp256k1.PrivKeyFromBytes(key)
}

// someLines makes lines as the IM SDK writes them, different ones for each id.
func someLines(r *rand.Rand, id, n int) (lines [][]byte) {
	for i := range n {
		line := fmt.Sprintf("TIM: 2026-11-22 17:%02d:%02d.%03d I 17305-199538496 |-chat_page.cpp:%-26d OnSend%34s|block:%d|line:%d|cost:%d",
			i/60%60, i%60, r.IntN(1000), r.IntN(2000), "", id, i, r.IntN(1<<30))
		switch r.IntN(20) {
		case 0:
			line += fmt.Sprintf("|body:%x", r.Uint64())
		case 1:
			line += "|昵称:小明\r"
		case 2:
			line += "|" + string(bytes.Repeat([]byte{'='}, r.IntN(400)))
		}
		lines = append(lines, []byte(line+"\n"))
	}
	return lines
}

// magics of each header family.
var (
	shortMagics = []byte{0x03, 0x04, 0x05}
	longMagics  = []byte{0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D}
	allMagics   = append(bytes.Clone(shortMagics), longMagics...)
)

// isSync reports whether blocks of a magic are written synchronously.
func isSync(magic byte) bool {
	return bytes.IndexByte([]byte{0x03, 0x06, 0x08, 0x0A, 0x0B}, magic) >= 0
}

// someBlocks makes n blocks of the magics.
func someBlocks(r *rand.Rand, n int, magics []byte) (blocks []*fixture) {
	seq := uint16(0)
	for i := range n {
		f := &fixture{magic: magics[r.IntN(len(magics))], hour: uint8(r.IntN(24)), client: 1, finished: r.IntN(8) == 0}
		size := 1 + r.IntN(60)
		if isSync(f.magic) {
			size = 1
		} else {
			seq++
			f.seq = seq
		}
		f.lines = someLines(r, i, size)
		blocks = append(blocks, f)
	}
	return blocks
}

// file joins blocks.
func file(blocks []*fixture) (data, text []byte) {
	for _, f := range blocks {
		data = append(data, f.block()...)
		text = append(text, f.text()...)
	}
	return data, text
}
