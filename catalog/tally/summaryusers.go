package tally

import (
	"encoding/hex"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
)

// A hit says whom a code hit, in how many findings.
type hit struct {
	users *users
	count int64
}

// hits are the users of every code that is kept apart: copies, since the tally may count on.
type hits struct {
	sets     map[Key]hit
	limit    int
	redactor *redact.Redactor
}

// UsersOf returns how many distinct users the given codes hit together, and whether the number
// is an estimate. It is never above the findings of these codes. Codes that were not found count
// nobody.
func (s *Summary) UsersOf(keys ...Key) (n int, approx bool) {
	if s.hits == nil {
		// Without the sets of users only the largest number is certain.
		for _, c := range slices.Concat(s.Codes, s.Unknown) {
			if c.Users > n && slices.Contains(keys, Key{c.Family, c.Code}) {
				n, approx = c.Users, c.UsersApprox
			}
		}
		return n, approx || len(keys) > 1
	}
	u, findings := s.hits.union(keys)
	return u.count(findings)
}

// union joins the users of the given codes, and adds up the findings of each code once. The users are to be read
// only: those of a single code are not copied.
func (h *hits) union(keys []Key) (u *users, findings int64) {
	joined := 0
	for i, k := range keys {
		set, ok := h.sets[k]
		if !ok || slices.Contains(keys[:i], k) {
			continue
		}
		switch joined++; joined {
		case 1:
			u = set.users
		case 2:
			u = u.clone()
			fallthrough
		default:
			u.merge(set.users)
		}
		findings += set.count
	}
	if u == nil {
		u = &users{limit: h.limit}
	}
	return u, findings
}

// TopUser returns in how many findings of the given codes the user stands whom most of them name,
// and how many findings name any user. It is not exact, and says nothing, beyond 1,024 users or
// for a summary that does not come from a tally.
func (s *Summary) TopUser(keys ...Key) (top, named int64, exact bool) {
	if s.hits == nil {
		return 0, 0, false
	}
	u, _ := s.hits.union(keys)
	if u.sketch != nil {
		return 0, 0, false
	}
	for _, c := range u.table {
		top, named = max(top, c.n), named+c.n
	}
	return top, named, true
}

// A Meeting says what of a code comes from users whom other codes hit as well.
type Meeting struct {
	Named int64 // findings of the code that name a user
	Met   int64 // of those, the ones whose user met the others too
	Users int   // of the code
	Both  int   // of those, the ones who met the others too
}

// Met compares the users of a code with those of others. It is not exact, and says nothing, if the code
// or all others together have more than 1,024 users, or for a summary that does not come from a tally.
func (s *Summary) Met(code Key, others ...Key) (m Meeting, exact bool) {
	if s.hits == nil {
		return m, false
	}
	by, _ := s.hits.union(others)
	set, found := s.hits.sets[code]
	if by.sketch != nil || found && set.users.sketch != nil {
		return m, false
	}
	if !found {
		return m, true
	}
	for _, c := range set.users.table {
		if c.key == 0 {
			continue
		}
		m.Named += c.n
		m.Users++
		if by.of(c.key) > 0 {
			m.Met += c.n
			m.Both++
		}
	}
	return m, true
}

// Hit reports whether any of the given codes hit the user whom a sample names; false where that is not known. A
// sample shows a pseudonym, so one user in some billions is taken for another one.
func (s *Summary) Hit(sample *Sample, keys ...Key) bool {
	name := sample.Fields.Get(KeyUser)
	if s.hits == nil || name == "" {
		return false
	}
	u, _ := s.hits.union(keys)
	halves := []uint32{uint32(userKey(s.hits.redactor.UserKey(name)) >> 32)}
	if text, ok := strings.CutPrefix(name, string(redact.User)+"-"); ok {
		if b, err := hex.DecodeString(text); err == nil && len(b) == 4 {
			halves = append(halves, uint32(b[0])<<24|uint32(b[1])<<16|uint32(b[2])<<8|uint32(b[3]))
		}
	}
	return slices.ContainsFunc(u.table, func(c userCount) bool { return c.key != 0 && slices.Contains(halves, uint32(c.key>>32)) })
}
