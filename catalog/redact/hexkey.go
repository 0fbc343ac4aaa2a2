package redact

import "strings"

// The SDKSecretKey of an application is 64 hex digits, the same shape as a SHA-256; older and
// shorter keys have that of trace ids and commits. The shape alone would
// cost every digest of a log, so a word nearby has to say what the digits are.
const (
	keyHex    = 64
	minKeyHex = 32
	wordsBack = 48 // bytes before the digits in which the word may stand
	wordsOn   = 24 // bytes behind "… is the"
)

// hexKey looks at the run of hex digits around i, which is a digit: chance leaves no key without
// one, so letters need not stop the pass.
func (x *scan) hexKey(i int) {
	s := x.s
	if i < x.hexTo {
		return
	}
	start, end := i, i
	for start > x.done && i-start <= keyHex && isHex(s[start-1]) {
		start--
	}
	for end < len(s) && isHex(s[end]) {
		end++
	}
	x.hexTo = end
	n := end - start
	if n < minKeyHex || n > keyHex || !x.kinds.has(Key) {
		return
	}
	if start > 0 && isWord(s[start-1]) || end < len(s) && (isWord(s[end]) || s[end] == '-') {
		return
	}
	sense := senseBefore(s, start)
	if sense == noSense && (hasAt(s, end, " is ") || hasAt(s, end, " as ") || hasAt(s, end, "是")) {
		sense = senseAfter(s, end)
	}
	if sense == secretSense || sense == keySense && n == keyHex {
		x.emit(start, end, Key)
	}
}

// A sense is what a word says about the hex digits beside it.
type sense uint8

const (
	noSense     sense = iota
	digestSense       // of something public: they stay
	keySense          // key: believed of 64 digits only, since short ones key caches and tables
	secretSense
)

// senseBefore returns the sense of the nearest telling word before i on its line: in "SHA256
// mismatch, key 5bd2…" that is key, in "key file sha256 5bd2…" it is not.
func senseBefore(s string, i int) sense {
	for low := max(0, i-wordsBack); i > low && s[i-1] != '\n'; {
		if c := s[i-1]; !isWord(c) {
			if c >= 0x80 {
				if v := chineseSense(s[:i], strings.HasSuffix); v != noSense {
					return v
				}
			}
			i--
			continue
		}
		from := i
		for from > low && isWord(s[from-1]) {
			from--
		}
		if v := senseOf(s, from, i); v != noSense {
			return v
		}
		i = from
	}
	return noSense
}

// senseAfter is senseBefore for the words behind i.
func senseAfter(s string, i int) sense {
	for high := min(len(s), i+wordsOn); i < high && s[i] != '\n'; {
		if c := s[i]; !isWord(c) {
			if c >= 0x80 {
				if v := chineseSense(s[i:], strings.HasPrefix); v != noSense {
					return v
				}
			}
			i++
			continue
		}
		to := i
		for to < high && isWord(s[to]) {
			to++
		}
		if v := senseOf(s, i, to); v != noSense {
			return v
		}
		i = to
	}
	return noSense
}

// otherKeys are words before key that make it a name for something, not a secret.
var otherKeys = wordSet("msg message cache public pub object primary foreign partition routing redis map idempotency")

func senseOf(s string, from, to int) sense {
	// server.key, key.pem and /etc/secret are files, whose digests logs do print.
	if from > 0 && (s[from-1] == '.' || s[from-1] == '/') || to+1 < len(s) && s[to] == '.' && isLetter(s[to+1]) {
		return noSense
	}
	word := strings.ToLower(s[from:to])
	if strings.Contains(word, "secret") || word == "privatekey" || word == "private_key" {
		return secretSense
	}
	if head, ok := strings.CutSuffix(strings.TrimSuffix(word, "s"), "key"); ok {
		if head = strings.Trim(head, "_"); head == "" && from > 1 {
			before := from - 1
			for before > 0 && from-before < maxVoid && isWord(s[before-1]) {
				before--
			}
			head = strings.ToLower(s[before : from-1])
		}
		if otherKeys[head] {
			return digestSense
		}
		return keySense
	}
	for _, w := range []string{"sha", "hash", "digest", "checksum", "md5", "commit", "fingerprint", "trace", "etag"} {
		if strings.HasPrefix(word, w) || strings.HasSuffix(word, w) {
			return digestSense
		}
	}
	return noSense
}

func chineseSense(s string, at func(s, word string) bool) sense {
	for _, w := range []string{"密钥", "秘钥", "私钥"} {
		if at(s, w) {
			return secretSense
		}
	}
	for _, w := range []string{"摘要", "校验", "校验和", "哈希", "指纹", "公钥"} {
		if at(s, w) {
			return digestSense
		}
	}
	return noSense
}
