package envelope

import "bytes"

// Detect tells from the head of a text which carrier wrote it, [None] if no one did. Up to 64 KiB of it are looked at;
// whole says that the head is all of the text. A byte order mark must be off already.
//
// It is strict: only what a carrier alone writes is a sign of it. Lines before the first element, such as a warning of
// the program that fetched the log, do no harm if most lines of the head are elements.
func Detect(head []byte, whole bool) Format {
	if len(head) > headLen {
		head, whole = head[:headLen], false
	}
	if f, how := detectJSON(head, whole); how != asNothing {
		return f
	}
	if isJournalExport(head) {
		return JournalExport
	}
	if f := detectLines(head, whole); f != None {
		return f
	}
	if f, how := detectObjects(head, whole); how != asNothing {
		return f
	}
	if f := detectTable(head, whole); f != None {
		return f
	}
	if isNewestFirst(head, whole) {
		return NewestFirst
	}
	return None
}

// A kind of lines, and how its lines look.
var lineKinds = []struct {
	format Format
	is     func(line []byte) lineLook
}{
	{CRI, func(line []byte) lineLook {
		h, ok := criHeader(line)
		if !ok {
			return other
		}
		return proofIf(readMoment(line[:h.stamp]).zoned)
	}},
	{RFC5424, func(line []byte) lineLook { _, ok := ietfHeader(line); return proofIf(ok) }},
	{ISO, func(line []byte) lineLook { return syslogLook(isoHeader(line)) }},
	{RFC3164, func(line []byte) lineLook { return syslogLook(bsdHeader(line)) }},
}

// A lineLook says how a line looks to a format.
type lineLook uint8

const (
	other lineLook = iota
	fits           // like a line of the format, and like one of some program
	proof          // no program writes such lines by itself
)

func proofIf(ok bool) lineLook {
	if ok {
		return proof
	}
	return other
}

// syslogLook tells a header of syslog from the beginning of a line that happens to look like one: a process has a
// number, or the kernel speaks, or there is a priority.
func syslogLook(h header, ok bool) lineLook {
	switch {
	case !ok:
		return other
	case h.pid || h.kernel || h.priority:
		return proof
	}
	return fits
}

// detectLines finds the format that most lines have. Lines that go on with the one above count for nothing.
func detectLines(head []byte, whole bool) Format {
	var count [8]struct{ fit, proof int }
	var f object
	all, dockers := 0, 0
	for line := range headLines(head, whole) {
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		all++
		if line[0] == '{' {
			if f.parse(line) && isDocker(&f) {
				dockers++
			}
			continue
		}
		for i := range lineKinds {
			switch lineKinds[i].is(line) {
			case proof:
				count[i].proof++
				count[i].fit++
			case fits:
				count[i].fit++
			case other:
			}
		}
	}
	if 2*dockers > all {
		return Docker
	}
	for i := range lineKinds {
		if 2*count[i].fit > all && 2*count[i].proof > count[i].fit {
			return lineKinds[i].format
		}
	}
	return None
}

// headLines are the whole lines of a head that are not blank, at most maxLooked.
func headLines(head []byte, whole bool) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for n := 0; n < maxLooked && len(head) > 0; {
			line, rest, ended := bytes.Cut(head, []byte("\n"))
			if !ended && !whole {
				return
			}
			head = rest
			if line = chomp(line); len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if n++; !yield(line) {
				return
			}
		}
	}
}

// maxLooked is how many lines of a head are looked at.
const maxLooked = 400
