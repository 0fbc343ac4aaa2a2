package catalog

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// valid refuses values that cannot be meant.
func (b *builder) valid(doc *yamlpos.Doc, path string, raw *entryYAML) {
	if b.overlay && raw.Base != nil {
		b.fail(doc, path+".base", "only the catalog itself says which codes are in the source table")
	}
	for i, f := range raw.Also {
		if f == raw.Family || slices.Contains(raw.Also[:i], f) {
			b.fail(doc, fmt.Sprintf("%s.also[%d]", path, i), "%s is named already", f)
		}
	}
	for i, s := range raw.Symbols {
		if s == "" {
			b.fail(doc, fmt.Sprintf("%s.symbols[%d]", path, i), "empty name")
		}
	}
	for i, l := range raw.Limits {
		at := fmt.Sprintf("%s.limits[%d]", path, i)
		if l.Of.IsZero() {
			b.fail(doc, at+".of", "want what is limited, in English or Chinese")
		}
		if l.Min == 0 && l.Max == 0 {
			b.fail(doc, at, "want min or max")
		}
		if l.Max != 0 && l.Max < l.Min {
			b.fail(doc, at+".max", "%v is less than min, %v", l.Max, l.Min)
		}
	}
}

// apply sets what the file gives.
func (raw *entryYAML) apply(e *Entry) {
	e.Class = cmp.Or(raw.Class, e.Class)
	e.Topic = cmp.Or(raw.Topic, e.Topic)
	e.Retry = cmp.Or(raw.Retry, e.Retry)
	e.ResultUnknown = e.ResultUnknown || raw.Result != nil
	set(&e.InBase, raw.Base)
	set(&e.SelfHeals, raw.SelfHeals)
	set(&e.AskVendor, raw.AskVendor)
	replace(&e.Also, raw.Also)
	replace(&e.Symbols, raw.Symbols)
	replace(&e.Causes, numbers(raw.Causes))
	replace(&e.Symptoms, numbers(raw.Symptoms))
	replace(&e.Links, raw.Links)
	replace(&e.Sources, raw.Sources)
	replace(&e.Limits, raw.Limits)
	replace(&e.History, raw.History)
	e.Row = merge(e.Row, raw.Row)
	for p, t := range [parts]Text{raw.Title, raw.Meaning, raw.Cause, raw.Fix} {
		e.prose[p] = merge(e.prose[p], t)
	}
}

func set(to *bool, from *bool) {
	if from != nil {
		*to = *from
	}
}

// replace takes a list that was given, an empty one too.
func replace[T any](to *[]T, from []T) {
	if from != nil {
		*to = from
	}
}

func numbers(codes []codeNumber) []int {
	if codes == nil {
		return nil
	}
	l := make([]int, len(codes))
	for i, c := range codes {
		l[i] = int(c)
	}
	return l
}

// merge replaces the languages that are given.
func merge(old, given Text) Text {
	return Text{EN: cmp.Or(given.EN, old.EN), ZH: cmp.Or(given.ZH, old.ZH)}
}
