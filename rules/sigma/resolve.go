package sigma

import (
	"path"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// resolve turns an expression over searches into a selection.
func (r *reader) resolve(at *yamlpos.Node, e *expression, searches []search) rules.Selection {
	var list []rules.Selection
	switch e.op {
	case "", "all", "any":
		for _, s := range searches {
			if e.picks(s.name) && r.spend(at, s.values) {
				list = append(list, s.Selection)
			}
		}
		if len(list) == 0 && r.spent <= maxValues {
			r.fail(at, "no search %.64q in the detection%s", e.name, didYouMean(e.name, searches))
		}
	default:
		for _, a := range e.args {
			list = append(list, r.resolve(at, a, searches))
		}
	}
	switch {
	case len(list) == 0:
		return rules.Selection{}
	case e.op == "not":
		return notOf(list[0])
	case e.op == "or" || e.op == "any":
		return anyOf(list)
	}
	return allOf(list)
}

// maxValues bounds the values of a file, counted as often as conditions name them.
const maxValues = 100_000

// spend counts the values of a search that a condition names.
func (r *reader) spend(at *yamlpos.Node, values int) bool {
	before := r.spent
	if r.spent += values; r.spent <= maxValues {
		return true
	}
	if before <= maxValues {
		r.fail(at, "the conditions of the file name more than %d values", maxValues)
	}
	return false
}

// picks reports whether a search is meant; one whose name begins with _ is not among them.
func (e *expression) picks(name string) bool {
	switch {
	case e.op == "":
		return e.name == name
	case strings.EqualFold(e.name, "them"):
		return !strings.HasPrefix(name, "_")
	}
	fits, err := path.Match(e.name, name)
	return err == nil && fits
}

func didYouMean(name string, searches []search) string {
	var list []string
	for _, s := range searches {
		list = append(list, s.name)
	}
	if near := yamlpos.DidYouMean(name, list); near != "" {
		return ", did you mean " + near + "?"
	}
	return ""
}
