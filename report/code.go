package report

import (
	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A Code is what was found of one code, with the catalog's words for it.
type Code struct {
	tally.Code
	Known   bool
	Symbol  string // preferred constant name, or ""
	Title   string
	Meaning string
	Cause   string // "" where nobody knows
	Fix     string // "" where the catalog has no advice for this very code
	Retry   catalog.Retry
	Links   []string

	Verdict int  // 1-based number of the verdict that names or explains it, 0 for none
	Symptom bool // the verdict explains it: it goes away with the cause
}

// Key returns family and number.
func (c *Code) Key() tally.Key { return tally.Key{Family: c.Family, Code: c.Code.Code} }

func newCodes(list []tally.Code, l catalog.Lang) []Code {
	var out []Code
	for _, c := range list {
		code := Code{Code: c, Retry: catalog.RetryUnknown, Title: wordUnknown.In(l)}
		if e := c.Entry; e != nil {
			code.Known = true
			code.Symbol = e.Symbol()
			code.Title, code.Meaning = e.Title().In(l), e.Meaning().In(l)
			code.Cause, code.Fix = e.Cause().In(l), e.Fix().In(l)
			code.Retry, code.Links = e.Retry, e.Links
		}
		out = append(out, code)
	}
	return out
}

// A Mark counts one event without a code.
type Mark struct {
	tally.MarkCount
	Title string
	// Trouble is set where the event is a failure; unset for logins, connections and for events
	// that a user's extractor names.
	Trouble bool
}

func newMark(m tally.MarkCount, l catalog.Lang) Mark {
	out := Mark{MarkCount: m, Title: m.Event}
	if e, ok := tally.EventNamed(m.Event); ok {
		out.Title, out.Trouble = e.Title.In(l), e.Trouble
	}
	return out
}
