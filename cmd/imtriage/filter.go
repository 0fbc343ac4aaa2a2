package main

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// filterFlags choose which findings count. They apply before everything else, the gate too.
type filterFlags struct {
	spanFlags
	codes      []string
	classes    []string
	categories []string
	topics     []string
	families   []string
	users      []string
	apis       []string
	hosts      []string
	sources    []string
	grep       string
}

func (o *filterFlags) flags(f *pflag.FlagSet) {
	o.spanFlags.flags(f)
	f.StringSliceVar(&o.codes, "code", nil, "only these `codes` or ranges, such as -20009 or 10100..10200")
	f.StringSliceVar(&o.classes, "class", nil, "only these `classes`: fatal error warning info")
	f.StringSliceVar(&o.categories, "category", nil, "only these `categories`, such as server/account")
	f.StringSliceVar(&o.topics, "topic", nil, "only these `topics`, such as auth or network")
	f.StringSliceVar(&o.families, "family", nil, "only these `families`: server sdk web v3 push call room trtc app")
	f.StringSliceVar(&o.users, "user", nil, "only these `UserIDs`, as the log spells them")
	f.StringSliceVar(&o.apis, "api", nil, "only these `APIs`, * matches anything")
	f.StringSliceVar(&o.hosts, "host", nil, "only these `hosts`, * matches anything")
	f.StringSliceVar(&o.sources, "source", nil, "only these input `names`, * matches anything")
	f.StringVar(&o.grep, "grep", "", "only records that match this regular `expression`")
}

// A filter is the flags ready to run. Everything is kept while a list is empty.
type filter struct {
	open bool // everything is kept: no flag was given
	timeSpan
	codes [][2]int
	o     *filterFlags
	grep  *regexp.Regexp
}

// none reports whether no flag was given.
func (o *filterFlags) none() bool {
	lists := [][]string{o.codes, o.classes, o.categories, o.topics, o.families, o.users, o.apis, o.hosts, o.sources}
	given := slices.ContainsFunc(lists, func(list []string) bool { return len(list) > 0 })
	return !given && o.spanFlags.none() && o.grep == ""
}

// compile parses the flags; now and zone resolve relative and zoneless times.
func (o *filterFlags) compile(cat *catalog.Catalog, now time.Time, zone *time.Location) (*filter, error) {
	f := &filter{o: o, open: o.none()}
	var err error
	if f.timeSpan, err = o.spanFlags.compile(now, zone); err != nil {
		return nil, err
	}
	for _, c := range o.codes {
		lo, hi, err := parseRange(c)
		if err != nil {
			return nil, usage("", "--code: %v", err)
		}
		f.codes = append(f.codes, [2]int{lo, hi})
	}
	if f.grep, err = regexp.Compile(o.grep); err != nil {
		return nil, usage("", "--grep: %v", err)
	}
	var classes []string
	for _, c := range catalog.Classes() {
		classes = append(classes, c.String())
	}
	var categories []string
	for _, s := range cat.Sections() {
		categories = append(categories, string(s.Family)+"/"+s.Name)
	}
	for _, list := range []struct {
		flag        string
		given, want []string
	}{
		{"class", o.classes, classes},
		{"topic", o.topics, words(catalog.Topics())},
		{"family", o.families, words(catalog.Families())},
		{"category", o.categories, categories},
	} {
		for _, w := range list.given {
			if !slices.Contains(list.want, w) && !(list.flag == "category" && strings.HasSuffix(w, "/unknown")) {
				return nil, usage(didYouMean(w, list.want), "--%s: unknown %s %q", list.flag, list.flag, w)
			}
		}
	}
	return f, nil
}

var codeRange = regexp.MustCompile(`^([-−]?\d+)(?:(?:\.\.|(?:-))([-−]?\d+))?$`)

// parseRange reads N, N..M or N-M.
func parseRange(s string) (lo, hi int, err error) {
	m := codeRange.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, 0, fmt.Errorf("%q is not a code or a range of codes", s)
	}
	number := func(s string) (n int) {
		if n, err = strconv.Atoi(strings.Replace(s, "−", "-", 1)); err != nil {
			err = fmt.Errorf("%q is too long for a code", s)
		}
		return n
	}
	lo = number(m[1])
	hi = lo
	if m[2] != "" && err == nil {
		hi = number(m[2])
	}
	if err == nil && hi < lo {
		err = fmt.Errorf("the range %q ends before it begins", s)
	}
	return lo, hi, err
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// place reports whether time and source pass.
func (f *filter) place(p *tally.Place) bool { return f.holds(p.Time) && glob(f.o.sources, p.Source) }

func (f *filter) record(fields tally.Fields, text string) bool {
	return (len(f.o.users) == 0 || slices.Contains(f.o.users, fields.Get(tally.KeyUser))) &&
		glob(f.o.apis, fields.Get(tally.KeyAPI)) && glob(f.o.hosts, fields.Get(tally.KeyHost)) &&
		(f.o.grep == "" || f.grep.MatchString(text))
}

// finding reports whether a finding counts.
func (f *filter) finding(x *tally.Finding) bool { return f.open || f.passes(x) }

func (f *filter) passes(x *tally.Finding) bool {
	if !f.place(&x.Place) || !f.record(x.Fields, x.Text) {
		return false
	}
	if len(f.codes) > 0 && !slices.ContainsFunc(f.codes, func(r [2]int) bool { return r[0] <= x.Code && x.Code <= r[1] }) {
		return false
	}
	class, topic := catalog.Error, ""
	if x.Entry != nil {
		class, topic = x.Entry.Class, string(x.Entry.Topic)
	}
	return in(f.o.classes, class.String()) && in(f.o.topics, topic) && in(f.o.families, string(x.Family)) &&
		(len(f.o.categories) == 0 || slices.Contains(f.o.categories, category(x)))
}

func category(x *tally.Finding) string {
	if x.Entry == nil {
		return string(x.Family) + "/unknown"
	}
	return x.Entry.Category()
}

// mark reports whether a mark counts: filters by code leave marks alone out.
func (f *filter) mark(m *tally.Mark) bool {
	if f.open {
		return true
	}
	byCode := len(f.codes)+len(f.o.classes)+len(f.o.categories)+len(f.o.topics)+len(f.o.families) > 0
	if byCode {
		return false
	}
	if !f.since.IsZero() || !f.until.IsZero() || f.o.grep != "" || len(f.o.users)+len(f.o.apis)+len(f.o.hosts) > 0 {
		m.Complete()
	}
	return f.place(&m.Place) && f.record(m.Fields, m.Text)
}

func in(list []string, word string) bool { return len(list) == 0 || slices.Contains(list, word) }

func glob(patterns []string, name string) bool {
	if len(patterns) == 0 {
		return true
	}
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, err := path.Match(p, name)
		return p == name || (err == nil && ok) || (strings.Contains(p, "*") && starMatch(p, name))
	})
}

// starMatch matches * against anything, slashes too.
func starMatch(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(name, parts[0]) || !strings.HasSuffix(name[len(parts[0]):], parts[len(parts)-1]) {
		return false
	}
	for _, p := range parts {
		i := strings.Index(name, p)
		if i < 0 {
			return false
		}
		name = name[i+len(p):]
	}
	return true
}
