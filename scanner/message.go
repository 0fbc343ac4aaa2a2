package scanner

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/imtriage/imtriage/scanner/internal/literal"
)

const (
	// agreeReach is how much text around a number is held against the catalog, in bytes.
	agreeReach = 160
	// pairReach is how far before its key a number's message may begin, in bytes.
	pairReach = 300
)

// messageKey is a key whose value explains a code.
const messageKey = `(?:(?:err(?:or)?|resp?|ret|result|status)[ _-]?)?(?:desc(?:r|ription)?|des|msg|message|info|reason|detail|text)s?|errmsg|ErrorInfo|描述|信息|原因|错误信息|错误描述|提示`

const (
	// pairAfter is a message behind the number: , desc: / |msg / ", "message":" / ；错误信息：.
	pairAfter = `(?i)[\s"'\\)\]},;|/，；、。&-]{0,12}(?:error[ :|]+)?["'\\(\[]*(?:err|` + messageKey + `)[\])"'\\]*(?:\s*(?:[:=：]|=>)|\s+is\b|\s)\s*(?P<x_text>.*)`
	// pairBefore is a message before the key of the number: {"message":"…","code":.
	pairBefore = `(?i)["'\\]*(?:` + messageKey + `)["'\\]*\s*[:=：]\s*["'\\]*(?P<x_text>[^"'\\{}]*)["'\\]*[\s,;，；|]*["'\\]*[a-z_]*`
)

// pairWords are what every message key holds: without one of them pairBefore need not be searched.
var pairWords = func() *literal.Set {
	set, err := literal.New([]string{"des", "msg", "message", "info", "reason", "detail", "text", "描述", "信息", "原因", "提示"})
	if err != nil {
		panic(err)
	}
	return set
}()

// A message is the text that explains a number.
type message struct {
	text []byte
	how  announced
}

// announced says what announces a message.
type announced uint8

const (
	absent announced = iota // nothing: the text is what stands around the number
	behind                  // a key behind the number
	before                  // a key before that of the number: the text has still to be taken out
	taken                   // the pattern
)

// message finds the message of a number.
func (j *judge) message(buf []byte, c *candidate, lo, hi int) message {
	if t := j.run.trace; t != nil && t.hi-t.lo > agreeReach {
		t.noteAll() // windows may end within the line
	}
	line := buf[c.end:hi]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	line = line[:min(len(line), valueReach)]
	after := j.x.pair.after
	if m := j.run.find(after, line); m != nil {
		return message{line[m[2*after.group]:m[2*after.group+1]], behind}
	}
	left := buf[max(lo, c.lit-pairReach):c.lit]
	if len(pairWords.Append(nil, left, 0, len(left))) > 0 && j.run.endsWith(j.x.pair.before, left) {
		return message{left, before}
	}
	// The text around the number, within its line.
	left = buf[max(lo, c.at-agreeReach):c.at]
	if i := bytes.LastIndexByte(left, '\n'); i >= 0 {
		left = left[i+1:]
	}
	return message{text: slices.Concat(left, []byte(" "), line[:min(len(line), agreeReach)])}
}

// text returns the text of a message.
func (j *judge) text(m *message) []byte {
	if m.how != before {
		return m.text
	}
	if t := j.run.trace; t != nil {
		t.noteAll()
		t.whole(m.text)
		j.run.trace = nil
		defer func() { j.run.trace = t }()
	}
	// The first place from which the pattern reaches the end. It looks at nothing before that place.
	p := j.x.pair.whole
	for text := m.text; len(text) > 0; {
		if groups := j.run.find(p, text); groups != nil {
			return text[groups[2*p.group]:groups[2*p.group+1]]
		}
		_, width := utf8.DecodeRune(text)
		text = text[width:]
	}
	return nil
}
