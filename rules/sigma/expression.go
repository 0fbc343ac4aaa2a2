package sigma

import (
	"strings"

	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// An expression is a condition: a name, or an operator with what it joins.
type expression struct {
	op   string // and, or, not, all, any (of the names that fit Name), or "" for a name
	name string // may have * for all and any; "them" is every name
	args []*expression
}

// The bounds of an expression.
const (
	maxExpression = 4096 // bytes
	maxNesting    = 32
)

// A parse reads one expression, by recursive descent: or binds least, then and, then not.
type parse struct {
	r     *reader
	at    *yamlpos.Node
	words []string
	depth int
	bad   bool
}

// expression reads a condition; nil after a fault.
func (r *reader) expression(n *yamlpos.Node) *expression {
	if len(n.Text) > maxExpression {
		r.fail(n, "the condition is longer than %d bytes", maxExpression)
		return nil
	}
	if strings.Contains(n.Text, "|") {
		r.fail(n, "aggregations behind | are of Sigma 1, write a correlation")
		return nil
	}
	spaced := strings.NewReplacer("(", " ( ", ")", " ) ").Replace(n.Text)
	p := &parse{r: r, at: n, words: strings.Fields(spaced)}
	e := p.joined("or")
	if len(p.words) > 0 {
		p.fail("the condition does not go on with %.64q", p.words[0])
	}
	if p.bad {
		return nil
	}
	return e
}

func (p *parse) fail(format string, args ...any) {
	if !p.bad {
		p.r.fail(p.at, format, args...)
	}
	p.bad, p.words = true, nil
}

// next reports whether the next word is w, in any case, and passes it.
func (p *parse) next(w string) bool {
	if len(p.words) == 0 || !strings.EqualFold(p.words[0], w) {
		return false
	}
	p.words = p.words[1:]
	return true
}

// joined reads operands with one operator between them.
func (p *parse) joined(op string) *expression {
	e := &expression{op: op}
	for {
		if op == "or" {
			e.args = append(e.args, p.joined("and"))
		} else {
			e.args = append(e.args, p.operand())
		}
		if !p.next(op) {
			break
		}
	}
	if len(e.args) == 1 {
		return e.args[0]
	}
	return e
}

func (p *parse) operand() *expression {
	if p.depth++; p.depth > maxNesting {
		p.fail("the condition is nested deeper than %d", maxNesting)
	}
	defer func() { p.depth-- }()
	switch {
	case p.next("not"):
		return &expression{op: "not", args: []*expression{p.operand()}}
	case p.next("("):
		e := p.joined("or")
		if !p.next(")") {
			p.fail("a parenthesis is not closed")
		}
		return e
	case len(p.words) == 0:
		p.fail("the condition ends where a name is wanted")
		return &expression{}
	}
	first := p.words[0]
	p.words = p.words[1:]
	switch strings.ToLower(first) {
	case "and", "or", ")":
		p.fail("the condition has %q where a name is wanted", first)
	case "1", "any", "all":
		if !p.next("of") {
			break
		}
		e := &expression{op: "any", name: "them"}
		if strings.EqualFold(first, "all") {
			e.op = "all"
		}
		if len(p.words) == 0 {
			p.fail("the condition ends after of, want them or a name with *")
			return e
		}
		if e.name = p.words[0]; strings.ContainsAny(e.name, "()") {
			p.fail("the condition has %q where a name is wanted", e.name)
			return e
		}
		p.words = p.words[1:]
		return e
	}
	if len(p.words) > 0 && strings.EqualFold(p.words[0], "of") {
		p.fail("%s of is not supported, write 1 of or all of", first)
	}
	return &expression{name: first}
}
