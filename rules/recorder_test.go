package rules_test

import (
	"testing"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestListens holds that a recorder knows whether anything may pick a mark: whoever counts results with code 0 as a sum
// relies on it.
func TestListens(t *testing.T) {
	tests := []struct {
		selection string
		ok, login bool
	}{
		{"{codes: [6206]}", false, false},
		{"{events: [login_ok]}", false, true},
		{"{fields: {host: {starts_with: gw-}}}", true, true},
		{"{topics: [auth], fields: {host: {starts_with: gw-}}}", false, false},
		{"{any: [{codes: [6206]}, {fields: {api: {exists: true}}}]}", true, true},
		{"{not: {codes: [6206]}}", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.selection, func(t *testing.T) {
			x := parse(t, "rules:\n"+rule("r", "    when: {select: "+tt.selection+", within: 1h, count: 2}")).NewRecorder()
			if ok, login := x.Listens(tally.MarkOK), x.Listens(tally.MarkLogin); ok != tt.ok || login != tt.login {
				t.Errorf("code 0 %v, login %v, want %v and %v", ok, login, tt.ok, tt.login)
			}
		})
	}
}
