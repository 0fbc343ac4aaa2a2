package upstream

import "encoding/json"

type rowJSON struct {
	Line     int      `json:"line"`
	Code     int      `json:"code"`
	Last     int      `json:"last"`
	Family   string   `json:"family"`
	Category string   `json:"category,omitempty"`
	Text     string   `json:"text"`
	Symbols  []string `json:"symbols"`
	Links    []string `json:"links"`
	Reworded *bool    `json:"reworded,omitempty"`
	Missing  []string `json:"missing,omitempty"`
}

type goneJSON struct {
	Code     int    `json:"code"`
	Last     int    `json:"last"`
	Family   string `json:"family"`
	Category string `json:"category"`
	Title    string `json:"title"`
}

type diffJSON struct {
	Added   []rowJSON  `json:"added"`
	Gone    []goneJSON `json:"gone"`
	Changed []rowJSON  `json:"changed"`
	Same    int        `json:"same"`
	Whole   bool       `json:"whole"`
	Judged  []string   `json:"judged"`
}

// MarshalJSON implements [json.Marshaler]: an object with the lists added, gone and changed, and
// the number of rows that say nothing new as same.
func (d *Diff) MarshalJSON() ([]byte, error) {
	out := diffJSON{Added: []rowJSON{}, Gone: []goneJSON{}, Changed: []rowJSON{}, Same: d.Same, Whole: d.Whole, Judged: full(d.Judged)}
	for _, r := range d.Added {
		out.Added = append(out.Added, wire(&r))
	}
	for _, e := range d.Gone {
		out.Gone = append(out.Gone, goneJSON{e.Code, e.Last, string(e.Family), e.Category(), e.Title().EN})
	}
	for _, ch := range d.Changed {
		row := wire(&ch.Row)
		row.Family, row.Category = string(ch.Entry.Family), ch.Entry.Category()
		row.Reworded, row.Missing = &ch.Reworded, ch.Missing
		out.Changed = append(out.Changed, row)
	}
	return json.Marshal(out)
}

func wire(r *Row) rowJSON {
	row := rowJSON{Line: r.Line, Code: r.Code, Last: r.Last, Text: r.Text, Symbols: full(r.Symbols), Links: full(r.Links)}
	if len(r.Families) > 0 {
		row.Family = string(r.Families[0])
	}
	return row
}

// full returns a list that JSON does not write as null.
func full(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}
