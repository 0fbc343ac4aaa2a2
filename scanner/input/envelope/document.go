package envelope

import (
	"slices"
	"strings"
)

// A document is the framer of JSON that is one value: an array, or the answer of an API. It is read as a stream: only
// the element that is looked at is held.
type document struct {
	u       unwrapper
	bones   skeleton
	levels  []level
	path    []byte // of the value that comes next: hits.hits[]
	count   int64  // elements
	labels  []byte // of the stream of Loki that is read
	host    string // of it
	passing bool   // a value that is too long to be held
	array   bool   // it must be an array
	kind    byte   // with which it begins
	again   bool   // a value waits until everything before it is handed out
	over    bool   // the document is, or its syntax
	passed  bool   // some of what is left was given out
}

// A level is a container that is open.
type level struct {
	closing byte
	path    int // length of its own path
	items   int
	takes   bool // it is an array of elements
}

// elements are the paths at which the elements of documents are. Containers on the way to them are opened.
var elements = []string{
	"[]",
	"hits.hits[]", "responses[].hits.hits[]", "rawResponse.hits.hits[]", // Elasticsearch, OpenSearch, Kibana
	"data.result[].values[]",          // Loki
	"Response.Results[]", "Results[]", // CLS
	"Response.Data.Results[]", "data[]", "logs[]", // SLS
}

// lokiLabels is where the labels of a stream are, and lokiStream what they are of.
const (
	lokiLabels = "data.result[].stream"
	lokiStream = "data.result[]"
	lokiValue  = "data.result[].values[]"
)

func isElement(path []byte) bool { return slices.Contains(elements, string(path)) }

func leadsToElement(path []byte) bool {
	for _, e := range elements {
		if rest, ok := strings.CutPrefix(e, string(path)); ok && rest != "" && (len(path) == 0 || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

func (d *document) step(r *Reader) bool {
	if d.over {
		return d.rest(r)
	}
	if d.passing {
		d.pass(r)
		return true
	}
	c, ok := d.peek(r)
	if d.again {
		d.again = false
		d.value(r, c)
		return true
	}
	if len(d.levels) == 0 {
		return d.begin(r, c, ok)
	}
	if !ok {
		d.broke(r, "is cut short")
		return true
	}
	top := &d.levels[len(d.levels)-1]
	if c == top.closing {
		r.feed.skip(1)
		d.close(r)
		return true
	}
	if top.items++; top.items > 1 {
		if c != ',' {
			d.broke(r, "is broken")
			return true
		}
		r.feed.skip(1)
		c, ok = d.peek(r)
	}
	if ok && top.closing == '}' {
		c, ok = d.key(r, c)
	} else if ok {
		d.path = append(d.path[:top.path], "[]"...)
	}
	if !ok {
		d.broke(r, "is cut short or broken")
		return true
	}
	d.value(r, c)
	return true
}

// peek skips white space and returns the byte behind it.
func (d *document) peek(r *Reader) (byte, bool) {
	for {
		b := r.feed.rest()
		i := blanks(b, 0)
		r.feed.skip(i)
		if i < len(b) {
			return b[i], true
		}
		if !r.feed.more() {
			return 0, false
		}
	}
}

// begin opens the document, or another one behind it: pages of an export are put together like that.
func (d *document) begin(r *Reader, c byte, ok bool) bool {
	switch {
	case !ok:
		return false
	case c == '[' || c == '{' && !d.array:
		if d.kind == 0 {
			d.kind = c
		}
		if d.kind == c {
			d.open(r, c)
			return true
		}
	}
	if d.kind != 0 {
		r.problem("text follows the JSON at byte %d", r.feed.off)
	}
	d.over = true
	return true
}

func (d *document) open(r *Reader, c byte) {
	r.feed.skip(1)
	if string(d.path) == lokiStream {
		r.out.turn.run() // settled when the one before it was closed
		d.labels, d.host = d.labels[:0], ""
	}
	l := level{closing: c + 2, path: len(d.path)}
	if c == '[' {
		l.takes = isElement(append(d.path, "[]"...))
	}
	d.levels = append(d.levels, l)
}

func (d *document) close(r *Reader) {
	top := len(d.levels) - 1
	d.path = d.path[:d.levels[top].path]
	d.levels = d.levels[:top]
	if string(d.path) == lokiStream {
		r.out.settled()
	}
}

// key reads the key of a member and goes to its value.
func (d *document) key(r *Reader, c byte) (byte, bool) {
	if c != '"' {
		return 0, false
	}
	n, v := d.bones.held(&r.feed)
	if v != complete || n > maxKeyLen {
		return 0, false
	}
	d.path = d.path[:d.levels[len(d.levels)-1].path]
	if len(d.path) > 0 {
		d.path = append(d.path, '.')
	}
	d.path = append(d.path, r.feed.rest()[1:n-1]...)
	r.feed.skip(n)
	if c, ok := d.peek(r); !ok || c != ':' {
		return 0, false
	}
	r.feed.skip(1)
	return d.peek(r)
}

const maxKeyLen = 64 << 10
