package catalog

import (
	"encoding/json"
	"io"
	"slices"
)

// An entryJSON is the form of an entry in the export, whose field names users rely on. Every list
// is written, an empty one too.
type entryJSON struct {
	Code          int      `json:"code"`
	Last          int      `json:"last"`
	Family        Family   `json:"family"`
	Section       string   `json:"section"`
	Category      string   `json:"category"`
	Topic         Topic    `json:"topic"`
	Class         Class    `json:"class"`
	Symbols       []string `json:"symbols"`
	Retry         Retry    `json:"retry"`
	Title         Text     `json:"title"`
	Meaning       Text     `json:"meaning"`
	Cause         Text     `json:"cause"`
	Fix           Text     `json:"fix"`
	Limits        []Limit  `json:"limits"`
	Links         []string `json:"links"`
	Related       []int    `json:"related"` // causes and symptoms, ascending
	History       []Change `json:"history"`
	InBase        bool     `json:"in_base"`
	Sources       []string `json:"sources"`
	Also          []Family `json:"also"`
	Causes        []int    `json:"causes"`
	Symptoms      []int    `json:"symptoms"`
	SelfHeals     bool     `json:"self_heals"`
	AskVendor     bool     `json:"ask_vendor"`
	ResultUnknown bool     `json:"result_unknown"`
}

// Export writes entries as a JSON array, in the order given; nil stands for the whole catalog.
func (c *Catalog) Export(w io.Writer, entries []*Entry) error {
	if entries == nil {
		entries = c.entries
	}
	wire := make([]entryJSON, len(entries))
	for i, e := range entries {
		wire[i] = entryJSON{
			Code: e.Code, Last: e.Last, Family: e.Family, Section: e.Section, Category: e.Category(),
			Topic: e.Topic, Class: e.Class, Symbols: full(e.Symbols), Retry: e.Retry,
			Title: e.Title(), Meaning: e.Meaning(), Cause: e.Cause(), Fix: e.Fix(),
			Limits: full(e.Limits), Links: full(e.Links), Related: e.Related(), History: full(e.History),
			InBase: e.InBase, Sources: full(e.Sources), Also: full(e.Also),
			Causes: full(e.Causes), Symptoms: full(e.Symptoms),
			SelfHeals: e.SelfHeals, AskVendor: e.AskVendor, ResultUnknown: e.ResultUnknown,
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(wire)
}

// full returns a list that JSON does not write as null.
func full[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// Related returns the causes and the symptoms, ascending, each once; never nil.
func (e *Entry) Related() []int {
	l := slices.Concat([]int{}, e.Causes, e.Symptoms)
	slices.Sort(l)
	return slices.Compact(full(l))
}
