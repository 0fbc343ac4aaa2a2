package redact

import "strings"

// Lengths below which a shape is too likely by chance.
const (
	minTicket    = 60 // of a UserSig; the shortest real ones have about 120
	minCutTicket = 20 // of one at the end of a text, where the record was cut
	minSecretID  = 16 // behind AKID
	minBearer    = 8
)

// ticket looks at the e at i. A UserSig is a zlib stream in a Base64 of its own, so it begins
// with eJw to eJz, or eNo to eNr at the best compression; a JWT begins with {" in Base64, eyJ.
func (x *scan) ticket(i int) int {
	s := x.s
	if i+3 > len(s) {
		return i + 1
	}
	switch head := s[i : i+3]; {
	case head == "eyJ":
		return x.jwt(i)
	case head[1] == 'J' && head[2] >= 'w' && head[2] <= 'z',
		head[1] == 'N' && head[2] >= 'o' && head[2] <= 'r',
		head == "eAE":
		if !x.kinds.has(UserSig) {
			return i + 1
		}
		end := ticketEnd(s, i)
		if n := end - i; n >= minTicket || n >= minCutTicket && end == len(s) {
			return max(x.emit(i, end, UserSig), i+1)
		}
	}
	return i + 1
}

// ticketEnd returns the end of the Base64 at i, of any alphabet, percent or JSON escaped.
func ticketEnd(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case isWord(c), strings.IndexByte("*-+/", c) >= 0:
			i++
		case c == '\\' && hasAt(s, i+1, "/"):
			i += 2
		case c == '%' && len(s)-i > 2 && base64Escape(s[i+1:i+3]):
			i += 3
		case c == '=': // padding, then it is over
			for i < len(s) && s[i] == '=' {
				i++
			}
			return i
		default:
			return i
		}
	}
	return i
}

func base64Escape(hex string) bool {
	switch strings.ToUpper(hex) {
	case "2A", "2B", "2D", "2F", "3D", "5F":
		return true
	}
	return false
}

func (x *scan) jwt(i int) int {
	s := x.s
	if i < x.jwtTo || !x.kinds.has(Token) {
		return i + 1
	}
	parts, j := 0, i
	for parts < 5 {
		from := j
		for j < len(s) && (isWord(s[j]) || s[j] == '-') {
			j++
		}
		if j == from || parts < 2 && j-from < 4 {
			break
		}
		parts++
		if !hasAt(s, j, ".") || parts < 5 && (j+1 >= len(s) || !isWord(s[j+1]) && s[j+1] != '-') {
			break
		}
		j++
	}
	if parts >= 2 && j-i >= minCutTicket {
		return max(x.emit(i, j, Token), i+1)
	}
	// The run is no token; to walk it again from every eyJ in it would be quadratic.
	x.jwtTo = j
	return i + 1
}

// secretID looks for the id of a cloud API key.
func (x *scan) secretID(i int) int {
	if !hasAt(x.s, i, "AKID") || !x.kinds.has(Key) {
		return i + 1
	}
	j := i + len("AKID")
	for j < len(x.s) && (isDigit(x.s[j]) || isLetter(x.s[j])) {
		j++
	}
	if j-i-len("AKID") < minSecretID {
		return i + 1
	}
	return max(x.emit(i, j, Key), i+1)
}

// bearer looks for a token behind the word Bearer, which prose uses too: "bearer
// authentication required".
func (x *scan) bearer(i int) int {
	s := x.s
	if !hasAt(s, i+1, "earer ") && !hasAt(s, i+1, "EARER ") || i > 0 && isLetter(s[i-1]) || !x.kinds.has(Token) {
		return i + 1
	}
	start := i + len("bearer ")
	for start < len(s) && s[start] == ' ' {
		start++
	}
	j, mixed := start, false
	for j < len(s) && (isWord(s[j]) || strings.IndexByte(".~+/=-", s[j]) >= 0) {
		mixed = mixed || !isLetter(s[j]) && s[j] != '-' && s[j] != '.'
		j++
	}
	if j = trimTail(s, start, j); j-start < minBearer || !mixed && j-start < minCutTicket || isCode(s[start:j]) {
		return i + 1
	}
	return max(x.emit(start, j, Token), i+1)
}

// pem looks for a private key block; one that was cut goes to the end of the text.
func (x *scan) pem(i int) int {
	const begin, end, tail = "-----BEGIN ", "-----END ", "PRIVATE KEY-----"
	s := x.s
	if !hasAt(s, i, begin) || !x.kinds.has(Key) || !strings.Contains(s[i:min(len(s), i+48)], tail) {
		return i + 1
	}
	stop := len(s)
	if n := strings.Index(s[i:], end); n >= 0 {
		from := i + n + len(end)
		stop = from
		if n := strings.Index(s[from:min(len(s), from+48)], "-----"); n >= 0 {
			stop = from + n + len("-----")
		}
	}
	return max(x.emit(i, stop, Key), i+1)
}
