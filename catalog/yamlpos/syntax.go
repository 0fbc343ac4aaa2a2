package yamlpos

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// parse returns the root value of the one document in data.
func parse(data []byte) (*yaml.Node, *Error) {
	roots, err := parseAll(data, 1)
	switch {
	case err != nil:
		return nil, err
	case isNull(roots[0]):
		return nil, emptyFile()
	}
	return roots[0], nil
}

// parseAll returns the root values of the documents in data, at least one and at most limit.
func parseAll(data []byte, limit int) ([]*yaml.Node, *Error) {
	if len(data) > MaxSize {
		return nil, &Error{Line: 1, Col: 1, What: fmt.Sprintf("the file has %d bytes, at most %d are read", len(data), MaxSize)}
	}
	if at, what := badText(data); what != "" {
		line, col := position(data, at)
		return nil, &Error{Line: line, Col: col, What: what}
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var roots []*yaml.Node
	for {
		var doc yaml.Node
		err := next(dec, &doc)
		switch {
		case errors.Is(err, io.EOF) && len(roots) == 0:
			return nil, emptyFile()
		case errors.Is(err, io.EOF):
			return roots, nil
		case err != nil:
			return nil, syntaxError(data, err)
		case len(roots) == limit:
			return nil, tooMany(&doc, limit)
		}
		roots = append(roots, doc.Content[0])
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func emptyFile() *Error { return &Error{Line: 1, Col: 1, What: "the file is empty"} }

func tooMany(doc *yaml.Node, limit int) *Error {
	e := &Error{Line: doc.Line, Col: doc.Column, What: "a second document in the file, want one"}
	if limit > 1 {
		e.What = fmt.Sprintf("more than %d documents in the file", limit)
	}
	return e
}

// next reads a document. The library is known to panic on some damaged input, which must stay a
// fault of the file.
func next(dec *yaml.Decoder, doc *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	if err = dec.Decode(doc); err == nil && len(doc.Content) == 0 {
		return io.EOF
	}
	return err
}

// badText returns the offset of the first character that YAML text cannot hold, and what it is.
func badText(data []byte) (at int, what string) {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return i, fmt.Sprintf("the file is not UTF-8: byte 0x%02x", data[i])
		case r == '\t' || r == '\n' || r == '\r' || r == 0x85 || r == '\ufeff' && i == 0:
		case r < ' ' || 0x7f <= r && r < 0xa0 || r == '\ufeff' || r == 0xfffe || r == 0xffff:
			return i, fmt.Sprintf("control character %U, write it as an escape in double quotes", r)
		}
		i += n
	}
	return 0, ""
}

var (
	numbered = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)
	unknown  = regexp.MustCompile(`^yaml: unknown anchor '(.*)' referenced$`)
)

// syntaxError turns an error of the library into one with a position.
//
// The library names a line only, and for the errors of its parser the line where the list or
// mapping began, less one. Those are read a second time, byte by byte: what the library has not
// asked for yet cannot be the fault.
func syntaxError(data []byte, err error) *Error {
	e := &Error{Line: 1, Col: 1}
	if m := unknown.FindStringSubmatch(err.Error()); m != nil {
		e.Line, e.Col = position(data, max(0, bytes.Index(data, []byte("*"+m[1]))))
		e.What = "aliases are not allowed, write the value out"
		return e
	}
	what, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if m := numbered.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
		what = m[2]
	}
	if strings.HasPrefix(what, "exceeded max depth") {
		what = tooDeep
	}
	e.What = what
	read := &byteReader{data: data}
	dec := yaml.NewDecoder(read)
	for more := true; more; {
		more = next(dec, new(yaml.Node)) == nil
	}
	seen := bytes.TrimRight(data[:read.at], " \t\r\n")
	e.Line, e.Col = position(data, max(0, len(seen)-1))
	if line > 0 && !strings.HasPrefix(what, "did not find expected") {
		e.Line = min(line, e.Line)
	}
	e.Col = indent(data, e.Line)
	return e
}

// A byteReader gives one byte at a time and knows how many it gave.
type byteReader struct {
	data []byte
	at   int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.at == len(r.data) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = r.data[r.at]
	r.at++
	return 1, nil
}

// position returns line and column of an offset, from 1 and in characters.
func position(data []byte, at int) (line, col int) {
	before := bytes.TrimPrefix(data[:at], []byte("\ufeff"))
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// indent returns the column of the first character of a line that is not a space.
func indent(data []byte, line int) int {
	for range line - 1 {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	text, _, _ := bytes.Cut(data, []byte("\n"))
	return len(text) - len(bytes.TrimLeft(text, " \t")) + 1
}

var tooDeep = fmt.Sprintf("nested deeper than %d", MaxDepth)

// lineBreaks are what YAML 1.1 ends a line with; \r\n counts twice, which does no harm to a bound.
var lineBreaks = regexp.MustCompile("[\n\r\u0085\u2028\u2029]")

func lineCount(data []byte) int { return len(lineBreaks.FindAllIndex(data, -1)) + 1 }

// keepInside gives nodes that the library places behind the end of the text, such as the value that
// "? key" lacks, the position of the node around them.
func keepInside(n, around *yaml.Node, lines int) {
	if n.Line > lines {
		n.Line, n.Column = around.Line, around.Column
	}
	for _, c := range n.Content {
		keepInside(c, n, lines)
	}
}
