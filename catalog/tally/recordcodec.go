package tally

import (
	"encoding/binary"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
)

// The form of a record in memory and in runs: bytes that only this process reads. Numbers are
// varints, strings have their length in front, hashes are eight bytes.

const (
	flagGuessed = 1 << iota
	flagMark
	flagUser
	flagPending
)

// terms numbers the names that come again in every record: keys and families. They come from rules
// and catalog, so a few; beyond 255 they are spelt out.
type terms struct {
	redactor *redact.Redactor // of the texts that wait for it
	names    []string         // from number 1 on
	numbers  map[string]byte
}

const (
	maxTerms = 255
	maxTerm  = 64 // bytes
	fewTerms = 8  // are quicker found one by one
	spelt    = 0  // the number of a name that is spelt out
)

// append appends a name by its number.
func (t *terms) append(b []byte, s string) []byte {
	for i, name := range t.names[:min(len(t.names), fewTerms)] {
		if name == s {
			return append(b, byte(i+1))
		}
	}
	n, ok := t.numbers[s]
	if !ok && len(t.names) < maxTerms && len(s) <= maxTerm {
		if t.numbers == nil {
			t.numbers = make(map[string]byte)
		}
		s = strings.Clone(s)
		t.names = append(t.names, s)
		n = byte(len(t.names))
		t.numbers[s] = n
	}
	if b = append(b, n); n == spelt {
		b = appendString(b, s)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// record appends everything of a record but what it is sorted by first: time, source and offset.
func (t *terms) record(b []byte, r *Record) []byte {
	flags := byte(0)
	if r.TimeGuessed {
		flags |= flagGuessed
	}
	if r.Event != "" {
		flags |= flagMark
	}
	if r.User != 0 {
		flags |= flagUser
	}
	if r.pending.by != nil {
		flags |= flagPending
		t.redactor = r.pending.by
	}
	b = append(b, flags)
	b = binary.AppendUvarint(b, uint64(r.Piece))
	b = binary.AppendUvarint(b, uint64(r.Line))
	b = binary.AppendUvarint(b, uint64(r.Column))
	b = binary.AppendVarint(t.append(b, string(r.Family)), int64(r.Code))
	if r.Event != "" {
		b = appendString(b, r.Event)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Selections)))
	for _, n := range r.Selections {
		b = binary.AppendUvarint(b, uint64(n))
	}
	if r.User != 0 {
		b = binary.LittleEndian.AppendUint64(b, r.User)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Values)))
	for i := range r.Values {
		v := &r.Values[i]
		b = appendString(t.append(b, v.Key), v.Text)
		b = binary.LittleEndian.AppendUint64(b, v.Hash)
	}
	b = appendString(appendString(b, r.Level), r.Text)
	if r.pending.by != nil {
		b = appendString(appendString(b, r.pending.text), r.pending.user)
	}
	return b
}
