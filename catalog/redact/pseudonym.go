package redact

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"unsafe"

	"github.com/dchest/siphash"
)

// A hashKey is the key of the pseudonyms, ready for use.
type hashKey struct{ k0, k1 uint64 }

// fixedKey is used where nobody gave a key.
var fixedKey = deriveKey([]byte("imtriage pseudonyms 1"))

// deriveKey accepts keys of any length, so that a pass phrase or the bytes of a file will do.
func deriveKey(key []byte) hashKey {
	sum := sha256.Sum256(key)
	return hashKey{binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])}
}

func (k hashKey) sum(s string) uint64 {
	// The hash only reads the bytes: a copy would cost a fifth of it.
	return siphash.Hash(k.k0, k.k1, unsafe.Slice(unsafe.StringData(s), len(s)))
}

// of returns the key for another kind of id, so that a device and a user of the same spelling
// do not look related.
func (k hashKey) of(kind Kind) hashKey {
	if kind == User {
		return k
	}
	return hashKey{k.k0 ^ uint64(bit(kind)), k.k1}
}

// UserKey returns the keyed hash by which users are counted. It works, with the same result,
// whether or not anything is redacted.
func (r *Redactor) UserKey(id string) uint64 {
	if r == nil {
		return fixedKey.sum(id)
	}
	return r.key.sum(id)
}

// User returns the pseudonym of a UserID: "user-" and the upper half of its [Redactor.UserKey]
// in hex. Two of 10,000 users share one with a probability of 1 %. The empty id, a pseudonym, and
// any id where users are revealed come back as they are.
func (r *Redactor) User(id string) string { return r.pseudonym(User, id) }

func (r *Redactor) pseudonym(kind Kind, id string) string {
	if r == nil || r.off || !r.kinds.has(kind) || id == "" || markLen(id) == len(id) {
		return id
	}
	return string(r.appendPseudonym(nil, kind, id))
}

func (r *Redactor) appendPseudonym(b []byte, kind Kind, id string) []byte {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], uint32(r.key.of(kind).sum(id)>>32))
	b = append(b, kind...)
	b = append(b, '-')
	return hex.AppendEncode(b, sum[:])
}

// Digest names the key and the kinds in one line of ASCII without spaces: two redactors with
// the same digest give the same output. It holds a fingerprint of the key, never the key.
func (r *Redactor) Digest() string {
	key, kinds := fixedKey, "off"
	if r != nil {
		key = r.key
		if !r.off {
			kinds = r.kinds.String()
		}
	}
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], key.k0)
	binary.LittleEndian.PutUint64(b[8:], key.k1)
	sum := sha256.Sum256(append([]byte("imtriage key fingerprint "), b[:]...))
	return fmt.Sprintf("redact/1:key=%x:kinds=%s", sum[:6], kinds)
}
