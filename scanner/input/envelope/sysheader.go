package envelope

import "bytes"

// bsdHeader reads Jun  1 02:03:04 host app[123]: with a priority before it perhaps (RFC 3164, journalctl -o short).
func bsdHeader(line []byte) (h header, ok bool) {
	at := cutPriority(line)
	h.priority = at > 0
	b := line[at:]
	if len(b) < 16 || monthOf(b) == 0 || b[3] != ' ' || b[6] != ' ' || b[9] != ':' || b[12] != ':' {
		return h, false
	}
	if !isDigit(b[5]) || !isDigit(b[4]) && b[4] != ' ' {
		return h, false
	}
	for _, i := range [...]int{7, 10, 13} {
		if _, ok := pair(b, i); !ok {
			return h, false
		}
	}
	end := 15
	if b[end] == '.' { // -o short-precise
		for end++; end < len(b) && isDigit(b[end]); end++ {
			continue
		}
	}
	h.stamp = b[:end]
	ok = h.cutProcess(line, at+end)
	return h, ok
}

// isoHeader reads 2026-06-01T02:03:04.123456+08:00 host app[123]: with a priority before it perhaps (journalctl
// -o short-iso, rsyslog's RSYSLOG_FileFormat).
func isoHeader(line []byte) (h header, ok bool) {
	at := cutPriority(line)
	h.priority = at > 0
	b := line[at:]
	if len(b) < 20 || b[4] != '-' || b[10] != 'T' {
		return h, false
	}
	when, n := readISO(b[:min(len(b), 40)])
	if h.when = when; !when.zoned {
		return h, false
	}
	ok = h.cutProcess(line, at+n)
	return h, ok
}

// ietfHeader reads <165>1 2026-06-01T02:03:04.123Z host app procid msgid [data] of RFC 5424; the priority may have been
// taken off.
func ietfHeader(line []byte) (h header, ok bool) {
	at := cutPriority(line)
	h.priority = at > 0
	if !bytes.HasPrefix(line[at:], []byte("1 ")) {
		return h, false
	}
	at += 2
	b := line[at:]
	if h.when, ok = ietfTime(b); !ok {
		return h, false
	}
	for i := range 5 { // time, host, app, process, message id
		n := bytes.IndexByte(line[at:], ' ')
		if n <= 0 || n > maxHost {
			return h, false
		}
		if i == 1 && line[at] != '-' {
			h.host = line[at : at+n]
		}
		at += n + 1
	}
	n := dataEnd(line[at:])
	if n == 0 {
		return h, false
	}
	if n > 1 {
		h.data = line[at : at+n]
	}
	at += n
	switch {
	case at >= len(line), line[at] == '\n', line[at] == '\r':
		h.text = at
		return h, true
	case line[at] != ' ':
		return h, false
	}
	h.text = at + 1
	if bytes.HasPrefix(line[h.text:], []byte("\ufeff")) {
		h.text += len("\ufeff")
	}
	return h, true
}

// ietfTime reads the time, which may be - for none.
func ietfTime(b []byte) (m moment, ok bool) {
	if bytes.HasPrefix(b, []byte("- ")) {
		return moment{}, true
	}
	m, n := readISO(b[:min(len(b), 40)])
	return m, m.zoned && n < len(b) && b[n] == ' '
}

// dataEnd returns how long the structured data is that b begins with: - or [id name="value"]…, 0 if there is none.
func dataEnd(b []byte) int {
	if len(b) > 0 && b[0] == '-' {
		return 1
	}
	i := 0
	for i < len(b) && b[i] == '[' {
		quoted := false
		for i++; i < len(b) && (quoted || b[i] != ']'); i++ {
			switch b[i] {
			case '\\':
				i++
			case '"':
				quoted = !quoted
			case '\n':
				return 0
			}
		}
		if i++; i > len(b) {
			return 0
		}
	}
	return i
}
