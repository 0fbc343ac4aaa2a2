package sigma

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// modifiers say how the values of a field are compared.
type modifiers struct {
	match                     string // "": equal; or a key of matches
	all, neq, cased           bool
	ignoreCase, lines, dotAll bool // of re
	key                       *yamlpos.Node
	field                     string // as Sigma names it
}

// matches are the modifiers of which one at most may be given.
var matches = []string{"contains", "startswith", "endswith", "re", "cidr", "exists", "lt", "lte", "gt", "gte"}

// modifierNames are all that are supported.
var modifierNames = append(slices.Clone(matches), "all", "neq", "cased", "i", "m", "s")

// modifiers reads a key such as user|contains|all.
func (r *reader) modifiers(key *yamlpos.Node) (m modifiers, ok bool) {
	names := strings.Split(key.Text, "|")
	m.key, m.field = key, strings.TrimSpace(names[0])
	ok = true
	for _, name := range names[1:] {
		switch {
		case slices.Contains(matches, name) && m.match != "":
			r.fail(key, "the modifiers %s and %s exclude each other", m.match, name)
			ok = false
		case slices.Contains(matches, name):
			m.match = name
		case name == "all":
			m.all = true
		case name == "neq":
			m.neq = true
		case name == "cased":
			m.cased = true
		case name == "i" && m.match == "re":
			m.ignoreCase = true
		case name == "m" && m.match == "re":
			m.lines = true
		case name == "s" && m.match == "re":
			m.dotAll = true
		default:
			r.fail(key, "the modifier %.64q is not supported%s", name, orModifiers(name))
			ok = false
		}
	}
	return m, ok
}

// orModifiers ends a message about a modifier.
func orModifiers(name string) string {
	switch {
	case name == "i" || name == "m" || name == "s":
		return ", it stands after re only"
	case yamlpos.DidYouMean(name, modifierNames) != "":
		return ", did you mean " + yamlpos.DidYouMean(name, modifierNames) + "?"
	}
	return ", those that are: " + strings.Join(modifierNames, ", ")
}
