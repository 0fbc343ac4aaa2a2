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

	// The raw value of the last finding and its count, nil if the cap refused it: neighbours
	// in a log mostly share host and API.
	raw  []byte
	last *int64
}

func (n *names) add(key, raw string, kept *keptNames) {
	if len(n.raw) > 0 && string(n.raw) == raw {
		if n.last != nil {
			*n.last++
		}
		return
	}
	n.last = n.count(kept.name(key, raw))
	if n.last != nil {
		*n.last++
	}
	n.raw = n.raw[:0]
	if len(raw) <= maxRaw {
		n.raw = append(n.raw, raw...)
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
		if p := n.count(kept.name(key, name)); p != nil {
			*p += *c
		}
	}
	n.raw, n.last = n.raw[:0], nil // a refusal stays true, but the last count may have been evicted
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
	m        map[Field]string
}

const (
	maxRaw       = 256  // longer raw values are not remembered
	maxKeptNames = 4096 // then the cache starts anew
)

func (k *keptNames) name(key, raw string) string {
	if name, ok := k.m[Field{key, raw}]; ok {
		return name
	}
	_, fields := settled(k.redactor, "", Fields{{key, raw}}, maxName)
	name := strings.Clone(fields[0].Value)
	if len(raw) > maxRaw {
		return name
	}
	if k.m == nil || len(k.m) >= maxKeptNames {
		k.m = make(map[Field]string)
	}
	k.m[Field{key, strings.Clone(raw)}] = name
	return name
}
