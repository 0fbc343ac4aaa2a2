package upstream

import (
	"slices"

	"github.com/imtriage/imtriage/catalog"
)

// A Diff is what a table says otherwise than the catalog.
type Diff struct {
	Table   *Table
	Added   []Row            // codes that the catalog does not have, by code
	Gone    []*catalog.Entry // codes that an older table had, in the order of the catalog
	Changed []Change         // codes of which the table says something else, by code
	Same    int              // rows that say nothing new

	// Whole is set where the table holds most codes of an older one. Of a piece of a table only the
	// categories of which it has most codes tell what is gone.
	Whole  bool
	Judged []string

	version string // of the catalog
}

// A Change is a code of which a row says what its entry does not.
type Change struct {
	Row
	Entry *catalog.Entry

	// Reworded is set where the words differ from those that the entry was written from. It is not
	// known of a row in a language in which none has been read before.
	Reworded bool

	// Missing are the numbers, identifiers and links of the row that the entry does not have.
	Missing []string
}

// Compare holds a table against the catalog. Rows that say nothing of a code but its number count
// as the same.
func Compare(c *catalog.Catalog, t *Table) *Diff {
	d := &Diff{Table: t, version: c.Version()}
	rows := make(map[*catalog.Entry][]Row)
	var found []*catalog.Entry
	for _, r := range t.Rows {
		e := find(c, &r)
		if e == nil {
			d.Added = append(d.Added, r)
			continue
		}
		if rows[e] == nil {
			found = append(found, e)
		}
		rows[e] = append(rows[e], r)
	}
	for _, e := range found {
		d.judge(e, rows[e])
	}
	slices.SortStableFunc(d.Added, func(a, b Row) int { return a.Code - b.Code })
	slices.SortStableFunc(d.Changed, func(a, b Change) int { return a.Code - b.Code })
	// A table may say in one row what the catalog keeps apart by family.
	named := make(map[[2]int]bool)
	for _, r := range t.Rows {
		named[[2]int{r.Code, r.Last}] = true
	}
	d.gone(c, func(e *catalog.Entry) bool { return named[[2]int{e.Code, e.Last}] })
	return d
}

// judge compares an entry with its rows. Where a code stands twice in a table, one row that the
// entry was written from is enough.
func (d *Diff) judge(e *catalog.Entry, rows []Row) {
	var changes []Change
	for _, r := range rows {
		ch := Change{Row: r, Entry: e}
		old := written(e, langOf(r.Text))
		switch {
		case r.Text == "":
		case old == Digest(r.Text):
			ch.Missing = newLinks(&r, e)
		default:
			ch.Reworded = old != ""
			ch.Missing = unknown(&r, e)
		}
		if !ch.Reworded && len(ch.Missing) == 0 {
			d.Same += len(rows)
			return
		}
		changes = append(changes, ch)
	}
	d.Changed = append(d.Changed, changes...)
}

// native are the families that the vendor's main table mixes.
func native(f catalog.Family) bool {
	return f == catalog.SDK || f == catalog.Server || f == catalog.V3
}

// find returns the entry that a row is about, or nil. A single code that only a block covers has
// no entry yet.
func find(c *catalog.Catalog, r *Row) (best *catalog.Entry) {
	rank := func(e *catalog.Entry) int {
		switch {
		case e == nil || e.Code != r.Code || e.Last != r.Last:
			return 0
		case len(r.Families) == 0 && e.InBase:
			return 2
		case len(r.Families) == 0:
			return 1
		case slices.Contains(r.Families, e.Family):
			return 4
		case slices.ContainsFunc(e.Also, func(f catalog.Family) bool { return slices.Contains(r.Families, f) }):
			return 3
		case native(e.Family) && slices.ContainsFunc(r.Families, native):
			return 2
		}
		return 0
	}
	for _, e := range c.Find(r.Code) {
		if rank(e) > rank(best) {
			best = e
		}
	}
	return best
}

// likeWhole is the share of codes in common from which a table is a whole one.
const likeWhole = 0.5

// gone looks for codes that the table does not have any more. What it should have is what the
// document had that shares most codes with it: the catalog holds several generations of tables,
// and what a newer one added cannot be missing in a copy of the older.
func (d *Diff) gone(c *catalog.Catalog, has func(*catalog.Entry) bool) {
	var old []*catalog.Entry
	shared, share := 0, 0.0
	for _, s := range c.Sources() {
		list := slices.DeleteFunc(slices.Clone(c.Entries()), func(e *catalog.Entry) bool { return !slices.Contains(e.Sources, s.ID) })
		both := count(list, has)
		alike := float64(both) / float64(len(list)+len(d.Table.Rows)-both)
		// Of two with as many, a whole table is like one of them; a piece belongs to the larger.
		better := alike > share
		if max(alike, share) < likeWhole {
			better = len(list) > len(old)
		}
		if both > shared || both == shared && both > 0 && better {
			old, shared, share = list, both, alike
		}
	}
	d.Whole = share >= likeWhole
	codes, found := make(map[string]int), make(map[string]int) // by category
	for _, e := range old {
		codes[e.Category()]++
		if has(e) {
			found[e.Category()]++
		}
	}
	for category, n := range found {
		if 2*n >= codes[category] {
			d.Judged = append(d.Judged, category)
		}
	}
	slices.Sort(d.Judged)
	d.Gone = slices.DeleteFunc(old, func(e *catalog.Entry) bool {
		return has(e) || !d.Whole && !slices.Contains(d.Judged, e.Category())
	})
}

func count(list []*catalog.Entry, is func(*catalog.Entry) bool) (n int) {
	for _, e := range list {
		if is(e) {
			n++
		}
	}
	return n
}
