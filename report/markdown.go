package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A document is a Markdown report while it is written.
type document struct {
	*Report
	style Style
	zone  *time.Location
	b     strings.Builder
}

// writeMarkdown writes GitHub's Markdown. Nothing in it comes from tablewriter, whose Markdown
// escapes no bars.
func writeMarkdown(w io.Writer, r *Report, s Style) error {
	d := &document{Report: r, style: s, zone: cmp.Or(s.Zone, time.UTC)}
	d.top()
	d.verdicts()
	d.codes()
	d.unknown()
	d.marks()
	d.inputs()
	if !r.First.IsZero() {
		d.printf("\n%s\n", escape(join(wordTimesIn.In(r.Lang), zoneName(d.zone, r.Last))))
	}
	_, err := io.WriteString(w, d.b.String())
	return err
}

func (d *document) printf(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

func (d *document) heading(t catalog.Text) { d.printf("\n## %s\n\n", t.In(d.Lang)) }

func (d *document) top() {
	h := d.headline(d.zone)
	if h.class == 0 {
		d.printf("# %s\n", escape(h.what))
	} else {
		d.printf("# %s: %s\n\n%s\n", h.class.Title(d.Lang), escape(h.what), escape(h.facts))
	}
	if s := d.explained(); s != "" {
		d.printf("\n**%s**\n", escape(s))
		if s := d.unexplained(); s != "" {
			d.printf("\n%s\n", escape(s))
		}
	}
	if d.Incomplete > 0 {
		d.printf("\n> **%s** %s\n", wordIncomplete.In(d.Lang), escape(d.damage()))
	}
}

func (d *document) verdicts() {
	if len(d.Verdicts) == 0 {
		return
	}
	l := d.Lang
	d.heading(wordVerdicts)
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		if i > 0 {
			d.printf("\n")
		}
		d.printf("### %d. %s: %s\n\n", i+1, v.Class.Title(l), escape(v.Title))
		if i > 0 { // the headline has said it of the first
			d.printf("%s\n\n", escape(d.facts(v.Count, v.Users, v.UsersApprox, v.First, v.Last, d.zone)))
		}
		if len(v.Insights) > 0 {
			d.printf("%s\n\n", escape(sentences(v.Insights, l)))
		}
		for _, s := range v.about(l) {
			d.printf("- %s\n", escape(s))
		}
		d.printf("\n")
		for n, s := range v.Remedy {
			who := ""
			if s.Who != "" {
				who = "**" + escape(s.Who) + "** "
			}
			d.printf("%d. %s%s\n", n+1, who, escape(s.Do))
		}
		if v.AskVendor {
			d.printf("\n%s\n", escape(wordAskVendor.In(l)))
		}
		for _, link := range v.Links {
			d.printf("\n<%s>\n", destination(link))
		}
		d.evidence(v.Evidence, v.Codes)
	}
}

// evidenceWidth bounds a log record, so that a report stays within a comment.
const evidenceWidth = 300

func (d *document) evidence(samples []tally.Sample, codes []tally.Key) {
	if len(samples) == 0 {
		return
	}
	d.printf("\n%s\n\n", wordEvidence.In(d.Lang))
	for i := range samples {
		s := &samples[i]
		d.printf("- %s %s\n", span(place(s, evidenceWidth)), span(excerpt(s.Text, evidenceWidth, codes...)))
	}
}
