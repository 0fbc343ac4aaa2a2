package xlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// A Key is the private key of whoever set up the app's logging. It is safe for concurrent use.
type Key struct{ private *secp256k1.PrivateKey }

var errKey = errors.New("not a key for xlog: 64 hex digits are wanted, the private key that gen_key.py of Mars printed")

// ParseKey reads a private key: 32 bytes as hex digits, with white space, a 0x or quotes around them as files have
// them. The error does not quote what it was given.
func ParseKey(text []byte) (*Key, error) {
	text = bytes.Trim(text, " \t\r\n\"'")
	text = bytes.TrimPrefix(bytes.TrimPrefix(text, []byte("0x")), []byte("0X"))
	var scalar secp256k1.ModNScalar
	raw := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(raw, text); err != nil || len(raw) != 32 {
		return nil, errKey
	}
	if overflow := scalar.SetByteSlice(raw); overflow || scalar.IsZero() {
		return nil, errKey
	}
	return &Key{secp256k1.NewPrivateKey(&scalar)}, nil
}

// publicKey returns the key of a client, nil if it is no point of the curve: a header is damaged, or was never one.
func publicKey(key *[keySize]byte) *secp256k1.PublicKey {
	p, err := secp256k1.ParsePubKey(append([]byte{secp256k1.PubKeyFormatUncompressed}, key[:]...))
	if err != nil {
		return nil
	}
	return p
}

// fingerprint names a client's key in a report.
func fingerprint(key *[keySize]byte) string {
	sum := sha256.Sum256(key[:])
	return hex.EncodeToString(sum[:8])
}

// A client is what is known of the process that wrote blocks under one public key.
type client struct {
	genuine bool     // its key is a point of the curve
	ciphers []cipher // by Options.Keys
}

// maxClients bounds the memory of a keyring. A file has a client for each start of the app.
const maxClients = 1024

// A keyring derives what opens the blocks of a client, once. It is safe for concurrent use.
type keyring struct {
	keys []*Key

	mu      sync.Mutex
	clients map[[keySize]byte]client
}

// client returns what is known of a public key.
func (k *keyring) client(key *[keySize]byte) client {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c, ok := k.clients[*key]; ok {
		return c
	}
	var c client
	if p := publicKey(key); p != nil {
		c.genuine = true
		for _, own := range k.keys {
			c.ciphers = append(c.ciphers, newCipher(secp256k1.GenerateSharedSecret(own.private, p)))
		}
	}
	if k.clients == nil || len(k.clients) >= maxClients {
		k.clients = make(map[[keySize]byte]client)
	}
	k.clients[*key] = c
	return c
}
