package live

import (
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
)

// maxRaw bounds what is copied of a record: more than is shown, so that what is cut off had no say in how
// the rest is redacted.
const maxRaw = 8 << 10

// newest are the last findings. In a burst most of them make room for others before anybody looks, so
// each is copied into the memory of the one that leaves, and redacted when it is first shown. Nothing raw
// gets out of here.
type newest struct {
	ring [MaxNewest]held
	next int // where the next one goes
}

// A held is one finding.
type held struct {
	seq          int64 // 0: none
	time         time.Time
	line         int64
	code         int
	family       catalog.Family
	entry        *catalog.Entry
	source, user []byte
	raw          []byte
	text         string // redacted, once shown is set
	shown        bool
}

func (n *newest) add(f *tally.Finding, seq int64) {
	h := &n.ring[n.next]
	n.next = (n.next + 1) % MaxNewest
	h.seq, h.time, h.line, h.code, h.entry = seq, f.Time, 0, f.Code, f.Entry
	if h.family != f.Family {
		h.family = catalog.Family(append([]byte(nil), f.Family...))
	}
	if f.Piece == 0 {
		h.line = f.Line
	}
	h.source = append(h.source[:0], f.Source...)
	h.user = append(h.user[:0], f.Fields.Get(tally.KeyUser)...)
	h.raw = append(h.raw[:0], f.Text[:min(len(f.Text), maxRaw)]...)
	h.text, h.shown = "", false
}

// rows returns the findings for readers, the newest first.
func (n *newest) rows(r *redact.Redactor, lang catalog.Lang) []FindingRow {
	out := make([]FindingRow, 0, MaxNewest)
	for i := range MaxNewest {
		h := &n.ring[(n.next+2*MaxNewest-1-i)%MaxNewest]
		if h.seq == 0 {
			break
		}
		if !h.shown {
			var fields tally.Fields
			if len(h.user) > 0 {
				fields = tally.Fields{{Key: tally.KeyUser, Value: string(h.user)}}
			}
			text, _ := tally.Redact(r, string(h.raw), fields)
			h.text, h.shown = cut(report.Sanitize(text)), true
		}
		class := classOf(h.entry)
		out = append(out, FindingRow{
			Seq: h.seq, Time: h.time, Source: report.Sanitize(string(h.source)), Line: h.line,
			Code: h.code, Family: h.family, Known: h.entry != nil, Class: class, Name: class.Title(lang),
			Title: titleOf(h.entry, lang), Text: h.text,
		})
	}
	return out
}

var unknownTitle = catalog.Text{EN: "not in the catalog", ZH: "错误码库未收录"}

// titleOf names what a catalog knows, or does not.
func titleOf(e *catalog.Entry, lang catalog.Lang) string {
	if e == nil {
		return unknownTitle.In(lang)
	}
	return report.Sanitize(e.Title().In(lang)) // an overlay may have written it
}
