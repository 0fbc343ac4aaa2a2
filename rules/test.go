package rules

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A Test is an example that stands beside a rule: log lines in, the rule's verdict out. Whoever has
// a scanner runs it over the whole set in force.
type Test struct {
	Name string // says what the example shows
	Log  string // the lines; their zone is UTC where they do not say
	Want Want
}

// Want is what the verdict of a rule must be. What is not given is not looked at.
type Want struct {
	Holds *bool // false: there must be no verdict; nil stands for true

	Class  catalog.Class // 0: not looked at
	State  State         // "": not looked at
	Count  *int64
	Users  *int
	Raised *int // how many times a timed rule was raised
	Told   *int // how often it was told, see [Cooldown]
	First  time.Time
	Last   time.Time
	Codes  []string // as family/code; exact, in any order
	// Explains are codes as family/code and events; exact, in any order.
	Explains []string
	Groups   []map[string]string // exact, in any order
	// Also names the rules of all other verdicts, in any order; nil: not looked at.
	Also []string
}
