package alert_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/report/schema"
	"github.com/imtriage/imtriage/rules"
)

// TestSchema holds that what programs get is what the schema says, of alerts with everything and with
// nothing.
func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Alert()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("alert.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("alert.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	bare := alert.Alert{Turn: rules.Ended, Rule: "bare", Class: catalog.Info}
	for _, alerts := range [][]alert.Alert{
		{sample(rules.Raised, "user-1a2b3c4d")}, {bare}, {bare, sample(rules.Repeated, ""), poison(hostile[0])},
	} {
		body := deliver(t, "generic", alerts...)
		got, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(got); err != nil {
			t.Errorf("%v in %s", err, body)
		}
	}
}
