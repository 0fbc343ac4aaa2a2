package report

import "github.com/imtriage/imtriage/catalog"

// A paint writes terminal styles, or nothing at all where it is false.
type paint bool

func (p paint) in(sgr, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string { return p.in("1", s) }
func (p paint) dim(s string) string  { return p.in("2", s) }
func (p paint) good(s string) string { return p.in("32", s) }

// class paints in the colour of a class.
func (p paint) class(c catalog.Class, s string) string {
	switch c {
	case catalog.Fatal:
		return p.in("1;31", s)
	case catalog.Error:
		return p.in("31", s)
	case catalog.Warning:
		return p.in("33", s)
	}
	return p.in("36", s)
}
