package scanner

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// merge lays packs on top of a base without changing it.
func merge(base Pack, packs []Pack) Pack {
	all := Pack{slices.Clone(base.Evidence), slices.Clone(base.Extractors), slices.Clone(base.Fields)}
	for _, p := range packs {
		for _, e := range p.Evidence {
			i := slices.IndexFunc(all.Evidence, func(o Evidence) bool { return o.Name == e.Name })
			if i < 0 {
				all.Evidence = append(all.Evidence, e)
				continue
			}
			all.Evidence[i].Words = slices.Concat(all.Evidence[i].Words, e.Words)
		}
		var own []Spec
		for _, s := range p.Extractors {
			i := slices.IndexFunc(all.Extractors, func(o Spec) bool { return o.Name == s.Name })
			if i < 0 {
				own = append(own, s)
				continue
			}
			all.Extractors[i] = s
		}
		// A team's own specs rank before the built-in ones: it knows its logs.
		all.Extractors = slices.Concat(own, all.Extractors)
		all.Fields = append(slices.Clone(p.Fields), all.Fields...)
	}
	return all
}

// digest identifies a pack by its content; samples do not count.
func digest(p Pack) string {
	b, err := json.Marshal(p)
	if err != nil {
		panic("scanner: a pack is plain data: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
