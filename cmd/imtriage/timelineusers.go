package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/report/timeline"
)

// someSeen is how many users are named to one who asked for another.
const someSeen = 10

// missing is the error of users whom no record names. It shows users as the redactor does.
func missing(users []string, c *timeline.Collector, r *redact.Redactor) error {
	seen, more := c.Seen()
	var ids, shown []string
	for _, u := range seen {
		ids = append(ids, u.ID)
		if len(shown) < someSeen {
			shown = append(shown, fmt.Sprintf("%s (%d)", r.User(u.ID), u.Count))
		}
	}
	list := "none"
	if len(shown) > 0 {
		list = strings.Join(shown, ", ")
	}
	if rest := len(seen) - len(shown); rest > 0 || more {
		atLeast := ""
		if more {
			atLeast = "at least "
		}
		list += fmt.Sprintf(" and %s%d more", atLeast, rest)
	}
	var hints []string
	if near := yamlpos.DidYouMean(users[0], ids); near != "" {
		hints = append(hints, fmt.Sprintf("did you mean %s?", r.User(near)))
	}
	if slices.ContainsFunc(ids, func(id string) bool { return r.User(id) != id }) {
		hints = append(hints, "--user takes these pseudonyms too, --reveal user shows the UserIDs")
	}
	subject := "user " + strings.Join(users, ", ") + " does"
	if len(users) > 1 {
		subject = "users " + strings.Join(users, ", ") + " do"
	}
	return usage(strings.Join(hints, " "), "%s not appear; seen: %s", subject, list)
}
