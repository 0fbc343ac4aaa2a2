package tally

import (
	"slices"
	"strings"
)

// Health counts what was not plain about how an input, or a piece of it, was read. The zero value stands for
// plain text in UTF-8 that was read from one end to the other.
//
// Healths add up in any order: numbers are sums, a flag is set once any piece sets it, of two different names
// the one that sorts first stays.
type Health struct {
	// Encoding is what the text was decoded from: gb18030, utf-16le …; "" for UTF-8. EncodingGuessed is set
	// where the bytes only suggest it, with neither a mark at their beginning nor a word of the user.
	Encoding        string
	EncodingGuessed bool

	Skipped  int64 // bytes, as they are stored, of damage that was passed over
	Salvaged int64 // bytes of text that came from broken blocks

	// Encrypted is how many bytes, as they are stored, could not be read for want of a key, and EncryptedBlocks
	// in how many blocks. Keys are fingerprints of the keys that are missing, sorted and different: of many the
	// first four, each of at most 64 bytes.
	Encrypted       int64
	EncryptedBlocks int64
	Keys            []string

	// CutLines counts the lines of more than 1 MiB. They are searched whole, but not kept whole.
	CutLines int64
	// TimesGuessed counts the findings and marks whose date is not the log's own. The tally counts it from
	// what it is given, so that filters hold for it; what a Piece says of it is passed over.
	TimesGuessed int64

	// Members, Passed and Refused count the members of a container: those that were read, those that are no
	// logs (binaries, junk of the system), and those that could not be read (password, limits, damage).
	Members int64
	Passed  int64
	Refused int64

	// Envelope is what carried the lines: docker json-file, CRI …; "" for none. Reversed is set where the
	// newest line came first and the input was turned round.
	Envelope string
	Reversed bool

	Gaps int64 // blocks that are missing by their sequence numbers
}

// Bounds of what is kept of missing keys.
const (
	maxKeys = 4
	maxKey  = 64 // bytes of a fingerprint
)

// counts lists the numbers of a health.
func (h *Health) counts() []*int64 {
	return []*int64{
		&h.Skipped, &h.Salvaged, &h.Encrypted, &h.EncryptedBlocks, &h.CutLines, &h.TimesGuessed,
		&h.Members, &h.Passed, &h.Refused, &h.Gaps,
	}
}

// check reports whether every number can be a count.
func (h Health) check() bool {
	return !slices.ContainsFunc(h.counts(), func(n *int64) bool { return *n < 0 || *n > maxCount })
}

// plain reports whether there is nothing to say.
func (h Health) plain() bool {
	return h.Encoding == "" && h.Envelope == "" && !h.EncodingGuessed && !h.Reversed && len(h.Keys) == 0 &&
		!slices.ContainsFunc(h.counts(), func(n *int64) bool { return *n != 0 })
}

// Merge adds o, which may come from anywhere, and leaves it alone. Its strings are copied and bounded.
func (h *Health) Merge(o *Health) {
	into := h.counts()
	for i, n := range o.counts() {
		*into[i] += *n
	}
	h.Encoding, h.Envelope = firstName(h.Encoding, o.Encoding), firstName(h.Envelope, o.Envelope)
	h.EncodingGuessed = h.EncodingGuessed || o.EncodingGuessed
	h.Reversed = h.Reversed || o.Reversed
	for _, k := range o.Keys {
		h.Keys = addRemark(h.Keys, clean(k, maxKey), maxKeys)
	}
}

// clone returns a health that shares nothing with h.
func (h Health) clone() Health {
	h.Keys = slices.Clone(h.Keys)
	return h
}

// firstName returns whichever of two names comes first in the alphabet, bounded; none comes last.
func firstName(have, name string) string {
	if name = clean(name, maxKind); name != "" && (have == "" || name < have) {
		return strings.Clone(name)
	}
	return have
}

// A healthRecord is a [Health] as a partial holds it: the same fields under their names there.
type healthRecord struct {
	Encoding        string   `json:"encoding,omitempty"`
	EncodingGuessed bool     `json:"encoding_guessed,omitempty"`
	Skipped         int64    `json:"skipped,omitempty"`
	Salvaged        int64    `json:"salvaged,omitempty"`
	Encrypted       int64    `json:"encrypted,omitempty"`
	EncryptedBlocks int64    `json:"encrypted_blocks,omitempty"`
	Keys            []string `json:"keys,omitempty"`
	CutLines        int64    `json:"cut_lines,omitempty"`
	TimesGuessed    int64    `json:"times_guessed,omitempty"`
	Members         int64    `json:"members,omitempty"`
	Passed          int64    `json:"passed,omitempty"`
	Refused         int64    `json:"refused,omitempty"`
	Envelope        string   `json:"envelope,omitempty"`
	Reversed        bool     `json:"reversed,omitempty"`
	Gaps            int64    `json:"gaps,omitempty"`
}

// record returns the health as a partial holds it, nil if there is nothing to say.
func (h *Health) record() *healthRecord {
	if h.plain() {
		return nil
	}
	r := healthRecord(*h)
	return &r
}

// health reads the health of an input as it is written. Partials of before it was counted have none.
// Bounds of strings, order and spelling are checked with the whole line.
func (d *decoder) health(r *healthRecord) (Health, error) {
	if r == nil {
		return Health{}, nil
	}
	h := Health(*r)
	if !h.check() {
		return h, d.fail("health: a number is not a count")
	}
	return h, nil
}
