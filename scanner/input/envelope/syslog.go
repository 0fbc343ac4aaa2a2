package envelope

import (
	"bytes"
	"slices"
)

// syslog unwraps lines that begin with a header of syslog: its time, host and process are taken off, so that the lines
// of a stack trace, each of which was a message of its own, are adjacent again.
//
// A header of RFC 3164 has a time without year and zone, which cannot be told as an instant.
type syslog struct {
	header  func(line []byte) (header, bool)
	indents bool // further lines of a message are indented as far as it was: journalctl writes them so

	host  hostName
	stamp string   // of the last header, of which most others have the same
	above struct { // the last envelope, of which this may be a further line
		when moment
		host string
		text int // where its message begins; 0 if there is none
	}
}

// A header is what stands before a message.
type header struct {
	when     moment
	stamp    []byte // the time if that is no instant
	host     []byte
	data     []byte // the structured data of RFC 5424
	text     int    // where the message begins
	pid      bool   // the process has a number
	kernel   bool
	priority bool
}

func (s *syslog) line(r *Reader, line []byte) bool {
	if len(line) == 0 {
		return true
	}
	h, ok := s.header(line)
	if !ok {
		if n := s.above.text; s.indents && n > 0 && n < len(line) && len(bytes.TrimLeft(line[:n], " ")) == 0 {
			r.out.also(s.above.when, s.above.host)
			r.out.buf = append(r.out.buf, line[n:]...)
			return true
		}
		s.above.text = 0
		return false
	}
	text := line[h.text:]
	if string(h.stamp) != s.stamp {
		s.stamp = string(h.stamp)
	}
	h.when.stamp = s.stamp
	s.above.when, s.above.host, s.above.text = h.when, s.host.of(h.host), h.text
	r.open(h.when, s.above.host)
	if len(h.data) > 0 {
		if news := (beside{message: text}); speaksOfCode(h.data) && news.addsNumber(h.data, leastInText) {
			r.out.buf = append(append(r.out.buf, h.data...), ' ')
		}
	}
	r.out.buf = appendControls(r.out.buf, text)
	r.out.end()
	return true
}

// appendControls appends a message, with the control bytes that rsyslog wrote as #011 and the like.
func appendControls(dst, b []byte) []byte {
	for {
		i := bytes.Index(b, []byte("#01"))
		if i < 0 || i+3 >= len(b) {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		switch c := b[i+3]; {
		case i+4 < len(b) && isDigit(b[i+4]), c != '1' && c != '2' && c != '5':
			dst = append(dst, b[i:i+4]...)
		default:
			dst = append(dst, "\t\n\x00\x00\r"[c-'1'])
		}
		b = b[i+4:]
	}
}

// cutPriority takes <134> off a line.
func cutPriority(line []byte) (n int) {
	if len(line) < 3 || line[0] != '<' {
		return 0
	}
	priority, i := number(line, 1, 1, 3)
	if i == 0 || i >= len(line) || line[i] != '>' || priority > 191 {
		return 0
	}
	return i + 1
}

// cutProcess reads what stands between the time and the message: host app[123]: and a blank.
func (h *header) cutProcess(line []byte, at int) bool {
	if at >= len(line) || line[at] != ' ' {
		return false
	}
	at++
	n := bytes.IndexByte(line[at:min(len(line), at+maxHost)], ' ')
	if n <= 0 || !isHost(line[at:at+n]) {
		return false
	}
	h.host = line[at : at+n]
	at += n + 1
	n = bytes.IndexByte(line[at:min(len(line), at+maxApp)], ':')
	if n <= 0 || bytes.ContainsAny(line[at:at+n], " \t\"{}=,|") {
		return false
	}
	app := line[at : at+n]
	if open := bytes.IndexByte(app, '['); open >= 0 {
		if digits, end := number(app, open+1, 1, 9); digits == 0 && end == 0 || end != len(app)-1 || app[end] != ']' {
			return false
		}
		h.pid = true
	}
	h.kernel = string(app) == "kernel"
	h.text = at + n + 1
	switch {
	case h.text >= len(line), line[h.text] == '\n', line[h.text] == '\r':
		return true
	case line[h.text] != ' ':
		return false
	}
	h.text++
	return true
}

// maxApp is how long the name of a program is at most, with its number.
const maxApp = 80

// levels stand where the host would if a program wrote the line.
var levels = []string{"TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "ERR", "FATAL", "CRITICAL", "SEVERE", "PANIC", "D", "I", "W", "E", "F", "V"}

func isHost(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'z') && c != '.' && c != '-' && c != '_' && c != ':' {
			return false
		}
	}
	return len(b) > len("CRITICAL") || !slices.Contains(levels, string(bytes.ToUpper(b)))
}
