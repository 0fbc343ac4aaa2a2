package tally

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/imtriage/imtriage/catalog"
)

func (k Key) compare(o Key) int {
	return cmp.Or(strings.Compare(string(k.Family), string(o.Family)), cmp.Compare(k.Code, o.Code))
}

// rank decides which numbers stay in the pool: XXH64 of family/number.
func (k Key) rank() uint64 {
	var buf [64]byte
	b := append(buf[:0], k.Family...)
	b = append(b, '/')
	return xxhash.Sum64(strconv.AppendInt(b, int64(k.Code), 10))
}

// A code is the state of one key.
type code struct {
	key   Key
	count int64
	span  span
	users users
	hist  histogram

	hosts, apis, versions names
	samples               samples
	alternatives          []catalog.Family // sorted
}

func newCode(k Key, c caps, samplesKept int) *code {
	out := &code{key: k}
	out.users.limit = c.users
	out.hist.limit = c.buckets
	for _, n := range []*names{&out.hosts, &out.apis, &out.versions} {
		n.set = newCapped[*int64](c.names)
	}
	out.samples.k = samplesKept
	return out
}

// add counts a finding whose source is kept as the given string.
func (c *code) add(f *Finding, source string, kept *keptNames) {
	ns := stamp(f.Time)
	c.count++
	c.span.add(ns)
	c.hist.add(ns)
	for i := range f.Fields {
		v := f.Fields[i].Value
		if v == "" {
			continue
		}
		switch f.Fields[i].Key {
		case KeyUser:
			c.users.add(userKey(kept.redactor.UserKey(v)), 1)
		case KeyHost:
			c.hosts.add(KeyHost, v, kept)
		case KeyAPI:
			c.apis.add(KeyAPI, v, kept)
		case KeyVersion:
			c.versions.add(KeyVersion, v, kept)
		}
	}
	for _, a := range f.Alternatives {
		c.alternative(a)
	}
	c.samples.add(ns, source, f)
}

func (c *code) alternative(f catalog.Family) {
	if slices.Contains(c.alternatives, f) { // they are few, and nearly always seen before
		return
	}
	if at, found := slices.BinarySearch(c.alternatives, f); !found {
		c.alternatives = slices.Insert(c.alternatives, at, catalog.Family(strings.Clone(string(f))))
	}
}

// merge adds o and leaves it alone.
func (c *code) merge(o *code, kept *keptNames) {
	c.count += o.count
	c.span.merge(o.span)
	c.hist.merge(&o.hist)
	c.users.merge(&o.users)
	c.hosts.merge(KeyHost, &o.hosts, kept)
	c.apis.merge(KeyAPI, &o.apis, kept)
	c.versions.merge(KeyVersion, &o.versions, kept)
	c.samples.merge(&o.samples)
	for _, a := range o.alternatives {
		c.alternative(a)
	}
}
