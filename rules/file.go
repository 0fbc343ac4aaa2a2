package rules

import "github.com/imtriage/imtriage/catalog/yamlpos"

// NewFile returns a file whose rules somebody else than [Parse] read, from another language; docs are
// the documents in which they stand, one for each. The rules must be such as Parse lets pass;
// [Rule.Faults] finds what does not go together in one.
func NewFile(name string, list []Rule, docs []*yamlpos.Doc) *File {
	return &File{Name: name, Rules: list, docs: docs}
}

// position says where a rule stands.
func (f *File) position(i int) position {
	if i < len(f.docs) {
		return position{doc: f.docs[i]}
	}
	return position{f.doc, at("rules", i)}
}

// Faults says what does not go together in a rule, as path: what each, such as "when.count: want at
// least 1, got 0"; nil if all is well. What is missing, and words that nobody knows, are the business of
// whoever read the rule.
func (r *Rule) Faults() []string {
	var out []string
	for _, f := range r.check() {
		out = append(out, f.key+": "+f.what)
	}
	return out
}
