package yamlpos

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// A Node is a value of any shape. It is for formats in which a key takes a text as well as a list
// or a mapping, and whoever reads them checks them himself.
type Node struct {
	Kind   Kind   // 0 for a value that is not there or was refused
	Text   string // of a scalar, as it is written
	Quoted bool   // a scalar in quotes or a block: a text, not a number or a truth value
	Keys   []Node // of a mapping, scalars, as many as Items
	Items  []Node // of a list or a mapping

	doc       *Doc
	at        *step
	line, col int
}

// Get returns the value of a key of a mapping, or the zero Node.
func (n *Node) Get(key string) Node {
	for i := range n.Keys {
		if n.Keys[i].Text == key {
			return n.Items[i]
		}
	}
	return Node{}
}

// Errorf returns a fault of the value.
func (n *Node) Errorf(format string, args ...any) Error {
	e := Error{Line: max(1, n.line), Col: max(1, n.col), Path: n.at.String(), What: fmt.Sprintf(format, args...)}
	if n.doc != nil {
		e.File = n.doc.file
	}
	return e
}

// node converts a value that check has seen.
func (d *decoder) node(n *yaml.Node, at *step) Node {
	out := Node{doc: d.doc, at: at, line: n.Line, col: n.Column}
	switch n.Kind {
	case yaml.ScalarNode:
		if !isNull(n) {
			out.Kind, out.Text, out.Quoted = Scalar, n.Value, !plainStyle(n)
		}
	case yaml.SequenceNode:
		out.Kind = List
		for i, c := range n.Content {
			out.Items = append(out.Items, d.node(c, at.index(i)))
		}
	case yaml.MappingNode:
		out.Kind = Mapping
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode || isNull(key) || key.Tag == "!!merge" {
				continue
			}
			sub := at.field(key.Value)
			out.Keys = append(out.Keys, d.node(key, sub))
			out.Items = append(out.Items, d.node(n.Content[i+1], sub))
		}
	}
	return out
}
