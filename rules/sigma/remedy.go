package sigma

import (
	"net/url"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
)

// remedy returns what to do: what the author wrote of the rule, and what may be harmless.
func (r *reader) remedy(d *document) []rules.Step {
	n := d.root.Get("description")
	steps := []rules.Step{{Owner: rules.AppDeveloper, Do: catalog.Text{
		EN: "Look at the records of this verdict and at what the app did around them.",
		ZH: "查看该诊断结论的日志记录，以及应用在其前后的操作。",
	}}}
	if text := strings.Join(strings.Fields(r.text(&n)), " "); text != "" {
		steps[0].Do = catalog.Text{EN: text, ZH: text}
	}
	n = d.root.Get("falsepositives")
	var harmless []string
	for _, v := range r.list(&n) {
		if v.Text != "" && !slices.Contains([]string{"unknown", "unlikely", "none"}, strings.ToLower(v.Text)) {
			harmless = append(harmless, v.Text)
		}
	}
	if len(harmless) > 0 {
		steps = append(steps, rules.Step{Owner: rules.AppDeveloper, Do: catalog.Text{
			EN: "Rule out what is known to be harmless: " + strings.Join(harmless, "; ") + ".",
			ZH: "先排除已知的误报情形：" + strings.Join(harmless, "；") + "。",
		}})
	}
	return steps
}

// links returns the references that lead somewhere; others are notes.
func (r *reader) links(d *document) []string {
	n := d.root.Get("references")
	var out []string
	for _, v := range r.list(&n) {
		if u, err := url.Parse(v.Text); err == nil && u.Scheme == "https" && u.Host != "" {
			out = append(out, v.Text)
		}
	}
	return out
}
