package redact

import (
	"net/netip"
	"strings"
)

// ipv4End returns the end of the IPv4 address at i, or 0. Version numbers have the same shape,
// so what stands around decides.
func ipv4End(s string, i int) int {
	j := i
	for part := range 4 {
		if part > 0 {
			if j >= len(s) || s[j] != '.' {
				return 0
			}
			j++
		}
		n, v := 0, 0
		for j+n < len(s) && n < 4 && isDigit(s[j+n]) {
			v = v*10 + int(s[j+n]-'0')
			n++
		}
		if n == 0 || n > 3 || v > 255 || n > 1 && s[j] == '0' {
			return 0
		}
		j += n
	}
	if j < len(s) {
		next := j+1 < len(s)
		if isWord(s[j]) || next && s[j] == '.' && isDigit(s[j+1]) || next && s[j] == '-' && isLetter(s[j+1]) {
			return 0
		}
	}
	a, err := netip.ParseAddr(s[i:j])
	if err != nil || everyones(a) || !ipLeft(s, i, j) {
		return 0
	}
	return j
}

// ipLeft reports whether an address, not a version, can begin at i.
func ipLeft(s string, i, end int) bool {
	if i == 0 {
		return true
	}
	switch c := s[i-1]; {
	case isDigit(c), isLetter(c), c == '.':
		return false
	case c == '-':
		if i > 1 && isLetter(s[i-2]) {
			return false
		}
	case c == '/' && i > 1 && isWord(s[i-2]):
		// Chrome/120.0.0.0 in a user agent; host.name/203.0.113.41 as Java prints it.
		if hasAt(s, end, ":") {
			return true
		}
		for j := i - 2; j >= max(0, i-64) && (isWord(s[j]) || s[j] == '-' || s[j] == '.'); j-- {
			if s[j] == '.' {
				return true
			}
		}
		return false
	}
	return !versionWord(s, i)
}

// versionWord reports whether the word before i announces a version.
func versionWord(s string, i int) bool {
	low := max(0, i-8)
	for i > low && strings.IndexByte(" :=\"'\\(_[", s[i-1]) >= 0 {
		i--
	}
	if strings.HasSuffix(s[:i], "：") {
		i -= len("：")
	}
	if before := s[max(0, i-9):i]; strings.HasSuffix(before, "版本") || strings.HasSuffix(before, "版本号") {
		return true
	}
	k := keyBefore(s, i, false)
	switch name := string(k.norm[:k.n]); name {
	case "v", "ver", "sdk", "build", "release", "revision", "rev", "firmware", "section", "oid", "sdkver", "appver":
		return true
	default:
		return strings.HasPrefix(name, "version") || strings.HasSuffix(name, "version") || strings.HasSuffix(name, "versions")
	}
}

// address6 looks at the colon at i: an IPv6 address may stand around it. Stamps, C++ scopes,
// MAC addresses and file:line:column have colons too.
func (x *scan) address6(i int) int {
	s := x.s
	if i < x.seen6 {
		return i + 1
	}
	start, end, colons := i, i, 0
	for start > 0 && i-start < 5 && isHex(s[start-1]) {
		start--
	}
	for end < len(s) && (isHex(s[end]) || s[end] == ':' || s[end] == '.') {
		if s[end] == ':' {
			colons++
		}
		end++
	}
	x.seen6 = end
	if colons < 2 || end-start > 64 {
		return i + 1
	}
	if start > 0 && isWord(s[start-1]) {
		if start = i + 1; s[start] == ':' {
			return i + 1 // std::string
		}
	}
	for end > start && (s[end-1] == '.' || s[end-1] == ':' && (end-1 == start || s[end-2] != ':')) {
		end--
	}
	if end < len(s) && isWord(s[end]) || start < x.done || !looks6(s[start:end]) {
		return i + 1
	}
	a, err := netip.ParseAddr(s[start:end])
	if err != nil || !a.Is6() || everyones(a) {
		return i + 1
	}
	if hasAt(s, end, "%") {
		for end++; end < len(s) && isWord(s[end]); {
			end++
		}
	}
	return max(x.emit(start, end, IP), i+1)
}

// looks6 reports whether a run of hex and colons is likely an address: enough of it, and a group
// longer than the two characters of stamps and MAC addresses.
func looks6(run string) bool {
	compressed := strings.Contains(run, "::")
	groups, longest, total, number := 0, 0, 0, false
	for g := range strings.SplitSeq(run, ":") {
		if g != "" {
			groups++
		}
		longest = max(longest, len(g))
		total += len(g)
		number = number || strings.ContainsAny(g, "0123456789")
	}
	return longest >= 3 && total >= 5 && (number || groups > 2) && (compressed || groups >= 7)
}
