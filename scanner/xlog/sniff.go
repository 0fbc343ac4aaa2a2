package xlog

import "bytes"

// sniffLen is how much of a head is looked at.
const sniffLen = 64 << 10

// containers begin what may hold an xlog file as it is, and is not one.
var containers = []string{
	"PK\x03\x04", "\x1f\x8b", "\x28\xb5\x2f\xfd", "BZh", "\xfd7zXZ\x00", "Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c",
	"\x7fELF", "SQLite format 3\x00",
}

// Is reports whether an input that begins with head is an xlog or mmap file. Up to 64 KiB are looked at; the
// more there are the better a damaged beginning is seen through. An mmap file after a clean close is nothing but
// zeros, and cannot be told from others of that kind.
func Is(head []byte) bool {
	head = head[:min(len(head), sniffLen)]
	for _, c := range containers {
		if bytes.HasPrefix(head, []byte(c)) {
			return false
		}
	}
	if len(head) > 262 && bytes.HasPrefix(head[257:], []byte("ustar")) {
		return false
	}
	var u *unpacker // which is large, and most heads have no use for it
	effort := 256 * probeIn
	for at, c := range head {
		if k := kinds[c]; k.header == 0 || len(head)-at <= k.header {
			continue
		}
		if h := parseHeader(head[at:]); !h.plausible() {
			continue
		}
		if u == nil {
			u = &unpacker{ring: new(keyring)}
		}
		size, ok := u.begins(head[at:], at == 0)
		if ok {
			return true
		}
		if effort -= size; effort < 0 {
			break
		}
	}
	return false
}

// begins reports whether a block begins b, and how much was looked at. Where a block need not begin there must be
// more of it than a line.
func (u *unpacker) begins(b []byte, likely bool) (looked int, ok bool) {
	k := kinds[b[0]]
	if len(b) <= k.header {
		return 0, false
	}
	h := parseHeader(b)
	if !h.plausible() {
		return 0, false
	}
	payload := b[k.header:]
	whole := len(payload) > int(h.length)
	if whole {
		if payload[h.length] != 0 {
			return 0, false
		}
		payload = payload[:h.length]
	}
	if k.crypt {
		return probeIn, u.ring.client(&h.key).genuine
	}
	if whole && k.shape(payload) == absurd {
		return probeIn, false
	}
	text, err := u.probe(k.packing, u.expose(k.packing, payload))
	switch {
	case err != nil || k.packing == plain && bytes.IndexByte(text, 0) >= 0:
		ok = false
	case likely && whole:
		ok = len(text) > 0 && textual(text)
	case likely:
		ok = len(text) >= 16 && textual(text)
	default:
		ok = len(text) >= 64 && prose(text)
	}
	return probeIn + len(text), ok
}

// IsClog reports whether an input that begins with head is a .clog file, which has no mark of its own: it is
// deflated, not text itself, and what it inflates to is.
func IsClog(head []byte) bool {
	head = head[:min(len(head), sniffLen)]
	if len(head) < 32 || head[0]&1 != 0 || control(head)*25 < len(head) {
		return false
	}
	var u unpacker
	text, err := u.probe(deflated, head)
	return err == nil && len(text) >= 128 && control(text)*50 <= len(text) && prose(text)
}
