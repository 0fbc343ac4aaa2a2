package rules

// NewFile returns a file whose rules somebody else than [Parse] read, from another language. They
// must be such as Parse lets pass; [Rule.Faults] finds what does not go together in one.
func NewFile(name string, list []Rule) *File { return &File{Name: name, Rules: list} }

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
