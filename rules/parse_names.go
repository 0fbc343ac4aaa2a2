package rules

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// The bounds of what names may stand for in one file. A name can put in others, so that a small
// file may come to a very large one.
const (
	maxNames  = 200     // lists, and selections, each
	maxWeight = 100_000 // parts of selections and their words, after all names were put in
)

// A namedList is one of lists.
type namedList struct {
	words      []string
	used, done bool
	open       bool // while it is resolved
	items      []listed
}

// A namedSelection is one of selections.
type namedSelection struct {
	yaml       selectionYAML
	used, done bool
	open       bool // while it is resolved
	value      Selection
	weight     int
}

// A listed is a word of a list and where it is written, which may be in a named list.
type listed struct{ text, path string }

var nameText = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// names collects the names of a file, lists and selections, before any rule is read.
func (p *parser) names(y *fileYAML) {
	p.lists = make(map[string]*namedList)
	p.selections = make(map[string]*namedSelection)
	for _, n := range slices.Sorted(maps.Keys(y.Lists)) {
		p.lists[n] = &namedList{words: y.Lists[n]}
		p.named("lists", n, len(y.Lists[n]) == 0)
	}
	for _, n := range slices.Sorted(maps.Keys(y.Selections)) {
		p.selections[n] = &namedSelection{yaml: y.Selections[n]}
		p.named("selections", n, false)
		if p.lists[n] != nil {
			p.failKey(yamlpos.Join("selections", n), "a list has the name %q too", n)
		}
	}
	if n := len(p.lists); n > maxNames {
		p.fail("lists", "%d lists, want at most %d in a file", n, maxNames)
	}
	if n := len(p.selections); n > maxNames {
		p.fail("selections", "%d selections, want at most %d in a file", n, maxNames)
	}
}

// named checks a name and that it stands for something.
func (p *parser) named(kind, name string, empty bool) {
	path := yamlpos.Join(kind, name)
	switch {
	case !nameText.MatchString(name):
		p.failKey(path, "want a name of at most 64 lower-case letters, digits, _ and -, got %.80q", name)
	case empty && p.readable(path):
		p.fail(path, "the list is empty")
	}
}

// unused finds names that stand for nothing that is read, mostly because they are misspelt elsewhere.
func (p *parser) unused() {
	for _, n := range slices.Sorted(maps.Keys(p.lists)) {
		if !p.lists[n].used {
			p.failKey(yamlpos.Join("lists", n), "the list is used nowhere, write $%s where its words are wanted", n)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(p.selections)) {
		if s := p.selections[n]; !s.used {
			p.failKey(yamlpos.Join("selections", n), "the selection is used nowhere, write use: %s where it is wanted", n)
			p.resolve(n) // for its own faults
		}
	}
}

// expand returns the words of a list with the named ones put in. single says that the one word
// stands at path itself.
func (p *parser) expand(path string, words []string, single bool) (out []listed) {
	for i, w := range words {
		at := at(path, i)
		if single {
			at = path
		}
		name, named := strings.CutPrefix(w, "$")
		switch {
		case !p.readable(at):
		case !named:
			out = append(out, listed{w, at})
		case strings.HasPrefix(name, "$"):
			out = append(out, listed{name, at})
		default:
			out = append(out, p.list(at, name)...)
		}
		if p.heavy(at, len(out)) {
			return nil
		}
	}
	p.weight += len(out)
	return out
}

// list returns the words of a named list for a use of it at path.
func (p *parser) list(path, name string) []listed {
	l := p.lists[name]
	switch {
	case l == nil && p.full():
		return nil
	case l == nil && p.selections[name] != nil:
		p.fail(path, "%q is a selection, not a list: write use: %s in a selection", name, name)
		return nil
	case l == nil:
		p.fail(path, "no list %.64q in the file%s (a text that begins with $ is written with $$)", name, suggest(name, slices.Sorted(maps.Keys(p.lists))))
		return nil
	case l.open:
		p.fail(path, "list %q contains itself", name)
		return nil
	}
	l.used = true
	if !l.done {
		l.open = true
		l.items = p.expand(yamlpos.Join("lists", name), l.words, false)
		l.open, l.done = false, true
	}
	return l.items
}

// use returns the selections of that name, for a use of them at path.
func (p *parser) use(path string, w *wordsYAML) (out []Selection) {
	for _, n := range p.expand(path, w.words, w.single) {
		s := p.selections[n.text]
		switch {
		case s == nil && p.full():
		case s == nil && p.lists[n.text] != nil:
			p.fail(n.path, "%q is a list, not a selection: write $%s in a list", n.text, n.text)
		case s == nil:
			p.fail(n.path, "no selection %.64q in the file%s", n.text, suggest(n.text, slices.Sorted(maps.Keys(p.selections))))
		case s.open:
			p.fail(n.path, "selection %q contains itself", n.text)
		default:
			s.used = true
			p.resolve(n.text)
			p.weight += s.weight
			out = append(out, s.value)
		}
		if p.heavy(n.path, 0) {
			return nil
		}
	}
	return out
}

// resolve converts a named selection, once.
func (p *parser) resolve(name string) {
	s := p.selections[name]
	if s.done {
		return
	}
	s.open = true
	before := p.weight
	path := yamlpos.Join("selections", name)
	s.value = p.needed(path, &s.yaml)
	s.weight = p.weight - before
	s.open, s.done = false, true
}

// heavy reports, and says once, that names put in too much.
func (p *parser) heavy(path string, more int) bool {
	if p.weight+more <= maxWeight {
		return false
	}
	if !p.overweight {
		p.overweight = true
		p.fail(path, "with all names put in, the selections of the file have more than %d words", maxWeight)
	}
	return true
}
