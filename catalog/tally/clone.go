package tally

import (
	"slices"
	"strings"
)

// Clone returns a finding that shares no memory with f but its Entry, which is the catalog's.
func (f *Finding) Clone() *Finding {
	f.Complete()
	c := *f
	c.Source, c.Level = strings.Clone(f.Source), strings.Clone(f.Level)
	c.Extractor, c.Text = strings.Clone(f.Extractor), strings.Clone(f.Text)
	c.Alternatives = slices.Clone(f.Alternatives)
	c.Fields = f.Fields.clone()
	return &c
}

// Clone returns a mark that shares no memory with m.
func (m *Mark) Clone() *Mark {
	m.Complete()
	c := *m
	c.Source, c.Event, c.Level = strings.Clone(m.Source), strings.Clone(m.Event), strings.Clone(m.Level)
	c.Extractor, c.Text = strings.Clone(m.Extractor), strings.Clone(m.Text)
	c.Fields = m.Fields.clone()
	return &c
}

func (f Fields) clone() Fields {
	c := slices.Clone(f)
	for i := range c {
		c[i].Key, c[i].Value = strings.Clone(c[i].Key), strings.Clone(c[i].Value)
	}
	return c
}
