package rules

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A node of the schema, as far as it names keys.
type schemaNode struct {
	Properties map[string]schemaNode
	Items      *schemaNode
	AnyOf      []schemaNode
	Defs       map[string]schemaNode `json:"$defs"`
}

// The schema has the keys that the parser reads, no more and no fewer.
func TestSchemaKeys(t *testing.T) {
	var root schemaNode
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	defs := root.Defs
	condition, rule := defs["condition"].Properties, defs["rule"].Properties
	for name, tc := range map[string]struct {
		node schemaNode
		wire any
	}{
		"file":       {root, fileYAML{}},
		"rule":       {defs["rule"], ruleYAML{}},
		"step":       {defs["step"], stepYAML{}},
		"clear":      {rule["clear"], clearYAML{}},
		"cooldown":   {defs["cooldown"], cooldownYAML{}},
		"override":   {defs["override"], overrideYAML{}},
		"condition":  {defs["condition"], conditionYAML{}},
		"measure":    {defs["measure"], measureYAML{}},
		"percentile": {condition["percentile"], rankYAML{}},
		"ratio":      {condition["ratio"], ratioYAML{}},
		"stage":      {*condition["sequence"].Items, stageYAML{}},
		"part":       {*condition["of"].Items, partYAML{}},
		"without":    {condition["without"], withoutYAML{}},
		"spike":      {condition["spike"], spikeYAML{}},
		"first_seen": {condition["first_seen"], firstYAML{}},
		"selection":  {defs["selection"], selectionYAML{}},
		"fields":     {defs["test_of_field"].AnyOf[1], fieldTestsYAML{}},
		"test":       {defs["test"], testYAML{}},
		"want":       {defs["test"].Properties["want"], wantYAML{}},
	} {
		var want []string
		typ := reflect.TypeOf(tc.wire)
		for f := range typ.Fields() {
			key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			want = append(want, key)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(tc.node.Properties))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
