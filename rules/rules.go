// Package rules says what is wrong and what to do about it.
//
// A rule selects codes and events that belong together, says how many of them make it worth
// reporting, which other codes are only their symptoms, and what to do first. [Builtin] is the
// set that comes with the program; [Parse] and [Set.Overlay] put a team's own rules on top:
//
//	rules:
//	  - id: usersig-expired
//	    title: {en: UserSig expired, zh: UserSig 已过期}
//	    when:
//	      select: {codes: [6206, 70001, "web/3004"], events: [usersig_expired]}
//	      users: 3
//	    explains: {codes: [6014]}
//	    remedy:
//	      - owner: app_developer
//	        do: {en: Fetch a new UserSig and log in again., zh: 取新的 UserSig 后重新登录。}
//
// [Set.Evaluate] gives the [Verdict] of every rule that holds for a [tally.Summary]. A report
// has few of them because each record is told once: a symptom is folded under its cause, and a
// rule marked fallback takes only what no specific rule took. Specific rules do not hide each
// other.
//
// The package is pure: no clock, no files, and the same summary always gives the same verdicts.
// The pack's source is pack/*.yaml; go generate compiles it into pack.json.
package rules

//go:generate go run ./internal/gen

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A Rule turns findings and marks into advice. The names in the tags are the keys in YAML.
type Rule struct {
	// ID names the rule for ever: lower-case words and digits joined by hyphens.
	ID    string       `json:"id"`
	Title catalog.Text `json:"title"` // in a few words, both languages
	// Class of the verdict. 0: the worst class among the codes it is about, or warning where
	// it is about events only.
	Class catalog.Class `json:"class,omitzero"`
	// Fallback makes the rule generic: of what it selects it takes only what no specific rule
	// and no fallback before it took.
	Fallback bool      `json:"fallback,omitzero"`
	When     Condition `json:"when"`
	// Explains selects the symptoms. While the rule holds they are told under its verdict and
	// not by rules of their own, unless the summary shows that they have another cause.
	Explains Selection `json:"explains,omitzero"`
	// Supersedes names rules that say less about the same: while this one holds and is about at least
	// half of what such a rule is about, that one is not told, and its symptoms are this one's.
	Supersedes []string `json:"supersedes,omitempty"`
	Clear      Clear    `json:"clear,omitzero"`    // of a timed rule
	Cooldown   Cooldown `json:"cooldown,omitzero"` // of a timed rule
	Remedy     []Step   `json:"remedy"`            // what to do, first step first
	AskVendor  bool     `json:"ask_vendor,omitzero"`
	Links      []string `json:"links,omitempty"` // https only

	// Tests are the examples beside the rule; the compiled pack has none.
	Tests []Test `json:"-"`

	// Disabled switches the rule off; Reason says why and is obligatory then. From the day of Until
	// on (midnight UTC; zero: never) it is as if Disabled was not given, see [Set.At].
	Disabled bool      `json:"disabled,omitzero"`
	Reason   string    `json:"reason,omitzero"`
	Until    time.Time `json:"until,omitzero"`
}

// A Step is one thing to do.
type Step struct {
	Owner Owner        `json:"owner"` // who can do it
	Do    catalog.Text `json:"do"`    // both languages, one or a few sentences
}

// An Owner is who can take a step.
type Owner string

// The owners.
const (
	AppDeveloper Owner = "app_developer" // changes the app or the backend
	Operations   Owner = "operations"    // has the console, the servers and the bill
	EndUser      Owner = "end_user"      // holds the device
	Vendor       Owner = "vendor"        // Tencent Cloud
)

var ownerTitles = map[Owner]catalog.Text{
	AppDeveloper: {EN: "developer", ZH: "开发"},
	Operations:   {EN: "operations", ZH: "运维"},
	EndUser:      {EN: "user", ZH: "用户"},
	Vendor:       {EN: "vendor", ZH: "腾讯云"},
}

// Owners lists all owners in a fixed order.
func Owners() []Owner { return []Owner{AppDeveloper, Operations, EndUser, Vendor} }

// Title returns the owner's name for readers.
func (o Owner) Title(l catalog.Lang) string { return ownerTitles[o].In(l) }
