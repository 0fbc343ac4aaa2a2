package yamlpos

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A step is the last part of the way from the root to a value; nil is the root. Steps are linked
// so that a path is only written out for a fault.
type step struct {
	up  *step
	key string // of a mapping; "" with i >= 0 for an element of a list
	i   int
}

func (s *step) field(key string) *step { return &step{up: s, key: key, i: -1} }
func (s *step) index(i int) *step      { return &step{up: s, i: i} }

// String returns the path: rules[2].when.category; a key that is no plain word is quoted in
// brackets.
func (s *step) String() string {
	var parts []string
	for ; s != nil; s = s.up {
		switch {
		case s.i >= 0:
			parts = append(parts, "["+strconv.Itoa(s.i)+"]")
		case !word(s.key):
			parts = append(parts, "["+strconv.Quote(shorten(s.key))+"]")
		case s.up == nil:
			parts = append(parts, s.key)
		default:
			parts = append(parts, "."+s.key)
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, "")
}

// word reports whether a key can stand in a path as it is.
func word(key string) bool {
	return key != "" && len(key) <= maxKey && !strings.ContainsFunc(key, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`.[]"\`, r)
	})
}

// maxKey bounds what a message repeats of the file.
const maxKey = 64

// shorten cuts a text for a message.
func shorten(s string) string {
	if len(s) <= maxKey {
		return s
	}
	return strings.ToValidUTF8(s[:maxKey], "") + "…"
}

// find returns the node with the given path, or the innermost one on the way that exists.
func find(n *yaml.Node, path string) *yaml.Node {
	walk(n, path, func(child, _ *yaml.Node) { n = child })
	return n
}

// walk goes down a path from n as far as it exists, and hands over each node on the way with its key,
// nil for one in a list.
func walk(n *yaml.Node, path string, visit func(n, key *yaml.Node)) {
	for path != "" {
		var child, key *yaml.Node
		switch {
		case strings.HasPrefix(path, `["`):
			quoted, err := strconv.QuotedPrefix(path[1:])
			if err != nil {
				return
			}
			name, _ := strconv.Unquote(quoted)
			path = strings.TrimPrefix(path[1+len(quoted):], "]")
			key, child = member(n, name)
		case path[0] == '[':
			digits, rest, _ := strings.Cut(path[1:], "]")
			path = rest
			if i, err := strconv.Atoi(digits); err == nil && n.Kind == yaml.SequenceNode && 0 <= i && i < len(n.Content) {
				child = n.Content[i]
			}
		default:
			path = strings.TrimPrefix(path, ".")
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			key, child = member(n, path[:end])
			path = path[end:]
		}
		if child == nil {
			return
		}
		visit(child, key)
		n = child
	}
}

// member returns a key of a mapping and its value, or nil.
func member(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}
