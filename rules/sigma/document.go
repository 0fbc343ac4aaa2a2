package sigma

import (
	"cmp"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/rules"
)

// A document is a detection or a correlation.
type document struct {
	root                          *yamlpos.Node
	doc                           *yamlpos.Doc
	id, name, title               string
	detection, correlation, level yamlpos.Node

	selection  rules.Selection // of a detection
	correlated *correlation
	seen       bool // correlated was read or is being read
	named      bool // by a correlation
	generate   bool // by a correlation that wants it as a rule of its own too
}

// The keys of a document. Sigma allows others; a key that is nearly one of these is a slip.
var documentKeys = []string{
	"title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author", "date",
	"modified", "logsource", "detection", "correlation", "fields", "falsepositives", "level", "tags", "scope", "generate",
}

// document reads what stands at the top of a document, and its detection.
func (r *reader) document(root *yamlpos.Node, doc *yamlpos.Doc) {
	if root.Kind != yamlpos.Mapping {
		if root.Kind != 0 {
			r.fail(root, "want a mapping, got %s", root.Kind)
		}
		return
	}
	d := &document{root: root, doc: doc, detection: root.Get("detection"), correlation: root.Get("correlation"), level: root.Get("level")}
	for i := range root.Keys {
		r.documentKey(&root.Keys[i])
	}
	d.title = r.word(root, "title")
	d.id, d.name = r.reference(d, "id"), r.reference(d, "name")
	switch {
	case d.detection.Kind != 0 && d.correlation.Kind != 0:
		r.fail(&d.correlation, "a document is a detection or a correlation, separate the two by a line of ---")
		d.correlation = yamlpos.Node{}
	case d.detection.Kind != 0:
		d.selection = r.detection(&d.detection)
	case d.correlation.Kind == 0 && !has(root, "detection", "correlation", "filter", "action"):
		r.fail(root, "neither a detection nor a correlation")
	}
	r.documents = append(r.documents, d)
}

// word returns the text of a key in one line.
func (r *reader) word(root *yamlpos.Node, key string) string {
	n := root.Get(key)
	return strings.Join(strings.Fields(r.text(&n)), " ")
}

// reference returns what correlations may call the document.
func (r *reader) reference(d *document, key string) string {
	called := r.word(d.root, key)
	if called == "" {
		return ""
	}
	if before := r.byName[called]; before != nil && before != d {
		n := d.root.Get(key)
		r.fail(&n, "%s %.64q is given twice", key, called)
		return ""
	}
	r.byName[called] = d
	return called
}

// has reports whether a mapping has one of the keys, be it without a value.
func has(n *yamlpos.Node, keys ...string) bool {
	return slices.ContainsFunc(n.Keys, func(k yamlpos.Node) bool { return slices.Contains(keys, k.Text) })
}

func (r *reader) documentKey(key *yamlpos.Node) {
	switch key.Text {
	case "filter":
		r.fail(key, "filters over rules of other files are not supported, write the exception into the condition: … and not filter")
	case "action":
		r.fail(key, "the collections of Sigma 1 are not supported, write each rule as a document of its own")
	default:
		if slices.Contains(documentKeys, key.Text) {
			return
		}
		if near := yamlpos.DidYouMean(key.Text, documentKeys); near != "" {
			r.fail(key, "unknown field, did you mean %q?", near)
		}
	}
}

// rules returns the rules of the file and where they stand: of a document that a correlation names, only if it is
// wanted as a rule of its own too; of one that its author gave up, none.
func (r *reader) rules() (list []rules.Rule, stand []*yamlpos.Doc) {
	take := func(d *document, when rules.Condition) {
		list, stand = append(list, r.rule(d, when)), append(stand, d.doc)
	}
	for _, d := range r.documents {
		switch status := r.word(d.root, "status"); {
		case d.named && !d.generate, status == "deprecated", status == "unsupported":
		case d.correlated != nil:
			take(d, d.correlated.condition)
		case d.detection.Kind != 0:
			take(d, rules.Condition{Select: d.selection})
		}
	}
	return list, stand
}

var levels = map[string]catalog.Class{
	"critical": catalog.Fatal, "high": catalog.Error, "medium": catalog.Warning, "low": catalog.Info, "informational": catalog.Info,
}

// rule composes a rule around a condition.
func (r *reader) rule(d *document, when rules.Condition) rules.Rule {
	out := rules.Rule{ID: d.ruleID(), Title: catalog.Text{EN: d.title, ZH: d.title}, When: when, Remedy: r.remedy(d), Links: r.links(d)}
	if title := d.root.Get("title"); d.title == "" && title.Kind <= yamlpos.Scalar {
		r.fail(d.root, "no title given")
	}
	switch {
	case out.ID == "" && d.title != "":
		r.fail(d.root, "give it a name or an id of Latin letters and digits: verdicts are known by it")
	case r.ids[out.ID]:
		r.fail(d.root, "verdicts would be known by %q, as those of a rule above: give it another name", out.ID)
	}
	r.ids[out.ID] = out.ID != ""
	if d.level.Kind != 0 {
		class, ok := levels[strings.ToLower(r.text(&d.level))]
		if !ok && d.level.Kind == yamlpos.Scalar {
			r.fail(&d.level, "unknown level %.64q, want one of informational, low, medium, high, critical", d.level.Text)
		}
		out.Class = class
	}
	if len(r.errs) == 0 { // else one thing would be told twice
		for _, what := range out.Faults() {
			r.fail(d.root, "cannot be a rule of ours: %s", what)
		}
	}
	return out
}

// maxID is how long an id of ours may be.
const maxID = 64

// ruleID returns the id of the rule, "" if nothing gives one.
func (d *document) ruleID() string {
	words := slug(cmp.Or(d.name, d.id, d.title))
	if words == "" {
		return ""
	}
	id := "sigma-" + words
	if len(id) <= maxID {
		return id
	}
	if end := strings.LastIndexByte(id[:maxID+1], '-'); end > len("sigma") {
		return id[:end]
	}
	return id[:maxID] // one long word
}

// slug returns the words of a text in lower case, joined by hyphens.
func slug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}), "-")
}
