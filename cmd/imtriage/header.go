package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/tally"
)

// counting is what decides, beside catalog, rules and extractors, how a run counts. Its JSON is
// hashed, so that its names and their order are part of the form of a partial.
type counting struct {
	Since      string   `json:"since"` // a span as typed, so that hosts may start at different times
	Until      string   `json:"until"`
	Codes      []string `json:"codes"`
	Classes    []string `json:"classes"`
	Categories []string `json:"categories"`
	Topics     []string `json:"topics"`
	Families   []string `json:"families"`
	Users      []string `json:"users"`
	APIs       []string `json:"apis"`
	Hosts      []string `json:"hosts"`
	Sources    []string `json:"sources"`
	Grep       string   `json:"grep"`
	Samples    int      `json:"samples"`
	Redactor   string   `json:"redactor"`
	TZ         string   `json:"tz"`
	Date       string   `json:"date"`
	Last       string   `json:"last,omitempty"`
	HostFrom   string   `json:"host_from,omitempty"`
}

// header identifies what decides how the run counts.
func (p *plan) header(o *options) (tally.Header, error) {
	f := &o.filterFlags
	// Any of a list passes, so that its order says nothing.
	set := func(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
	data, err := json.Marshal(counting{
		Since: canonicalTime(f.since, p.zone), Until: canonicalTime(f.until, p.zone),
		Codes: set(f.codes), Classes: set(f.classes), Categories: set(f.categories), Topics: set(f.topics), Families: set(f.families),
		Users: set(f.users), APIs: set(f.apis), Hosts: set(f.hosts), Sources: set(f.sources), Grep: f.grep,
		Samples: o.samples, Redactor: p.redactor.Digest(), TZ: o.tz, Date: o.date, Last: f.last, HostFrom: o.hostFrom,
	})
	sum := sha256.Sum256(data)
	return tally.Header{
		Tool: "imtriage " + buildVersion(),
		Digests: tally.Digests{
			Extractors: p.extractor.Digest(), Catalog: p.catalog.Digest(), Rules: p.rules.Digest(),
			Options: hex.EncodeToString(sum[:8]),
		},
	}, err
}

const (
	mixedPrefix = "mixed:"
	mixedDigits = 12 // of each digest, so that some twenty of them fit into a header
)

// mixed is the header of partials that were joined although they differ: it has the digests of
// all, in whatever order they came, and so differs from each.
func mixed(a, b tally.Header) tally.Header {
	join := func(a, b string) string {
		if a == b {
			return a
		}
		var all []string
		for _, digest := range []string{a, b} {
			for d := range strings.SplitSeq(strings.TrimPrefix(digest, mixedPrefix), "+") {
				all = append(all, d[:min(len(d), mixedDigits)])
			}
		}
		slices.Sort(all)
		return mixedPrefix + strings.Join(slices.Compact(all), "+")
	}
	a.Digests = tally.Digests{
		Extractors: join(a.Digests.Extractors, b.Digests.Extractors), Catalog: join(a.Digests.Catalog, b.Digests.Catalog),
		Rules: join(a.Digests.Rules, b.Digests.Rules), Options: join(a.Digests.Options, b.Digests.Options),
	}
	return a
}
