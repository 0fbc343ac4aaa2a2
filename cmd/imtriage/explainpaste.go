package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
	"github.com/imtriage/imtriage/scanner"
)

// A sighting is where pasted log lines hold a code.
type sighting struct {
	key    tally.Key
	entry  *catalog.Entry
	count  int64
	line   int64
	text   string // the record, raw until paste redacts it
	others []string
}

// Whoever has more than so many bytes or codes wants a report.
const (
	maxLogBytes = 16 << 20
	maxLogCodes = 20
	maxLogUsers = 100
)

// pasted collects the codes of a log in the order of their first appearance.
type pasted struct {
	seen    []*sighting
	byKey   map[tally.Key]*sighting
	skipped bool
	users   []string // UserIDs of any record, to be taken out of all
}

// paste explains every code in the log on standard input.
func (a *app) paste(ctx context.Context, o *lookup, q *inquiry) error {
	x, err := o.loadExtractor(q.cat)
	if err != nil {
		return err
	}
	r, err := (&redactFlags{}).compile()
	if err != nil {
		return err
	}
	log, err := io.ReadAll(io.LimitReader(a.in, maxLogBytes))
	if err != nil {
		return &exitError{code: exitIncomplete, err: fmt.Errorf("read standard input: %w", err)}
	}
	if len(log) == maxLogBytes {
		a.warn("only the first %d MiB are read, imtriage scan - reads all", maxLogBytes>>20)
	}
	p := &pasted{byKey: map[tally.Key]*sighting{}}
	sources := scanner.Inputs{Stdin: bytes.NewReader(log), Now: a.now(), Zone: a.local}.Expand([]string{"-"})
	if err := (&scanner.Scanner{Extractor: x}).Scan(ctx, sources, p); err != nil {
		return err
	}
	if len(p.seen) == 0 && q.list(string(log)) {
		return nil
	}
	if len(p.seen) == 0 {
		return usage("a number alone is explained as an argument: imtriage explain 70001", "standard input holds no IM error code")
	}
	if p.skipped {
		a.warn("only the first %d codes are explained, imtriage scan - reports all", maxLogCodes)
	}
	for _, s := range p.seen {
		s.text = r.Text(s.text, p.users...)
		if s.entry == nil {
			q.fail(fmt.Sprintf("unknown code %d in line %d", s.key.Code, s.line), strconv.Itoa(s.key.Code), true)
			continue
		}
		q.answers = append(q.answers, answer{code: s.key.Code, senses: []*catalog.Entry{s.entry}, seen: s})
	}
	return nil
}

// list answers for a text that is no log but codes and constants alone.
func (q *inquiry) list(text string) bool {
	names := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;，；、", r) })
	for _, s := range names {
		if _, isCode := parseCode(s); !isCode && len(q.cat.BySymbol(s)) == 0 {
			return false
		}
	}
	if len(names) > maxLogCodes {
		return false
	}
	for _, s := range names {
		q.ask(s)
	}
	return len(names) > 0
}

// Finding implements [scanner.Sink].
func (p *pasted) Finding(f *tally.Finding) error {
	if user := f.Fields.Get(tally.KeyUser); user != "" && len(p.users) < maxLogUsers && !slices.Contains(p.users, user) {
		p.users = append(p.users, strings.Clone(user))
	}
	key := tally.Key{Family: f.Family, Code: f.Code}
	if s := p.byKey[key]; s != nil {
		s.count++
		return nil
	}
	if len(p.seen) == maxLogCodes {
		p.skipped = true
		return nil
	}
	s := &sighting{key: key, entry: f.Entry, count: 1, line: f.Line, text: strings.Clone(f.Text), others: words(f.Alternatives)}
	p.seen, p.byKey[key] = append(p.seen, s), s
	return nil
}

// Mark implements [scanner.Sink].
func (p *pasted) Mark(*tally.Mark) error { return nil }

// Piece implements [scanner.Sink].
func (p *pasted) Piece(tally.Piece) error { return nil }

// shownRecord is how many characters of a record are shown.
const shownRecord = 300

// lines says how often and where the code was found, and shows the record around it.
func (s *sighting) lines(code int, l catalog.Lang) []string {
	text := report.Sanitize(s.text)
	if r := []rune(text); len(r) > shownRecord {
		at := max(strings.Index(text, strconv.Itoa(code)), 0)
		from := max(len([]rune(text[:at]))-shownRecord*2/3, 0)
		to := min(from+shownRecord, len(r))
		text = string(r[from:to])
		if from > 0 {
			text = "…" + text
		}
		if to < len(r) {
			text += "…"
		}
	}
	if s.count == 1 {
		return []string{fmt.Sprintf(wordFoundOnce.In(l), s.line), text}
	}
	return []string{fmt.Sprintf(wordFound.In(l), s.count, s.line), text}
}
