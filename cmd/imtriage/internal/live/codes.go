package live

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// How many codes are remembered, and how many are forgotten at a time when they are too many: those that
// came longest ago. More numbers than that are no codes.
const (
	maxCodeRows = 1024
	forgetCodes = maxCodeRows / 4
)

// maxOfRange bounds the numbers of one block of the catalog that are counted apart for good.
const maxOfRange = 256

// A Label names the counter of a code as metrics have it.
type Label struct{ Code, Class, Category string }

// codes count findings twice: by row, forgetting what came long ago, and by label, for good.
type codes struct {
	rows   map[tally.Key]*code
	totals map[Label]*int64
	blocks map[string]int // numbers counted apart, by category and block
}

// A code is what is known of one code in one family.
type code struct {
	key   tally.Key
	entry *catalog.Entry
	count int64
	total *int64 // of its label
	users int
	last  time.Time // in the log
	came  time.Time
	spark buckets
}

func newCodes() codes {
	return codes{rows: make(map[tally.Key]*code), totals: make(map[Label]*int64), blocks: make(map[string]int)}
}

// announce makes counters for all fatal codes, and for the unknown ones of each family: what counts from 0
// is seen to rise at its first finding.
func (c *codes) announce(of *catalog.Catalog) {
	for _, f := range catalog.Families() {
		c.total(tally.Key{Family: f}, nil)
	}
	for _, e := range of.Entries() {
		if e.Class == catalog.Fatal {
			for n := e.Code; n <= min(e.Last, e.Code+maxOfRange-1); n++ {
				c.total(tally.Key{Family: e.Family, Code: n}, e)
			}
		}
	}
}

// total returns the counter of a code.
func (c *codes) total(k tally.Key, e *catalog.Entry) *int64 {
	l := Label{"unknown", catalog.Error.String(), string(k.Family) + "/unknown"}
	if e != nil {
		l = Label{strconv.Itoa(k.Code), e.Class.String(), e.Category()}
		if e.IsRange() && c.totals[l] == nil {
			block := strconv.Itoa(e.Code) + ".." + strconv.Itoa(e.Last)
			if c.blocks[l.Category+" "+block] >= maxOfRange {
				l.Code = block
			} else {
				c.blocks[l.Category+" "+block]++
			}
		}
	}
	n := c.totals[l]
	if n == nil {
		n = new(int64)
		c.totals[l] = n
	}
	return n
}

// row returns the row of a code, a new one if need be.
func (c *codes) row(k tally.Key, e *catalog.Entry, now time.Time) *code {
	r := c.rows[k]
	if r != nil && r.entry == e {
		return r
	}
	total := c.total(k, e)
	if r != nil { // the catalog was changed
		r.entry, r.total = e, total
		return r
	}
	if len(c.rows) >= maxCodeRows {
		c.forget()
	}
	k.Family = catalog.Family(strings.Clone(string(k.Family)))
	r = &code{key: k, entry: e, total: total, came: now, spark: buckets{step: SparkStep}}
	if e != nil && !e.IsRange() {
		r.count = *total // it may have been forgotten
	}
	c.rows[k] = r
	return r
}

func (c *codes) forget() {
	old := make([]*code, 0, len(c.rows))
	for _, r := range c.rows {
		old = append(old, r)
	}
	slices.SortFunc(old, func(a, b *code) int { return cmp.Or(a.came.Compare(b.came), compareRows(a, b)) })
	for _, r := range old[:forgetCodes] {
		delete(c.rows, r.key)
	}
}

func compareRows(a, b *code) int {
	return cmp.Or(cmp.Compare(a.key.Code, b.key.Code), cmp.Compare(a.key.Family, b.key.Family))
}

func (c *codes) add(f *tally.Finding, now time.Time) {
	r := c.row(tally.Key{Family: f.Family, Code: f.Code}, f.Entry, now)
	r.count++
	*r.total++
	r.came = now
	r.spark.add(now, 1)
	if f.Time.After(r.last) {
		r.last = f.Time
	}
}

func (c *codes) restore(t *tally.Code) {
	r := c.row(tally.Key{Family: t.Family, Code: t.Code}, t.Entry, time.Time{})
	*r.total += t.Count
	r.count, r.last, r.users = t.Count, t.Last, t.Users
}

func (c *codes) countUsers(t *tally.Code) {
	if r := c.rows[tally.Key{Family: t.Family, Code: t.Code}]; r != nil {
		r.users = t.Users
	}
}

// restoreOther counts findings of numbers of which nothing but their count was kept.
func (c *codes) restoreOther(n int64) {
	if n > 0 {
		*c.total(tally.Key{Family: catalog.Server}, nil) += n
	}
}

// recent returns the codes of now: by what came over a Spark, then in all, then by code and family.
func (c *codes) recent(now time.Time) []*code {
	sums := make(map[*code]int64, len(c.rows))
	list := make([]*code, 0, len(c.rows))
	for _, r := range c.rows {
		sums[r] = r.spark.sum(now)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *code) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(b.count, a.count), compareRows(a, b))
	})
	return list
}
