package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// A Catalog is a set of entries. It does not change once it is made, and is safe for concurrent
// use. What its methods return is shared: treat it as read-only.
type Catalog struct {
	entries  []*Entry // by family in the order of Families, code, last
	sections []Section
	sources  []Source
	origins  map[senseKey]origin // of the entries that came from YAML
	official bool                // the embedded catalog itself, without an overlay

	senses  map[int][]*Entry // of every number that has a single-code entry, ranges included
	ranges  []*Entry         // in the order of Find
	blocks  []block          // what the ranges cover, merged and ascending
	symbols map[string][]*Entry

	digest func() string
	index  func() []document // for Search
}

// A Section is a part of a family, such as server/account.
type Section struct {
	Family Family
	Name   string
	Title  Text
}

// A senseKey names one entry; a family may have a block and its first number apart.
type senseKey struct {
	family     Family
	code, last int
}

func (e *Entry) key() senseKey { return senseKey{e.Family, e.Code, e.Last} }

// An origin says where the YAML of an entry stands; the last overlay that names it wins.
type origin struct {
	doc  *yamlpos.Doc
	path string
}

type block struct{ first, last int }

// familyRank is the place of each family in the order of precedence.
var familyRank = func() map[Family]int {
	rank := make(map[Family]int)
	for i, f := range Families() {
		rank[f] = i
	}
	return rank
}()

// newCatalog sorts and indexes; it keeps the slices.
func newCatalog(entries []*Entry, sections []Section, sources []Source) *Catalog {
	slices.SortFunc(entries, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(familyRank[a.Family], familyRank[b.Family]), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Last, b.Last))
	})
	slices.SortFunc(sections, func(a, b Section) int {
		return cmp.Or(cmp.Compare(familyRank[a.Family], familyRank[b.Family]), cmp.Compare(a.Name, b.Name))
	})
	c := &Catalog{entries: entries, sections: sections, sources: sources}
	c.indexCodes()
	c.indexSymbols()
	c.digest = sync.OnceValue(func() string {
		data, _ := c.MarshalBinary()
		sum := sha256.Sum256(data)
		return hex.EncodeToString(sum[:])
	})
	c.index = sync.OnceValue(c.documents)
	return c
}

func (c *Catalog) indexCodes() {
	single := make([]*Entry, 0, len(c.entries))
	for _, e := range c.entries {
		if e.IsRange() {
			c.ranges = append(c.ranges, e)
		} else {
			single = append(single, e)
		}
	}
	// Of two blocks of a family the narrower one says more.
	slices.SortStableFunc(c.ranges, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(familyRank[a.Family], familyRank[b.Family]), cmp.Compare(a.Last-a.Code, b.Last-b.Code))
	})
	byFirst := slices.SortedFunc(slices.Values(c.ranges), func(a, b *Entry) int { return cmp.Compare(a.Code, b.Code) })
	for _, e := range byFirst {
		if n := len(c.blocks); n > 0 && e.Code <= c.blocks[n-1].last {
			c.blocks[n-1].last = max(c.blocks[n-1].last, e.Last)
		} else {
			c.blocks = append(c.blocks, block{e.Code, e.Last})
		}
	}
	slices.SortStableFunc(single, func(a, b *Entry) int { return cmp.Compare(a.Code, b.Code) })
	c.senses = make(map[int][]*Entry, len(single))
	for first, i := 0, 1; i <= len(single); i++ {
		if i == len(single) || single[i].Code != single[first].Code {
			code := single[first].Code
			senses := single[first:i:i] // appending must not overwrite the next code's
			if c.inBlock(code) {
				senses = append(senses, c.covering(code)...)
			}
			c.senses[code] = senses
			first = i
		}
	}
}

func (c *Catalog) indexSymbols() {
	c.symbols = make(map[string][]*Entry, len(c.entries))
	for _, e := range c.entries {
		for _, s := range e.Symbols {
			s = strings.ToUpper(s)
			if known := c.symbols[s]; !slices.Contains(known, e) {
				c.symbols[s] = append(known, e)
			}
		}
	}
}

// covering returns the ranges that hold a code.
func (c *Catalog) covering(code int) (found []*Entry) {
	for _, e := range c.ranges {
		if e.Covers(code) {
			found = append(found, e)
		}
	}
	return found
}

func (c *Catalog) inBlock(code int) bool {
	for _, b := range c.blocks {
		if code <= b.last {
			return code >= b.first
		}
	}
	return false
}

// Known reports whether any entry stands for the number. It does not allocate.
func (c *Catalog) Known(code int) bool {
	_, ok := c.senses[code]
	return ok || c.inBlock(code)
}

// Find returns every sense of a number: single codes before ranges, and among each the families
// in the order of [Families].
func (c *Catalog) Find(code int) []*Entry {
	if senses := c.senses[code]; senses != nil {
		return senses
	}
	if !c.inBlock(code) {
		return nil
	}
	return c.covering(code)
}
