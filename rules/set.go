package rules

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the compiled pack
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"
)

// A Set is a list of rules with distinct ids. It does not change once it is made and is safe for
// concurrent use; the zero Set has no rules.
type Set struct {
	rules  []Rule
	places []place // of the rules in users' files, in the same order; nil where all come with the program
}

//go:embed pack.json
var compiled []byte

var builtin = sync.OnceValue(func() *Set {
	s := new(Set)
	if err := json.Unmarshal(compiled, &s.rules); err != nil {
		panic("pack.json: " + err.Error() + ": run go generate ./rules")
	}
	return s
})

// Builtin returns the rules that come with the program, decoded at the first call. All calls
// return the same Set.
func Builtin() *Set { return builtin() }

// Rules returns all rules, those switched off too, in the order of the set, in which a fallback
// goes before the next one. The list is shared: treat it as read-only.
func (s *Set) Rules() []Rule { return slices.Clip(s.rules) }

// Rule returns the rule with an id, or nil. It is shared: treat it as read-only.
func (s *Set) Rule(id string) *Rule {
	for i := range s.rules {
		if s.rules[i].ID == id {
			return &s.rules[i]
		}
	}
	return nil
}

func (s *Set) ids() []string {
	ids := make([]string, len(s.rules))
	for i := range s.rules {
		ids[i] = s.rules[i].ID
	}
	return ids
}

// MarshalJSON implements [json.Marshaler]: the list of rules, compact and always the same for the
// same set.
func (s *Set) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s.Rules()); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Digest returns the SHA-256 of the set in hexadecimal: two sets with the same digest give the
// same verdicts.
func (s *Set) Digest() string {
	data, err := s.MarshalJSON()
	if err != nil {
		panic("rules: a rule does not encode: " + err.Error()) // plain data always does
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
