package tally

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/imtriage/imtriage/catalog/redact"
)

// names counts the values of one field, redacted.
type names struct {
	set capped[string, *int64]

	// Raw values of late and their counts, each as near as can be to where its last byte says:
	// neighbours in a log share hosts, and a code comes from few APIs. An evicted count stays a right
	// place to count into, because its name is refused from then on.
	recent [4]recentName
}

// A recentName is a raw value, owned by the tally, and its count, nil if the cap refused it.
type recentName struct {
	raw   string
	count *int64
}

func (n *names) add(key, raw string, kept *keptNames) {
	at := raw[len(raw)-1]
	for i := range byte(len(n.recent)) {
		if r := &n.recent[(at+i)%4]; r.raw == raw {
			if r.count != nil {
				*r.count++
			}
			return
		}
	}
	name, owned := kept.name(key, raw)
	count := n.count(name)
	if count != nil {
		*count++
	}
	if owned != "" {
		first, second := &n.recent[at%4], &n.recent[(at+1)%4]
		*first, *second = recentName{owned, count}, *first
	}
}

// count returns the count of a name that is fit to be kept, or nil if the cap refuses it.
func (n *names) count(name string) *int64 {
	if p := n.set.m[name]; p != nil {
		return p
	}
	rank := xxhash.Sum64String(name)
	if !n.set.admits(name, rank) {
		return nil
	}
	p := new(int64)
	n.set.add(name, rank, p)
	return p
}

// merge adds the counts of o and leaves o alone. Its names may have been kept by another redactor,
// or by none, so they are redacted like raw ones.
func (n *names) merge(key string, o *names, kept *keptNames) {
	for name, c := range o.set.m {
		name, _ = kept.name(key, name)
		if p := n.count(name); p != nil {
			*p += *c
		}
	}
}

// sorted returns the counts by name.
func (n *names) sorted() []NameCount {
	var out []NameCount
	for name, c := range n.set.m {
		out = append(out, NameCount{name, *c})
	}
	slices.SortFunc(out, func(a, b NameCount) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ranked returns the counts by count, then name.
func (n *names) ranked() []NameCount {
	out := n.sorted()
	slices.SortStableFunc(out, func(a, b NameCount) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// keptNames remembers what raw values become when they are kept, because redaction costs more
// than a look-up. It is a cache: bounded, and no part of the tally's state.
type keptNames struct {
	redactor *redact.Redactor
	m        map[Field]keptName
}

// A keptName is a raw value and what it becomes, both in memory of the tally.
type keptName struct{ raw, name string }

const (
	maxRaw       = 256  // longer raw values are not remembered
	maxKeptNames = 4096 // then the cache starts anew
)

// name returns what a raw value becomes, and the raw value itself if it is remembered, else "".
func (k *keptNames) name(key, raw string) (name, owned string) {
	if kept, ok := k.m[Field{key, raw}]; ok {
		return kept.name, kept.raw
	}
	_, fields := settled(k.redactor, "", Fields{{key, raw}}, maxText, maxName)
	name = strings.Clone(fields[0].Value)
	if len(raw) > maxRaw {
		return name, ""
	}
	if k.m == nil || len(k.m) >= maxKeptNames {
		k.m = make(map[Field]keptName)
	}
	owned = strings.Clone(raw)
	k.m[Field{key, owned}] = keptName{owned, name}
	return name, owned
}
