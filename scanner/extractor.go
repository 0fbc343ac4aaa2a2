package scanner

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/scanner/internal/literal"
)

const (
	minLiteral = literal.MinLen
	// patternReach is how far behind its literal a pattern may end, in bytes.
	patternReach = 1 << 10
	// beforeReach is how much of the line left of a literal the before pattern sees.
	beforeReach = 96
)

// An Extractor finds codes and events in lines. It holds every spec, ready to run, and is safe for
// concurrent use.
type Extractor struct {
	cat     *catalog.Catalog
	specs   []spec
	set     *literal.Set // of the literals of all specs, each text once
	sharers []sharers    // of each literal
	leads   *literal.Set // of those that lead to a line
	leading []int        // of leads → literal

	fields struct{ all, counted *fieldSet }

	patterns atomic.Int32                            // how many there are, in all
	pair     struct{ after, before, whole *pattern } // whole is before that ends with its text
	evidence *evidence
	agree    agreement
	// What can stand in the holes of a shape, see [shape]: words that digits or an id could make, and literals that are
	// numbers. shapesTell is set where nothing else can, so that the shape of a line tells its literals.
	beside     *besideWords
	idWords    words
	numbers    []*sharers
	shapesTell bool
	digest     string
}

// A spec is a Spec ready to run.
type spec struct {
	*Spec
	weight    int
	needs     uint64 // bits of evidence groups, one of which must be there
	re        *pattern
	before    *pattern
	unless    *pattern
	codeGroup int // of re, or -1
	message   int // the group of re that is the message, or 0
	// simple is set where the code can stand nowhere but in codeGroup, and has to stand there.
	simple bool
	left   int // how much of the line left of the literal the two can see, in bytes
}

type field struct {
	literals   []string
	re, before *pattern
}

// NewExtractor compiles the built-in pack and the given ones on top: a spec whose name exists
// replaces that spec, evidence of an existing name is added to it.
func NewExtractor(cat *catalog.Catalog, packs ...Pack) (*Extractor, error) {
	all := merge(Builtin(), packs)
	x := &Extractor{cat: cat, digest: digest(all)}
	var err error
	if x.evidence, err = newEvidence(all.Evidence); err != nil {
		return nil, err
	}
	for i := range all.Extractors {
		s, err := x.compile(&all.Extractors[i])
		if err != nil {
			return nil, err
		}
		x.specs = append(x.specs, s)
	}
	if err := x.share(); err != nil {
		return nil, err
	}
	if x.pair.after, err = x.forward(pairAfter); err != nil {
		return nil, err
	}
	if x.pair.before, err = x.backward(pairBefore); err != nil {
		return nil, err
	}
	if x.pair.whole, err = x.forward(`(?:` + pairBefore + `)$`); err != nil {
		return nil, err
	}
	fields, err := x.compileFields(all.Fields)
	if err != nil {
		return nil, err
	}
	if x.fields.all, err = newFieldSet(fields, true); err != nil {
		return nil, err
	}
	x.fields.counted, err = newFieldSet(slices.DeleteFunc(slices.Clone(fields), func(f field) bool {
		return !slices.ContainsFunc(f.re.names, isCounted)
	}), false)
	if err != nil {
		return nil, err
	}
	var words []string
	for i := range x.evidence.words {
		words = append(words, foldASCII(x.evidence.words[i].text))
	}
	for i := range x.fields.counted.fields {
		for _, l := range x.fields.counted.fields[i].literals {
			words = append(words, foldASCII(l))
		}
	}
	var numbers, inHex []string
	x.shapesTell = true
	for i := range x.sharers {
		sh := &x.sharers[i]
		if sh.bounds != nil && len(sh.text) == numberLen {
			x.numbers, numbers = append(x.numbers, sh), append(numbers, sh.text)
			if !sh.bounds.all(hexAlphabet) {
				inHex = append(inHex, sh.text)
			}
			continue
		}
		words = append(words, sh.text)
		x.shapesTell = x.shapesTell && !digits([]byte(sh.text)) && !strings.Contains(sh.text, "\n")
	}
	x.beside = besideAll(words)
	x.idWords = newWords(slices.Concat(words, numbers), slices.Concat(words, inHex))
	return x, nil
}

