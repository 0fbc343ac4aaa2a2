package yamlpos

import (
	"reflect"

	"gopkg.in/yaml.v3"
)

// A Kind is the shape of a value. The zero Kind is that of a [Node] which is not there.
type Kind int

// The shapes.
const (
	Scalar  Kind = iota + 1 // text, number or truth value
	List                    // of values
	Mapping                 // of keys to values
)

// String returns the name with its article, for messages.
func (k Kind) String() string {
	switch k {
	case Scalar:
		return "a text"
	case List:
		return "a list"
	case Mapping:
		return "a mapping"
	}
	return "nothing"
}

// A Shaper is a type that takes more than one shape, as a test that is written "login" for short
// and {contains: login} in full. Into is called once for a value, before it is decoded, and returns
// the pointer to decode it into: mostly to a part of the Shaper, never to the Shaper itself. What
// no shape should be taken for gets a pointer to what is wanted, which refuses it.
type Shaper interface{ Into(Kind) any }

var shaperType = reflect.TypeFor[Shaper]()

// shaped decodes into what a Shaper chooses.
func (d *decoder) shaped(n *yaml.Node, s Shaper, at *step) {
	k := Scalar
	switch n.Kind {
	case yaml.SequenceNode:
		k = List
	case yaml.MappingNode:
		k = Mapping
	}
	into := reflect.ValueOf(s.Into(k))
	if into.Kind() != reflect.Pointer || into.IsNil() {
		d.fail(n, at, "cannot decode into %T", s)
		return
	}
	d.value(n, into.Elem(), at)
}

// Join returns the path of the value that a mapping at path has under a key, as paths are written in
// errors: a key that is no plain word is quoted in brackets.
func Join(path, key string) string {
	last := (&step{key: key, i: -1}).String()
	if path != "" && last[0] != '[' {
		last = "." + last
	}
	return path + last
}
