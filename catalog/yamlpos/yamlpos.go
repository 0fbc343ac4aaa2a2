// Package yamlpos decodes the YAML that users write: strictly, with the position of every fault,
// and with all faults at once.
//
//	var f ruleFile
//	doc, err := yamlpos.Decode("rules.yaml", data, &f)
//	if err != nil {
//		return err // rules.yaml:12:7: rules[2].when.categoryy: unknown field, did you mean "category"?
//	}
//	if !known(f.Rules[1].Codes[2]) {
//		errs = append(errs, doc.Errorf("rules[1].codes[2]", "nobody knows code %d", …))
//	}
//	return errs.Err()
//
// It takes the part of YAML that says what it means. Refused are: unknown and repeated fields,
// null (also in lists, where the YAML library drops it silently), anchors, aliases, merge keys,
// tags of one's own, a second document ([DecodeAll] takes several), and numbers that need a second
// thought (0x10, 010, 1_000, .inf). A string takes any plain scalar as it is written, so that 6206
// and no are text where text is wanted.
//
// This is the only package that imports gopkg.in/yaml.v3, which is no longer maintained; its
// heirs have the same interface.
package yamlpos

import (
	"fmt"
	"reflect"

	"gopkg.in/yaml.v3"
)

// The bounds of a file.
const (
	MaxSize      = 4 << 20 // bytes
	MaxDepth     = 64      // nested lists and mappings
	MaxDocuments = 1000    // for DecodeAll
)

// maxErrors bounds the faults of one file that are reported.
const maxErrors = 100

// A Doc knows where in a file the values stand. It is safe for concurrent use.
type Doc struct {
	file string
	root *yaml.Node // nil if the file could not be parsed
}

// Decode decodes the one document in data into the value that the pointer into points to. The
// file name is used in errors only.
//
// Structs take their field names from `yaml:"name"` tags (without one, the name in lower case;
// "-" leaves a field out); embedded structs without a name and those marked inline belong to the
// struct around them. Other types: pointers, slices, maps with string keys, strings, bools, ints,
// floats, [time.Duration] ("90s"), types that implement [encoding.TextUnmarshaler], which get the
// text of the scalar whatever it looks like, types that choose by the shape, see [Shaper], and
// [Node] for values of any shape. Fields that the document does not name keep
// their value, so that defaults can be set before.
//
// The error, if any, is of type [Errors]; into is then filled with what was right. The Doc is
// never nil.
func Decode(file string, data []byte, into any) (*Doc, error) {
	d := &decoder{doc: &Doc{file: file}, layouts: make(map[reflect.Type]*layout)}
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return d.doc, Errors{{File: file, Line: 1, Col: 1, What: fmt.Sprintf("cannot decode into %T, want a pointer", into)}}
	}
	root, err := parse(data)
	if err != nil {
		err.File = file
		return d.doc, Errors{*err}
	}
	keepInside(root, root, lineCount(data))
	d.doc.root = root
	if d.check(root, nil, 1) {
		d.value(root, target.Elem(), nil)
	}
	return d.doc, d.errs.Err()
}

// Pos returns the position of the value with the given path, such as rules[1].codes[2], from 1 and
// in characters. Where there is no such value it is the position of the innermost one around it
// that exists.
func (d *Doc) Pos(path string) (line, col int) {
	if d == nil || d.root == nil {
		return 1, 1
	}
	n := find(d.root, path)
	return n.Line, n.Column
}

// Errorf returns a fault of the value with the given path, for checks that come after decoding.
func (d *Doc) Errorf(path, format string, args ...any) Error {
	e := Error{Path: path, What: fmt.Sprintf(format, args...)}
	if d != nil {
		e.File = d.file
	}
	e.Line, e.Col = d.Pos(path)
	return e
}

// KeyErrorf returns a fault of the key under which the value with the given path stands in its
// mapping; one of the value, as of Errorf, where it stands in a list.
func (d *Doc) KeyErrorf(path, format string, args ...any) Error {
	e := d.Errorf(path, format, args...)
	if d == nil || d.root == nil {
		return e
	}
	var key *yaml.Node
	walk(d.root, path, func(_, k *yaml.Node) { key = k })
	if key != nil {
		e.Line, e.Col = key.Line, key.Column
	}
	return e
}
