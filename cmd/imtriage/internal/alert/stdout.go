package alert

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A printer writes to standard output.
type printer struct {
	w    io.Writer
	json bool
}

func (l *loader) stdout(path string, s *ReceiverSpec) sender {
	switch s.Format {
	case "", "text", "json":
	default:
		l.unknown(path+".format", "format", s.Format, []string{"text", "json"})
	}
	return &printer{l.options.Stdout, s.Format == "json"}
}

func (p *printer) send(_ context.Context, m *message, _ time.Time) (answer string, err error) {
	var text string
	if p.json {
		data, err := encode(m.envelope())
		if err != nil {
			return "", err
		}
		text = string(data) + "\n"
	} else {
		l := m.letter()
		text = l.plain()
	}
	if _, err := io.WriteString(p.w, text); err != nil {
		return "", fmt.Errorf("standard output: %w", err)
	}
	return "written", nil
}

// plain writes a letter as text: a line that can be searched for, and indented ones.
func (l *letter) plain() string {
	var b strings.Builder
	b.WriteString("ALERT " + l.title + "\n")
	for _, f := range l.facts {
		b.WriteString("  " + f.label + wordColon.In(l.lang) + f.text + "\n")
	}
	l.items(func(s string) { b.WriteString("  " + s + "\n") }, func(s string) string { return s })
	if l.evidence != "" {
		b.WriteString("  " + labelled(wordEvidence, l.lang, l.place) + "\n    " + l.evidence + "\n")
	}
	for i, s := range l.steps {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + s + "\n")
	}
	for _, link := range l.links {
		b.WriteString("  → " + link + "\n")
	}
	for _, n := range l.notes[:len(l.notes)-1] { // the last one names the program
		b.WriteString("  " + n + "\n")
	}
	return b.String()
}
