package redact

import "strings"

// bareBody records free text without quotes.
func (x *scan) bareBody(r rule, k *keyName, sep byte, start int, spaced bool) int {
	s := x.s
	if s[start] == '{' || s[start] == '[' && markLen(s[start:]) == 0 && strings.IndexByte(s[start:min(len(s), start+4)], '{') >= 0 {
		return start // an object: its keys are dealt with one by one
	}
	name := string(k.norm[:k.n])
	if sep == ':' && (name == "text" || r.flags&inMsg != 0) {
		// Prose has "text:" too; a dump of a Go or Java value spells it Text:hello.
		if s[k.start]-'A' >= 26 || !x.inMessage(rule{Body, 1, capital}, k) {
			return start
		}
	}
	if sep == '=' && r.flags&inMsg != 0 && s[k.start]-'A' >= 26 {
		return start
	}
	if spaced && knownAhead(s, start) {
		return start // Desc: Ext: are empty
	}
	end := x.bodyEnd(start)
	if end <= start || markLen(s[start:end]) == end-start || isNull(s[start:end]) {
		return max(end, start)
	}
	return x.emit(start, end, Body)
}

// bodyEnd returns where unquoted free text ends: at the end of the line, or before a key that logs
// print beside a message. Any other key=… is taken for text, since text may hold one.
func (x *scan) bodyEnd(i int) int {
	s, eol := x.s, x.endOfLine(i)
	for j := i; j < eol; j++ {
		switch s[j] {
		case '|', '&':
			if keyAhead(s, j+1) {
				return trimSpaces(s, i, j)
			}
		case ' ', '\t', ',', ';':
			if knownAhead(s, j+1) {
				return trimSpaces(s, i, j)
			}
		}
	}
	return trimSpaces(s, i, eol)
}

func trimSpaces(s string, start, end int) int {
	for end > start && (isSpace(s[end-1]) || s[end-1] == ',' || s[end-1] == ';' || s[end-1] == '}') {
		end--
	}
	return end
}

// knownAhead reports whether a key of the table, or of a result, stands at i.
func knownAhead(s string, i int) bool {
	for n := 0; i < len(s) && n < 4 && (s[i] == '"' || s[i] == '\'' || s[i] == '\\'); n++ {
		i++
	}
	j := i
	for j < len(s) && j-i < maxKey && (isWord(s[j]) || s[j] == '-') {
		j++
	}
	if j == i || !isLetter(s[i]) {
		return false
	}
	end := j
	for j < len(s) && j-end < 5 && strings.IndexByte(` "'\`, s[j]) >= 0 {
		j++
	}
	if j >= len(s) || s[j] != '=' && s[j] != ':' {
		return false
	}
	k := keyBefore(s, end, false)
	if k.start < i {
		return false
	}
	_, ok := keys[k.name()]
	return ok || structural(k.name())
}

// structurals are keys that stand beside a value in a record and are never its beginning.
var structurals = func() map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(`code errorcode errcode resultcode retcode ret error err errno errmsg errormsg errormessage
		errorinfo errinfo msg message desc description actionstatus tinyid sdkappid appid requestid reqid traceid
		msgseq msgkey msgrandom msgtime random seq taskid cost priority groupid conversationid conversationtype`) {
		m[w] = true
	}
	return m
}()

func structural(word string) bool {
	k := keyBefore(word, len(word), false)
	return k.start == 0 && structurals[k.name()]
}

// cookieEnd returns the end of the name=value pairs at i.
func cookieEnd(s string, i int) int {
	end := i
	for i < len(s) {
		j := i
		for j < len(s) && s[j] > ' ' && s[j] < 0x7f && strings.IndexByte(`;,"'|\`, s[j]) < 0 {
			j++
		}
		if j == i {
			return end
		}
		end = j
		if !hasAt(s, j, ";") {
			return end
		}
		for i = j + 1; i < len(s) && s[i] == ' '; {
			i++
		}
	}
	return end
}
