package yamlpos

import (
	"fmt"
	"reflect"

	"gopkg.in/yaml.v3"
)

// A decoder collects the faults of one document.
type decoder struct {
	doc     *Doc
	errs    Errors
	layouts map[reflect.Type]*layout
}

// fail records a fault; the last one kept says that there are more.
func (d *decoder) fail(n *yaml.Node, at *step, format string, args ...any) {
	e := Error{File: d.doc.file, Line: n.Line, Col: n.Column, Path: at.String(), What: fmt.Sprintf(format, args...)}
	switch {
	case len(d.errs) < maxErrors:
		d.errs = append(d.errs, e)
	case len(d.errs) == maxErrors:
		e.Path, e.What = "", "too many faults, the others are not listed"
		d.errs = append(d.errs, e)
	}
}

// check refuses what no value may hold, whatever its type. It reports whether the document is
// shallow enough to be walked again.
func (d *decoder) check(n *yaml.Node, at *step, depth int) bool {
	if depth > MaxDepth {
		d.fail(n, at, "%s", tooDeep)
		return false
	}
	if n.Anchor != "" {
		d.fail(n, at, "anchors are not allowed: &%s", n.Anchor)
	}
	if n.Style&yaml.TaggedStyle != 0 && !coreTag(n) {
		d.fail(n, at, "tag %s is not allowed", n.Tag)
	}
	ok := true
	switch n.Kind {
	case yaml.AliasNode:
		d.fail(n, at, "aliases are not allowed, write the value out")
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			d.fail(n, at, "no value given; leave it out or write \"\" for an empty text")
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			ok = d.check(c, at.index(i), depth+1) && ok
		}
	case yaml.MappingNode:
		first := make(map[string]*yaml.Node, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if !d.checkKey(key, at) {
				continue
			}
			sub := at.field(key.Value)
			if before := first[key.Value]; before != nil {
				d.fail(key, sub, "given twice, first in line %d", before.Line)
			} else {
				first[key.Value] = key
			}
			ok = d.check(n.Content[i+1], sub, depth+1) && ok
		}
	}
	return ok
}

// checkKey reports whether a key is a plain text.
func (d *decoder) checkKey(key *yaml.Node, at *step) bool {
	switch {
	case key.Tag == "!!merge":
		d.fail(key, at, "merge keys are not allowed, write the fields out")
	case key.Kind == yaml.AliasNode:
		d.fail(key, at, "aliases are not allowed, write the key out")
	case key.Anchor != "":
		d.fail(key, at, "anchors are not allowed: &%s", key.Anchor)
	case key.Kind != yaml.ScalarNode || key.Tag == "!!null":
		d.fail(key, at, "want a text as key, got %s", kind(key))
	case key.Style&yaml.TaggedStyle != 0 && !coreTag(key):
		d.fail(key, at, "tag %s is not allowed", key.Tag)
	default:
		return true
	}
	return false
}

// coreTag reports whether an explicit tag says what the value is anyway.
func coreTag(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.SequenceNode:
		return n.Tag == "!!seq"
	case yaml.MappingNode:
		return n.Tag == "!!map"
	}
	switch n.Tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!null":
		return true
	}
	return false
}

// kind names what a node is, for messages.
func kind(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.AliasNode:
		return "an alias"
	case n.Tag == "!!null":
		return "nothing"
	}
	return fmt.Sprintf("%q", shorten(n.Value))
}
