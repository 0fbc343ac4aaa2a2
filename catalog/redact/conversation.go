package redact

import "strings"

// conversation looks at the 2 at i: C2Calice and c2c_alice are the ids of conversations with alice
// under any key and in prose. Names of the SDK begin like that too, so behind the prefix
// must stand something that is neither a word of theirs nor used as a function or a file.
func (x *scan) conversation(i int) {
	s := x.s
	if i == 0 || i+2 > len(s) || i > 1 && isWord(s[i-2]) {
		return
	}
	var start int
	switch {
	case hasAt(s, i-1, "C2C"):
		start = i + 2
	case hasAt(s, i-1, "c2c_"):
		start = i + 3
	default:
		return
	}
	end := start
	for end < len(s) && (isWord(s[end]) || strings.IndexByte("-.@#+$", s[end]) >= 0) {
		end++
	}
	end = trimTail(s, start, end)
	// Chinese behind C2C is prose, C2C消息: only a key can say that it is an id.
	if start >= end || !isDigit(s[start]) && !isLetter(s[start]) || start < x.done || markLen(s[start:]) > 0 {
		return
	}
	// Names of code go on with a capital behind C2C; C2Ctest_1 can only be an id.
	mayBeName := s[start-1] == '_' || s[start]-'A' < 26
	if hasAt(s, end, "(") || hasAt(s, end, "::") || sourceFile(s[start:end]) || mayBeName && sdkName(s[start:end]) {
		return
	}
	x.value(rule{User, 1, prefixed}, i-1, end, end)
}

// sdkWords are those with which names of the SDK, of server commands and of prose in them go on.
// An id that begins with one is lost among them; so user and test, with which ids do begin, are left out.
var sdkWords = wordSet(`msg msgs message messages text custom image sound video file face location merger history read unread receipt
	receipts chat conv conversation conversations revoke recv receive send sync opt option options push get set count peer last time
	seq list cmd type http svc open modify modified delete clear mute recall online offline roam roaming manager module handler service
	listener callback code error err result req rsp request response notify session model controller presenter view cell elem info
	data key call signaling invite cache store api impl status state failed`)

// sdkName reports whether the first word of a name, up to an underscore or a capital, is one of those.
func sdkName(name string) bool {
	n := 1
	for n < len(name) && (isDigit(name[n]) || name[n]-'a' < 26 || name[n]-'A' < 26 && name[n-1]-'A' < 26) {
		n++
	}
	return sdkWords[strings.ToLower(name[:n])]
}

// sourceFile reports whether name ends as a source file does: c2c_sender.cpp.
func sourceFile(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return false
	}
	switch name[dot+1:] {
	case "cpp", "cc", "h", "hpp", "m", "mm", "java", "kt", "swift", "go", "py", "dart":
		return true
	}
	return files[name[dot+1:]]
}
