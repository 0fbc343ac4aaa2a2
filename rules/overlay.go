package rules

import (
	"slices"
	"time"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A place says where in users' files a rule stands, for what is found out about it later. The zero
// place is that of a rule of the pack.
type place struct {
	rule position // of the rule itself
	off  position // of what switched it off
}

// A position is a value in a file.
type position struct {
	doc  *yamlpos.Doc
	path string
}

// Overlay is [Set.OverlayIn] without an environment.
func (s *Set) Overlay(files ...*File) (*Set, error) { return s.OverlayIn("", files...) }

// OverlayIn returns a set with the rules of the files on top of this one, as they hold in an
// environment; s stays as it is.
//
// A rule with the id of an existing one replaces it as a whole, in its place. One that holds only
// id, disabled and reason switches the existing one off, which must be there. New rules go to the
// front, so that a team's fallbacks win, and those of a later file before those of an earlier
// one. After the rules of a file come its overrides, in order, those for other environments left
// out. The error is of type [yamlpos.Errors].
func (s *Set) OverlayIn(env string, files ...*File) (*Set, error) {
	out := s.clone()
	var errs yamlpos.Errors
	for _, f := range files {
		added := new(Set)
		for i, r := range f.Rules {
			at := f.position(i)
			old := out.index(r.ID)
			switch {
			case r.Disabled && r.picksNothing() && old < 0:
				errs = append(errs, at.errorf("id", "no rule %q to switch off%s", r.ID, suggest(r.ID, out.ids())))
			case r.Disabled && r.picksNothing():
				out.rules[old].Disabled, out.rules[old].Reason, out.rules[old].Until = true, r.Reason, r.Until
				out.places[old].off = at
			case old >= 0:
				out.rules[old], out.places[old] = r, place{at, at}
			default:
				added.rules, added.places = append(added.rules, r), append(added.places, place{at, at})
			}
		}
		out.rules, out.places = slices.Concat(added.rules, out.rules), slices.Concat(added.places, out.places)
		for i := range f.Overrides {
			errs = append(errs, out.override(env, &f.Overrides[i], f.doc)...)
		}
	}
	errs = append(errs, out.supersessions()...)
	if err := errs.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// supersessions finds users' rules that supersede what is not there.
func (s *Set) supersessions() (errs yamlpos.Errors) {
	for i := range s.rules {
		p := s.places[i].rule
		if p.doc == nil {
			continue
		}
		for k, id := range s.rules[i].Supersedes {
			if s.index(id) < 0 {
				errs = append(errs, p.errorf(at("supersedes", k), "no rule %q to supersede%s", id, suggest(id, s.ids())))
			}
		}
	}
	return errs
}

// clone returns a set whose rules can be changed, but for what they point to.
func (s *Set) clone() *Set {
	out := &Set{rules: slices.Clone(s.rules), places: slices.Clone(s.places)}
	if out.places == nil {
		out.places = make([]place, len(out.rules))
	}
	return out
}

// index returns where the rule with an id stands, or -1.
func (s *Set) index(id string) int {
	return slices.IndexFunc(s.rules, func(r Rule) bool { return r.ID == id })
}

// errorf returns a fault of the value itself, or of a part of it.
func (p position) errorf(part, format string, args ...any) yamlpos.Error {
	if part != "" && p.path != "" {
		part = "." + part
	}
	return p.doc.Errorf(p.path+part, format, args...)
}

// At returns the set as it holds at an instant: rules whose day has come are no longer switched off.
// It is s itself if there are none.
func (s *Set) At(now time.Time) *Set {
	over := func(r Rule) bool { return r.Disabled && !r.Until.IsZero() && !now.Before(r.Until) }
	if !slices.ContainsFunc(s.rules, over) {
		return s
	}
	out := s.clone()
	for i := range out.rules {
		if r := &out.rules[i]; over(*r) {
			r.Disabled, r.Reason, r.Until = false, "", time.Time{}
		}
	}
	return out
}
