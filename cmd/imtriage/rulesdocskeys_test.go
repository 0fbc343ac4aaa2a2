package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// A keyNode is a part of the schema of rules, as far as it names keys.
type keyNode struct {
	Ref        string `json:"$ref"`
	Properties map[string]*keyNode
	More       json.RawMessage `json:"additionalProperties"` // of a mapping with free keys; false of others
	Items      *keyNode
	AnyOf      []*keyNode
	AllOf      []*keyNode
	Defs       map[string]*keyNode `json:"$defs"`

	seen map[string]bool // keys that an example has
}

// A keyCover tells which keys of the schema examples have.
type keyCover struct {
	root  *keyNode
	every map[*keyNode]string // those with keys, by how one comes there
}

func newKeyCover(t *testing.T) *keyCover {
	t.Helper()
	c := &keyCover{root: new(keyNode), every: make(map[*keyNode]string)}
	if err := json.Unmarshal(rules.Schema(), c.root); err != nil {
		t.Fatal(err)
	}
	c.collect(c.root, "file")
	for _, name := range slices.Sorted(maps.Keys(c.root.Defs)) {
		c.collect(c.root.Defs[name], name)
	}
	return c
}

// collect finds the nodes with keys, without following references.
func (c *keyCover) collect(n *keyNode, path string) {
	if n == nil {
		return
	}
	if n.Ref == "" && len(n.Properties) > 0 && c.every[n] == "" {
		c.every[n], n.seen = path, make(map[string]bool)
	}
	for key, sub := range n.Properties {
		c.collect(sub, path+"."+key)
	}
	c.collect(n.Items, path+"[]")
	for _, sub := range slices.Concat(n.AnyOf, n.AllOf) {
		c.collect(sub, path)
	}
}

// see notes the keys of a value that a node of the schema describes.
func (c *keyCover) see(n *keyNode, v *yamlpos.Node) {
	if n == nil {
		return
	}
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		c.see(c.root.Defs[name], v)
	}
	for _, sub := range slices.Concat(n.AnyOf, n.AllOf) {
		c.see(sub, v)
	}
	if v.Kind == yamlpos.List {
		for i := range v.Items {
			c.see(n.Items, &v.Items[i])
		}
		return
	}
	for i := range v.Keys {
		key := v.Keys[i].Text
		sub := n.Properties[key]
		if sub == nil {
			sub = new(keyNode)
			if len(n.More) == 0 || json.Unmarshal(n.More, sub) != nil {
				continue
			}
		}
		if n.seen != nil {
			n.seen[key] = true
		}
		c.see(sub, &v.Items[i])
	}
}

// missing lists the keys that no example has.
func (c *keyCover) missing() (out []string) {
	for n, path := range c.every {
		for key := range n.Properties {
			if !n.seen[key] {
				out = append(out, fmt.Sprintf("%s.%s", path, key))
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestDocsRulesKeys checks that each key of the language has an example on the page.
func TestDocsRulesKeys(t *testing.T) {
	c := newKeyCover(t)
	if n := len(c.missing()); n < 60 {
		t.Fatalf("%d keys found in the schema, so it is not read as it is", n)
	}
	for _, file := range writeExamples(t, rulesPage) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var v yamlpos.Node
		if _, err := yamlpos.Decode(file, data, &v); err != nil {
			t.Fatal(err)
		}
		c.see(c.root, &v)
	}
	for _, key := range c.missing() {
		t.Errorf("no example of the key %s", key)
	}
}
