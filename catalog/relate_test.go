package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

// relations writes what is known of chains, entry by entry.
func relations(c *catalog.Catalog) string {
	var lines []string
	for _, e := range c.Entries() {
		lines = append(lines, fmt.Sprintf("%s %d from %v to %v", e.Family, e.Code, e.Causes, e.Symptoms))
	}
	return strings.Join(lines, "\n")
}

func relationFile(name, entries string) catalog.File {
	return catalog.File{Name: name, Data: []byte("family: " + name + "\nsection: s\nname: {en: S}\nentries:\n" + entries)}
}

// Either side may state a relation, and both may; what an entry states itself stands first.
func TestRelationsAreKnownOnBothSides(t *testing.T) {
	const facts = ", class: error, topic: auth, retry: no"
	base, err := catalog.Parse(
		relationFile("sdk", "  - {code: 6014, causes: [6208]"+facts+"}\n  - {code: 6206, symptoms: [6014, 3]"+facts+"}\n"+
			"  - {code: 6208, symptoms: [6014]"+facts+"}\n  - {code: 3"+facts+"}\n"),
		relationFile("server", "  - {code: 70009, last: 70010, symptoms: [6014]"+facts+"}\n  - {code: 3"+facts+"}\n"),
		relationFile("web", "  - {code: 2023, causes: [70010]"+facts+"}\n"),
	)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"server 3 from [] to []", // the number means that of the SDK beside an SDK code
		"server 70009 from [] to [6014 2023]",
		"sdk 3 from [6206] to []",
		"sdk 6014 from [6208 6206 70009] to []",
		"sdk 6206 from [] to [6014 3]",
		"sdk 6208 from [] to [6014]",
		"web 2023 from [70010] to []",
	}, "\n")
	if diff := cmp.Diff(want, relations(base)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	before := relations(base)
	over, err := base.Overlay(catalog.File{Name: "o", Data: []byte("entries:\n  - {code: 88001, title: {en: X}, causes: [6206]}\n" +
		"  - {code: 6014, family: sdk, causes: []}\n")})
	if err != nil {
		t.Fatal(err)
	}
	if got := over.Lookup(catalog.SDK, 6206).Symptoms; !cmp.Equal(got, []int{6014, 3, 88001}) {
		t.Errorf("6206 leads to %v", got)
	}
	if got := over.Lookup(catalog.SDK, 6014).Causes; len(got) != 0 {
		t.Errorf("an overlay that takes all causes away leaves %v", got)
	}
	if diff := cmp.Diff(before, relations(base)); diff != "" {
		t.Errorf("the overlay changed its base: -before +after\n%s", diff)
	}
}
