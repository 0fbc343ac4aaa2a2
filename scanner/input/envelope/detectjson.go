package envelope

import "bytes"

// A layout is how JSON is written.
type layout uint8

const (
	asNothing  layout = iota // it is no envelope
	asLines                  // an object in each line
	asObjects                // objects over several lines
	asDocument               // one value
)

// detectJSON tells the carriers that write JSON as a document, or as lines.
func detectJSON(head []byte, whole bool) (Format, layout) {
	b := bytes.TrimLeft(head, " \t\r\n\x1e")
	if len(b) == 0 {
		return None, asNothing
	}
	if b[0] == '[' {
		if isArrayHead(b, whole) {
			return Array, asDocument
		}
		return None, asNothing
	}
	var o object
	if b[0] == '{' {
		if _, ok := o.parseHead(b); ok {
			if f := documentOf(b, &o); f != None {
				return f, asDocument
			}
		}
	}
	return mostLines(&o, head, whole)
}

// detectObjects tells the carriers that write an object over several lines, or a line that is longer than the head.
func detectObjects(head []byte, whole bool) (Format, layout) {
	b := bytes.TrimLeft(head, " \t\r\n\x1e")
	var o object
	end, ok := o.parseHead(b)
	f := shapeOf(&o)
	switch {
	case !ok || f == None:
		return None, asNothing
	case bytes.IndexByte(b[:max(end, 0)], '\n') >= 0, end < 0 && bytes.IndexByte(b, '\n') >= 0:
		return f, asObjects
	case end < 0 && !whole:
		return f, asLines
	}
	return None, asNothing
}

// isArrayHead reports whether b begins as one JSON array of objects or texts. A log may begin with a bracket, too: what
// can be seen has to be sound to its end, and nothing but another array of objects may follow.
func isArrayHead(b []byte, whole bool) bool {
	first := blanks(b, 1)
	if first >= len(b) || b[first] != '{' && b[first] != '"' {
		return false
	}
	var bones skeleton
	n, v := bones.scan(b)
	if v == goesOn {
		return !whole || b[first] == '{'
	}
	if v == broken {
		// The beginning was sound for an element or more.
		end := max(first, valueEnd(b[:n], first))
		comma := blanks(b[:n], end)
		next := blanks(b[:n], comma+1)
		return end > first && next < n && b[comma] == ',' && b[next] == b[first]
	}
	rest := bytes.TrimSpace(b[n:])
	return (len(rest) == 0 || rest[0] == '[' && b[first] == '{')
}

// documentOf returns the format of an answer whose members are o as far as they can be seen.
func documentOf(b []byte, o *object) Format {
	has := func(key string) bool {
		for i := range o.fields {
			if string(o.fields[i].key) == key {
				return true
			}
		}
		return false
	}
	holds := func(parts ...string) bool {
		for _, p := range parts {
			if !bytes.Contains(b, []byte(p)) {
				return false
			}
		}
		return true
	}
	switch {
	case has("hits") && (holds(`"_source"`) || holds(`"_index"`)),
		(has("responses") || has("rawResponse")) && holds(`"hits"`, `"_index"`):
		return Elastic
	case has("data") && has("status") && holds(`"resultType"`, `"streams"`):
		return Loki
	case (has("Response") || has("Results")) && (holds(`"LogJson"`) || holds(`"RawLog"`)):
		return CLS
	case (has("data") || has("logs")) && !isString(b) && holds(`"__time__"`):
		return SLS
	}
	return None
}

// mostLines returns the carrier that wrote most lines of a head.
func mostLines(o *object, head []byte, whole bool) (Format, layout) {
	counts := make([]int, len(shapes))
	all := 0
	for line := range headLines(head, whole) {
		all++
		if line[0] == recordSeparator {
			line = line[1:]
		}
		if len(line) == 0 || line[0] != '{' || !o.parse(line) || isDocker(o) {
			continue
		}
		for i := range shapes {
			if shapes[i].is(o) {
				counts[i]++
				break
			}
		}
	}
	best, sum := 0, 0
	for i, n := range counts {
		if sum += n; n > counts[best] {
			best = i
		}
	}
	if sum == 0 || 2*sum <= all {
		return None, asNothing
	}
	return shapes[best].format, asLines
}