func (x *Extractor) compileFields(fields []Field) ([]field, error) {
	out := make([]field, len(fields))
	for i, f := range fields {
		var errs [2]error
		out[i].literals = f.Literals
		out[i].re, errs[0] = x.forward(f.Pattern)
		out[i].before, errs[1] = x.backward(f.Before)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Specs returns the specs in force, in order of rank. Treat them as read-only.
func (x *Extractor) Specs() []*Spec {
	out := make([]*Spec, len(x.specs))
	for i := range x.specs {
		out[i] = x.specs[i].Spec
	}
	return out
}

// Digest identifies the specs in force; two extractors with the same digest find the same.
func (x *Extractor) Digest() string { return x.digest }

func (x *Extractor) compile(s *Spec) (spec, error) {
	out := spec{Spec: s, weight: believed}
	var errs [3]error
	out.re, errs[0] = x.forward(s.Pattern)
	out.before, errs[1] = x.backward(s.Before)
	out.unless, errs[2] = x.backward(s.Unless)
	if err := errors.Join(errs[:]...); err != nil {
		return spec{}, fmt.Errorf("extractor %s: %w", s.Name, err)
	}
	out.codeGroup, out.message = slices.Index(out.re.names, "code"), max(0, slices.Index(out.re.names, tally.KeyMessage))
	out.simple = (out.codeGroup >= 0) == (s.Event == "") && !slices.Contains(out.re.names, "event") && (out.before == nil || out.before.group == 0)
	if s.Weight != nil {
		out.weight = *s.Weight
	}
	out.left = min(max(reachOf(s.Before), reachOf(s.Unless))+1, beforeReach)
	for _, name := range s.Needs {
		g := x.evidence.group(name)
		if g < 0 {
			return spec{}, fmt.Errorf("extractor %s: needs: no evidence is named %q", s.Name, name)
		}
		out.needs |= 1 << g
	}
	return out, nil
}

// pieces are what patterns write as {{name}}, because log lines quote and separate in so many ways.
var pieces = strings.NewReplacer(
	// what stands between a key and its value: quotation marks and brackets, also escaped or encoded
	// for a URL or HTML, around a separator
	"{{is}}", "(?:[\\\\\"'`\\])]|%22|\\\\x22|&quot;|&#34;|\\\\u0022){0,5}[ \\t]*(?:[:=：>＝→]|->|%3A)+[ \\t]*(?:[\\\\\"'`\\[(<]|%22|\\\\x22|&quot;|&#34;|\\\\u0022|int\\(){0,5}",
	// a code with its sign, also in colour
	"{{code}}", `(?:\x1b\[[\d;]{1,8}m)?(?P<code>-?\d{1,10})`,
)

var errNotACode = errors.New("no number within 9 digits")

// parseCode reads a signed number. Numbers of 32 bits that a log printed unsigned get their sign
// back: 4294947287 is -20009.
func parseCode(b []byte) (int, error) {
	if len(b) == 0 || len(b) > 11 {
		return 0, errNotACode
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return 0, errNotACode
	}
	if n > 1<<31 && n < 1<<32 && b[0] != '-' {
		n -= 1 << 32
	}
	if n > 999_999_999 || n < -999_999_999 {
		return 0, errNotACode
	}
	return int(n), nil
}

// endsNumber reports whether a number that ends before b[i] is whole: not part of a longer word,
// a decimal, a date, a time or a percentage.
func endsNumber(b []byte, i int) bool {
	if i >= len(b) {
		return true
	}
	c := b[i]
	next := byte(0)
	if i+1 < len(b) {
		next = b[i+1]
	}
	switch {
	case c == '%':
		return isHex(next) // %2C ends a number in a URL, a percentage does not
	case c == '.' && next == '0' && (i+2 >= len(b) || !isDigit(b[i+2])):
		return true // Gson prints integers of a map as 30001.0
	case isDigit(c) || isLetter(c) || c == '_':
		return false
	case c == '.' || c == '-' || c == '/' || c == ':':
		return !isDigit(next)
	}
	return true
}

func isHex(c byte) bool { return isDigit(c) || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f') }
