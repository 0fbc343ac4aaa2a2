package rules

import (
	"fmt"
	"regexp"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// The wire form holds words as they are written, so that a fault in one can name its place and
// guess what was meant, and tells what is given from what is not. See [Rule], [Condition],
// [Selection], [Override] and [Test] for the sense of the keys.
type (
	fileYAML struct {
		Version    *int                     `yaml:"version"`
		Lists      map[string][]string      `yaml:"lists"`
		Selections map[string]selectionYAML `yaml:"selections"`
		Rules      []ruleYAML               `yaml:"rules"`
		Overrides  []overrideYAML           `yaml:"overrides"`
	}
	ruleYAML struct {
		ID         string         `yaml:"id"`
		Title      catalog.Text   `yaml:"title"`
		Class      string         `yaml:"class"`
		Fallback   bool           `yaml:"fallback"`
		When       conditionYAML  `yaml:"when"`
		Explains   *selectionYAML `yaml:"explains"`
		Supersedes []string       `yaml:"supersedes"`
		Clear      *clearYAML     `yaml:"clear"`
		Cooldown   *cooldownYAML  `yaml:"cooldown"`
		Remedy     []stepYAML     `yaml:"remedy"`
		AskVendor  bool           `yaml:"ask_vendor"`
		Links      []string       `yaml:"links"`
		Tests      []testYAML     `yaml:"tests"`
		Disabled   bool           `yaml:"disabled"`
		Reason     string         `yaml:"reason"`
		Until      dateYAML       `yaml:"until"`
	}
	stepYAML struct {
		Owner string       `yaml:"owner"`
		Do    catalog.Text `yaml:"do"`
	}
	clearYAML struct {
		Seen  *selectionYAML `yaml:"seen"`
		Below *int64         `yaml:"below"`
		After Duration       `yaml:"after"`
	}
	cooldownYAML struct {
		Time Duration `yaml:"time"`
		Grow *float64 `yaml:"grow"`
		Max  Duration `yaml:"max"`
	}
	overrideYAML struct {
		ID       string        `yaml:"id"`
		Env      wordsYAML     `yaml:"env"`
		Class    string        `yaml:"class"`
		Count    Bound         `yaml:"count"`
		Share    Percent       `yaml:"share"`
		Users    *int          `yaml:"users"`
		Within   Duration      `yaml:"within"`
		Factor   *float64      `yaml:"factor"`
		Cooldown *cooldownYAML `yaml:"cooldown"`
		Disabled *bool         `yaml:"disabled"`
		Reason   string        `yaml:"reason"`
		Until    dateYAML      `yaml:"until"`
	}
)

// The wire form of a condition.
type (
	conditionYAML struct {
		Select     *selectionYAML `yaml:"select"`
		By         []string       `yaml:"by"`
		Within     Duration       `yaml:"within"`
		Count      Bound          `yaml:"count"`
		Share      Percent        `yaml:"share"`
		Users      *int           `yaml:"users"`
		Distinct   *measureYAML   `yaml:"distinct"`
		Sum        *measureYAML   `yaml:"sum"`
		Average    *measureYAML   `yaml:"average"`
		Percentile *rankYAML      `yaml:"percentile"`
		Ratio      *ratioYAML     `yaml:"ratio"`
		Sequence   []stageYAML    `yaml:"sequence"`
		Of         []partYAML     `yaml:"of"`
		AtLeast    *int           `yaml:"at_least"`
		Without    *withoutYAML   `yaml:"without"`
		Spike      *spikeYAML     `yaml:"spike"`
		FirstSeen  *firstYAML     `yaml:"first_seen"`
	}
	measureYAML struct {
		Field string `yaml:"field"`
		Bound Bound  `yaml:"bound"`
	}
	rankYAML struct {
		Field string   `yaml:"field"`
		P     *float64 `yaml:"p"`
		Bound Bound    `yaml:"bound"`
	}
	ratioYAML struct {
		Of    *selectionYAML `yaml:"of"`
		Bound Bound          `yaml:"bound"`
		Min   *int64         `yaml:"min"`
	}
	stageYAML struct {
		Select *selectionYAML `yaml:"select"`
		Not    *selectionYAML `yaml:"not"`
	}
	partYAML struct {
		Select *selectionYAML `yaml:"select"`
		Count  *int           `yaml:"count"`
	}
	withoutYAML struct {
		Select *selectionYAML `yaml:"select"`
		AtEnd  bool           `yaml:"at_end"`
	}
	spikeYAML struct {
		Factor       *float64 `yaml:"factor"`
		Direction    string   `yaml:"direction"`
		ReferenceMin *int64   `yaml:"reference_min"`
		CurrentMin   *int64   `yaml:"current_min"`
	}
	firstYAML struct {
		Field  string   `yaml:"field"`
		Learn  Duration `yaml:"learn"`
		Forget Duration `yaml:"forget"`
	}
)

// The wire form of a selection.
type (
	selectionYAML struct {
		Use        wordsYAML            `yaml:"use"`
		Codes      []string             `yaml:"codes"`
		Categories []string             `yaml:"categories"`
		Topics     []string             `yaml:"topics"`
		Classes    []string             `yaml:"classes"`
		Families   []string             `yaml:"families"`
		Known      *bool                `yaml:"known"`
		Events     []string             `yaml:"events"`
		Fields     map[string]fieldYAML `yaml:"fields"`
		All        []selectionYAML      `yaml:"all"`
		Any        []selectionYAML      `yaml:"any"`
		Not        *selectionYAML       `yaml:"not"`
	}
	// A fieldYAML is the words that a field may be, for short, or its tests.
	fieldYAML struct {
		fieldTestsYAML
		short bool
	}
	fieldTestsYAML struct {
		Is         wordsYAML `yaml:"is"`
		Contains   wordsYAML `yaml:"contains"`
		StartsWith wordsYAML `yaml:"starts_with"`
		EndsWith   wordsYAML `yaml:"ends_with"`
		Regex      wordsYAML `yaml:"regex"`
		CIDR       wordsYAML `yaml:"cidr"`
		Number     Bound     `yaml:"number"`
		Exists     *bool     `yaml:"exists"`
		IgnoreCase bool      `yaml:"ignore_case"`
	}
)

// Into implements [yamlpos.Shaper].
func (f *fieldYAML) Into(k yamlpos.Kind) any {
	if k == yamlpos.Mapping {
		return &f.fieldTestsYAML
	}
	f.short = true
	return &f.Is
}

// The wire form of a test.
type (
	testYAML struct {
		Name string    `yaml:"name"`
		Log  string    `yaml:"log"`
		Want *wantYAML `yaml:"want"`
	}
	wantYAML struct {
		Holds    *bool               `yaml:"holds"`
		Class    string              `yaml:"class"`
		State    string              `yaml:"state"`
		Count    *int64              `yaml:"count"`
		Users    *int                `yaml:"users"`
		Raised   *int                `yaml:"raised"`
		Told     *int                `yaml:"told"`
		First    timeYAML            `yaml:"first"`
		Last     timeYAML            `yaml:"last"`
		Codes    []string            `yaml:"codes"`
		Explains []string            `yaml:"explains"`
		Groups   []map[string]string `yaml:"groups"`
		Also     []string            `yaml:"also"`
	}
)

// A wordsYAML is one word or a list of them.
type wordsYAML struct {
	words  []string
	single bool
}

// Into implements [yamlpos.Shaper].
func (w *wordsYAML) Into(k yamlpos.Kind) any {
	if k == yamlpos.Scalar {
		w.words, w.single = make([]string, 1), true
		return &w.words[0]
	}
	return &w.words
}

// A dateYAML is a day, which begins at midnight UTC.
type dateYAML struct{ time.Time }

var dateText = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *dateYAML) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil || !dateText.Match(text) {
		return fmt.Errorf("%.32q is no day, want one such as 2026-12-31", text)
	}
	d.Time = t
	return nil
}

// A timeYAML is an instant.
type timeYAML struct{ time.Time }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *timeYAML) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339Nano, string(text))
	if err != nil {
		return fmt.Errorf("%.40q is no time, want one such as 2026-12-31T10:00:00Z", text)
	}
	t.Time = at.UTC()
	return nil
}
