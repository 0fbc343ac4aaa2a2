package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/follow"
)

// A trouble is said when it begins, once for all files, and again only after it was over.
func TestTroublesAreSaidOnce(t *testing.T) {
	const denied, full = "open b.log: permission denied", "no descriptor is left"
	failing := func(path, problem string) follow.FileStatus {
		return follow.FileStatus{Path: path, State: follow.Failing, Problem: problem}
	}
	live := follow.FileStatus{Path: "a.log", State: follow.Live}
	var said troubles
	for i, step := range []struct {
		list []follow.FileStatus
		want []string
	}{
		{[]follow.FileStatus{live}, nil},
		{[]follow.FileStatus{live, failing("b.log", denied)}, []string{"b.log: " + denied}},
		{[]follow.FileStatus{failing("b.log", denied), failing("c.log", full), failing("d.log", full)}, []string{"c.log and 1 more: " + full}},
		{[]follow.FileStatus{failing("b.log", denied), failing("d.log", full), failing("e.log", full)}, nil},
		{[]follow.FileStatus{live}, nil},
		{[]follow.FileStatus{failing("b.log", denied)}, []string{"b.log: " + denied}},
		{[]follow.FileStatus{{Path: "a.log", State: follow.Live, Notes: []string{"a.log was truncated", "another"}}}, []string{"a.log was truncated", "another"}},
		{[]follow.FileStatus{{Path: "a.log", State: follow.Live, Notes: []string{"another", "a third"}}}, []string{"a third"}},
	} {
		if diff := cmp.Diff(step.want, said.since(step.list)); diff != "" {
			t.Errorf("step %d: %s", i, diff)
		}
	}
}
