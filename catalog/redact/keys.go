package redact

import "strings"

// maxKey is the length beyond which a word is no key name.
const maxKey = 40

// A keyName is a key as it stands before a separator.
type keyName struct {
	norm    [maxKey]byte
	n       int
	start   int  // of the word in the text
	doubled bool // closed by a doubled quote: a JSON text in a CSV cell
	quote   bool
}

func (k *keyName) name() string { return string(k.norm[:k.n]) }

// keyBefore reads the key name that ends at the separator sep, in lower case and without _ - and
// the spaces inside; arrow says that the separator is =>, which may follow a bracket.
func keyBefore(s string, sep int, arrow bool) (k keyName) {
	end := sep
	for end > 0 && sep-end < 16 && (s[end-1] == ' ' || s[end-1] == '\t') {
		end--
	}
	if arrow && end > 0 && s[end-1] == ']' {
		end--
	}
	if end > 0 && (s[end-1] == '"' || s[end-1] == '\'' || s[end-1] == '`') {
		q := s[end-1]
		k.quote = true
		end--
		if q == '"' && end > 0 && s[end-1] == '"' {
			k.doubled = true
			end--
		}
		for low := max(0, end-15); end > low && s[end-1] == '\\'; {
			end--
		}
	}
	start := end
	for start > 0 && end-start < maxKey && (isWord(s[start-1]) || s[start-1] == '-') {
		start--
	}
	k.read(s, start, end)
	return k
}

// read sets the name to that of s[start:end], which is at most maxKey long.
func (k *keyName) read(s string, start, end int) {
	k.start, k.n = start, 0
	for i := start; i < end; i++ {
		switch c := s[i]; {
		case c == '_' || c == '-':
			continue
		case c-'A' < 26:
			k.norm[k.n] = c | 0x20
		default:
			k.norm[k.n] = c
		}
		k.n++
	}
}

// ruleOf returns the rule for a key name.
func ruleOf(s string, k *keyName) (rule, bool) {
	n := k.n
	if n == 0 {
		return chineseRule(s[:k.start])
	}
	if keyLens[k.norm[n-1]]&(1<<n) != 0 {
		if r, ok := keys[string(k.norm[:n])]; ok {
			return r, true
		}
	}
	if n <= len("account") && joined[string(k.norm[:n])] && k.start > 0 {
		return joinedRule(s, k)
	}
	switch k.norm[n-1] {
	case 'g', 'd', 't', 'n', 'y':
		for _, e := range endings {
			if n > len(e) && string(k.norm[n-len(e):n]) == e {
				return keys[e], true
			}
		}
	}
	return rule{}, false
}

// joinedRule looks at the word before the last one: user id, device.id, 用户ID.
func joinedRule(s string, k *keyName) (rule, bool) {
	if c := s[k.start-1]; c != ' ' && c != '.' {
		if strings.HasSuffix(s[:k.start], "用户") && k.name() == "id" {
			return keys["userid"], true
		}
		if strings.HasSuffix(s[:k.start], "设备") && k.name() == "id" {
			return keys["deviceid"], true
		}
		return rule{}, false
	}
	first := keyBefore(s, k.start-1, false)
	if first.n == 0 || first.quote || first.n+k.n > maxKey {
		return rule{}, false
	}
	r, ok := keys[first.name()+k.name()]
	return r, ok
}

func chineseRule(before string) (rule, bool) {
	if before == "" || before[len(before)-1] < 0x80 {
		return rule{}, false
	}
	for _, k := range chineseKeys {
		if strings.HasSuffix(before, k.name) {
			return k.rule, true
		}
	}
	return rule{}, false
}
