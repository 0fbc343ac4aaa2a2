package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/imtriage/imtriage/rules"
)

// differences lists what a rule's verdict is not but should be, each as "key: want x, got y". What
// is not wanted is not looked at.
func (t *tested) differences(id string, want *rules.Want) []string {
	v := t.verdict(id)
	var d differences
	holds := want.Holds == nil || *want.Holds
	switch {
	case holds && v == nil:
		d.add("holds", "true", "false with "+listed(t.others(id))+" instead")
	case !holds && v != nil:
		d.add("holds", "false", fmt.Sprintf("true (count %d)", v.Count))
	case holds:
		d.verdict(v, want)
		if want.Raised != nil {
			diff(&d, "raised", *want.Raised, t.outcome(id).Raised)
		}
		if want.Told != nil {
			diff(&d, "told", *want.Told, t.outcome(id).Told)
		}
	}
	if want.Also != nil {
		d.lists("also", want.Also, t.others(id))
	}
	return d
}

// verdict returns the verdict of a rule, or nil.
func (t *tested) verdict(id string) *rules.Verdict {
	i := slices.IndexFunc(t.verdicts, func(v rules.Verdict) bool { return v.Rule == id })
	if i < 0 {
		return nil
	}
	return &t.verdicts[i]
}

// outcome returns what a timed rule came to.
func (t *tested) outcome(id string) (o rules.Outcome) {
	for _, o = range t.outcomes {
		if o.Rule.ID == id {
			return o
		}
	}
	return rules.Outcome{}
}

// others returns the rules of all other verdicts.
func (t *tested) others(id string) []string {
	var ids []string
	for _, v := range t.verdicts {
		if v.Rule != id {
			ids = append(ids, v.Rule)
		}
	}
	return ids
}

type differences []string

func (d *differences) add(key, want, got string) {
	*d = append(*d, fmt.Sprintf("%s: want %s, got %s", key, want, got))
}

func diff[T comparable](d *differences, key string, want, got T) {
	if want != got {
		d.add(key, fmt.Sprint(want), fmt.Sprint(got))
	}
}

// verdict compares a verdict with what is wanted of it.
func (d *differences) verdict(v *rules.Verdict, want *rules.Want) {
	if want.Class != 0 {
		diff(d, "class", want.Class, v.Class)
	}
	if want.State != "" {
		diff(d, "state", want.State, v.State)
	}
	if want.Count != nil {
		diff(d, "count", *want.Count, v.Count)
	}
	if want.Users != nil {
		diff(d, "users", *want.Users, v.Users)
	}
	d.time("first", want.First, v.First)
	d.time("last", want.Last, v.Last)
	if want.Codes != nil {
		var codes []string
		for _, c := range v.Codes {
			codes = append(codes, codeName(c.Family, c.Code))
		}
		d.lists("codes", want.Codes, codes)
	}
	if want.Explains != nil {
		var symptoms []string
		for _, s := range v.Explains {
			symptoms = append(symptoms, cmp.Or(s.Event, codeName(s.Family, s.Code)))
		}
		d.lists("explains", want.Explains, symptoms)
	}
	if want.Groups != nil {
		var wanted, got []string
		for _, g := range want.Groups {
			wanted = append(wanted, groupName(g))
		}
		for _, g := range v.Groups {
			key := make(map[string]string)
			for _, f := range g.Key {
				key[f.Key] = f.Value
			}
			got = append(got, groupName(key))
		}
		d.lists("groups", wanted, got)
	}
}

func (d *differences) time(key string, want, got time.Time) {
	switch {
	case want.IsZero() || want.Equal(got):
	case got.IsZero():
		d.add(key, want.UTC().Format(time.RFC3339Nano), "no time")
	default:
		d.add(key, want.UTC().Format(time.RFC3339Nano), got.UTC().Format(time.RFC3339Nano))
	}
}

// lists compares two lists without regard to their order.
func (d *differences) lists(key string, want, got []string) {
	want, got = slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))
	if !slices.Equal(want, got) {
		d.add(key, listed(want), listed(got))
	}
}

func listed(list []string) string { return "[" + strings.Join(list, ", ") + "]" }

// groupName writes the key of a group in one form.
func groupName(key map[string]string) string {
	var parts []string
	for k, v := range key {
		parts = append(parts, k+": "+v)
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}
