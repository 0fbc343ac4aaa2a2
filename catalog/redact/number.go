package redact

import "strings"

// number looks at a run of digits that begins at i: a phone number, an IPv4 address, or one of
// the many other numbers of a log. It returns where the pass goes on.
func (x *scan) number(i int) int {
	s := x.s
	j := i + 1
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	n := j - i
	switch {
	case n >= minKeyHex, j < len(s) && isHex(s[j]), i > 0 && isHex(s[i-1]):
		if x.hexKey(i); x.done > i {
			return x.done
		}
		fallthrough // c2c_ has hex before its 2
	case n == 1 && s[i] == '2':
		if x.conversation(i); x.done > i {
			return x.done
		}
	}
	if n <= 3 && j < len(s) && s[j] == '.' {
		if end := ipv4End(s, i); end > 0 {
			return max(x.emit(i, end, IP), j)
		}
	}
	if end := phoneEnd(s, i, n); end > 0 && phoneLeft(s, i) && phoneRight(s, end) && !countedKey(s, i) {
		if s[i-min(i, 1)] == '+' {
			i--
		}
		return max(x.emit(i, end, Phone), j)
	}
	return j
}

// phoneEnd returns the end of the phone number whose first run of digits is s[i:i+n], or 0.
func phoneEnd(s string, i, n int) int {
	j := i + n
	switch {
	case i > 0 && s[i-1] == '+', i > 2 && strings.EqualFold(s[i-3:i], "%2b"):
		return internationalEnd(s, i, n)
	case n == 11 && mobile(s[i:j]):
		return j
	case n == 15 && s[i:i+4] == "0086" && mobile(s[i+4:j]):
		return j
	case n == 4 && s[i:j] == "0086", n == 2 && s[i:j] == "86":
		if j < len(s) && (s[j] == '-' || s[j] == ' ') {
			return mainlandEnd(s, j+1)
		}
	case n == 3:
		return mainlandEnd(s, i)
	}
	return 0
}

// mainlandEnd returns the end of a mainland mobile number at i, 13800138000 or 138-0013-8000, or 0.
func mainlandEnd(s string, i int) int {
	n := digits(s, i)
	if n == 11 && mobile(s[i:i+n]) {
		return i + n
	}
	if n != 3 || s[i] != '1' || s[i+1] < '3' || i+13 > len(s) {
		return 0
	}
	sep := s[i+3]
	if (sep == '-' || sep == ' ') && s[i+8] == sep && digits(s, i+4) == 4 && digits(s, i+9) == 4 {
		return i + 13
	}
	return 0
}

// internationalEnd returns the end of a number behind a plus, or 0. Without separators it has
// 10 to 15 digits; less would be offsets and zones.
func internationalEnd(s string, i, n int) int {
	if s[i] == '0' {
		return 0
	}
	if n > 3 {
		if n >= 10 && n <= 15 {
			return i + n
		}
		return 0
	}
	j := i + n
	if s[i:j] == "86" && j < len(s) && (s[j] == '-' || s[j] == ' ') {
		return mainlandEnd(s, j+1)
	}
	total := n
	for j < len(s) {
		k := j
		for k < len(s) && k-j < 2 && strings.IndexByte(" -.()", s[k]) >= 0 {
			k++
		}
		g := digits(s, k)
		if k == j || g == 0 || g == 4 && total == n && s[k] <= '2' && hasAt(s, k+g, "-") || total+g > 13 {
			break // the last but one: a zone before a date, +8 2024-05-08
		}
		total += g
		j = k + g
	}
	if total < 9 {
		return 0
	}
	return j
}

// phoneLeft reports whether a phone number can begin at i.
func phoneLeft(s string, i int) bool {
	if i > 0 && s[i-1] == '+' {
		i--
		return i == 0 || !isWord(s[i-1]) && s[i-1] != '.' && s[i-1] != ')'
	}
	if i == 0 || i > 2 && strings.EqualFold(s[i-3:i], "%2b") {
		return true
	}
	switch c := s[i-1]; {
	case isWord(c), c == '.':
		return false
	case c == '-':
		return i < 2 || !isWord(s[i-2])
	}
	return true
}

// phoneRight reports whether a phone number can end at j.
func phoneRight(s string, j int) bool {
	if j >= len(s) {
		return true
	}
	next := j+1 < len(s) && isWord(s[j+1])
	switch c := s[j]; {
	case isWord(c), c == '@':
		return false
	case c == '.':
		return !next || !isDigit(s[j+1])
	case c == '-':
		return !next
	}
	return true
}

// countedKey reports whether a key stands before i whose numbers are ids, stamps or sizes.
func countedKey(s string, i int) bool {
	low := max(0, i-8)
	for i > low && strings.IndexByte(" \"'\\+", s[i-1]) >= 0 {
		i--
	}
	if i == 0 || s[i-1] != ':' && s[i-1] != '=' {
		return false
	}
	k := keyBefore(s, i-1, false)
	for _, end := range []string{"id", "key", "seq", "random", "time", "stamp", "code", "size", "offset", "cost", "count", "length", "bytes", "sequence", "ts", "port", "line"} {
		if strings.HasSuffix(string(k.norm[:k.n]), end) {
			return true
		}
	}
	return false
}

// mobile reports whether 11 digits are a mainland mobile number.
func mobile(d string) bool { return len(d) == 11 && d[0] == '1' && d[1] >= '3' }

// digits counts the digits at i, at most 16.
func digits(s string, i int) int {
	j := i
	for j < len(s) && j-i < 16 && isDigit(s[j]) {
		j++
	}
	return j - i
}
